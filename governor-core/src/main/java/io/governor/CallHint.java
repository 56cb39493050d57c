package io.governor;

import java.nio.file.Path;
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
 * @param toolIsShadowed whether another server has a tool of that name, so that a model may take
 *     one for the other: its event bears the flag TOOL_SHADOWED
 * @param counted what is known of an earlier judgement, or null for a call that was not counted yet
 * @param folder the absolute folder in which relative paths of the call start; null for the
 *     session's workspace
 */
public record CallHint(
    @Nullable String writeClassification,
    @Nullable String retention,
    boolean toolIsUnknown,
    boolean toolHasChanged,
    boolean toolIsShadowed,
    @Nullable Counted counted,
    @Nullable Path folder) {

  /** Nothing is known: the defaults apply. */
  public static final CallHint NONE = new CallHint(null, null);

  /** There is no tool of that name. */
  public static final CallHint UNKNOWN_TOOL =
      new CallHint(null, null, true, false, false, null, null);

  /** The tool is not what it was when it was pinned. */
  public static final CallHint CHANGED_TOOL =
      new CallHint(null, null, false, true, false, null, null);

  /** What is known about a call of a tool that exists. */
  public CallHint(@Nullable String writeClassification, @Nullable String retention) {
    this(writeClassification, retention, false, false, false, null, null);
  }

  /** What is known of the tool that is called, and nothing of what is written. */
  public static CallHint ofTool(boolean hasChanged, boolean isShadowed) {
    return hasChanged || isShadowed
        ? new CallHint(null, null, false, hasChanged, isShadowed, null, null)
        : NONE;
  }

  /** The same of a call that was judged and counted before. */
  public CallHint counted(@Nullable Counted before) {
    return new CallHint(
        writeClassification,
        retention,
        toolIsUnknown,
        toolHasChanged,
        toolIsShadowed,
        before,
        folder);
  }

  /** The same with the folder the call starts in. */
  public CallHint in(@Nullable Path newFolder) {
    return new CallHint(
        writeClassification,
        retention,
        toolIsUnknown,
        toolHasChanged,
        toolIsShadowed,
        counted,
        newFolder);
  }
}
