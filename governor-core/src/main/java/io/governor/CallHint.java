package io.governor;

import org.jspecify.annotations.Nullable;

/**
 * What the host knows about a call: of one that writes to memory what is recorded in
 * MEMORY_WRITE_ATTEMPT (execution record, section 5.5), and of any what is known of its tool.
 *
 * @param writeClassification the class of what is written; null means {@code unclassified}
 * @param retention how long it is to be kept, such as {@code P30D}; null means not stated
 * @param toolIsUnknown whether the agent has no tool of that name: the call is judged like any
 *     other, and its event bears the flag TOOL_UNKNOWN
 * @param toolHasChanged whether the tool is not what it was when it was pinned: matches GOV-006
 */
public record CallHint(
    @Nullable String writeClassification,
    @Nullable String retention,
    boolean toolIsUnknown,
    boolean toolHasChanged) {

  /** Nothing is known: the defaults apply. */
  public static final CallHint NONE = new CallHint(null, null);

  /** There is no tool of that name. */
  public static final CallHint UNKNOWN_TOOL = new CallHint(null, null, true, false);

  /** The tool is not what it was when it was pinned. */
  public static final CallHint CHANGED_TOOL = new CallHint(null, null, false, true);

  /** What is known about a call of a tool that exists. */
  public CallHint(@Nullable String writeClassification, @Nullable String retention) {
    this(writeClassification, retention, false, false);
  }
}
