/**
 * Adds up, from traces, how often each rule fired, shows exactly what would be sent, and sends it.
 * Begin with {@link io.governor.sync.SyncClient#dryRun()}, or with {@link
 * io.governor.sync.TraceCounter} for the numbers alone. Only {@code io.governor.sync.wire} opens
 * connections, when a registered installation is told to send.
 */
@NullMarked
package io.governor.sync;

import org.jspecify.annotations.NullMarked;
