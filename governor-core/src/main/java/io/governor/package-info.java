/**
 * The words a user types. Start with {@link io.governor.Governor}: it is built once, opens a {@link
 * io.governor.GovernedSession} per run of an agent, and that session judges each {@link
 * io.governor.ToolCall} and records it.
 */
@NullMarked
package io.governor;

import org.jspecify.annotations.NullMarked;
