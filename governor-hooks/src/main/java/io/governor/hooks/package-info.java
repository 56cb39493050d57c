/**
 * Coding agents report what they do to hooks; this package reads those reports and puts them on
 * record. Start at {@link io.governor.hooks.HookCommand}. Each agent has one normaliser, which
 * turns its payloads into a {@code HookPayload}; everything after that is the same for all agents.
 */
@NullMarked
package io.governor.hooks;

import org.jspecify.annotations.NullMarked;
