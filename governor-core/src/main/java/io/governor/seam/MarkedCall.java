package io.governor.seam;

import io.governor.Counted;

/**
 * A call that was judged at another seam of this installation.
 *
 * @param callId its id there, under which the trace has it
 * @param counted what was settled there
 */
public record MarkedCall(String callId, Counted counted) {}
