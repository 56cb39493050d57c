/**
 * What the events of a session add up to (execution record, section 12): pure functions of a list
 * of events. Equal input gives equal output, the profile file is not consulted, and nothing throws.
 * Start with {@link io.governor.analysis.Pulse}, which holds the others' results.
 */
@NullMarked
package io.governor.analysis;

import org.jspecify.annotations.NullMarked;
