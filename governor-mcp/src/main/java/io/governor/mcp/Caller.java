package io.governor.mcp;

import io.governor.Approver;
import org.jspecify.annotations.Nullable;

/**
 * How whoever sent a request can be asked about it; where in neither way, the governor's approver
 * is asked.
 *
 * @param meanwhile asks while the request waits; null when it cannot be asked so
 * @param inResult whose client shows a form that it gets for a result; null when it shows none
 */
record Caller(@Nullable Approver meanwhile, @Nullable ClientQuestions inResult) {

  static final Caller NOT_ASKED = new Caller(null, null);
}
