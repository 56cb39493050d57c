package io.governor.sync;

import org.jspecify.annotations.Nullable;

/**
 * What a machine has forgotten of its registration. Immutable; safe to share between threads.
 *
 * @param endpoint the server, or null when it was not known
 * @param waiting a window that was made and is not known to be accepted, or null. It stays, and is
 *     what the first run after another registration sends first
 */
public record Unregistered(@Nullable String endpoint, @Nullable SentBody waiting) {}
