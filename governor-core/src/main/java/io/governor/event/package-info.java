/**
 * The execution record: what is written about each control point of a session, and the codec that
 * turns it into trace lines and back. Start with {@link io.governor.event.TraceEvent}.
 */
@NullMarked
package io.governor.event;

import org.jspecify.annotations.NullMarked;
