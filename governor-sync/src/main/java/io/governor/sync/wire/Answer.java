package io.governor.sync.wire;

/**
 * An answer that came. Its {@code toString} shows sizes only. Immutable.
 *
 * @param body read where the status makes it matter
 */
record Answer(int status, RetryAfter retryAfter, LimitedBody.Body body) {}
