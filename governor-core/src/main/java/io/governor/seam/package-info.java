/**
 * A call that passes two governed seams, such as LangChain4j and the MCP proxy behind it, is
 * counted once. {@link io.governor.seam.CallMarks} is both halves of it: the adapter that judged
 * the call marks it, and the next one reads the mark.
 *
 * <p>The mark stands in the {@code _meta} of an MCP request, under {@link
 * io.governor.seam.CallMarks#KEY}. It lets nothing through: the second seam judges the call by its
 * own rules. What it spares is the second entry in the trace, the second count against limits, and
 * the second question about rules that a person has agreed to under the same policy.
 *
 * <p>A mark bears a proof made with a key that lies in the state root for its owner alone, over the
 * tool and the arguments it goes with, and is good for one use within a minute. Without the right
 * proof a call is governed as if it bore none. A model writes arguments and no {@code _meta}, and a
 * foreign client has no key; whoever can read the state root as its owner can make marks, and could
 * as well remove the traces.
 */
@NullMarked
package io.governor.seam;

import org.jspecify.annotations.NullMarked;
