/**
 * Sessions that are paused: whoever shares a state root sees and sets the same ones. Start at
 * {@link io.governor.pause.PausedSessions}.
 */
@NullMarked
package io.governor.pause;

import org.jspecify.annotations.NullMarked;
