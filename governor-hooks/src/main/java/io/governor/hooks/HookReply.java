package io.governor.hooks;

/**
 * What a hook answers its agent, in the agent's own language. Immutable as long as nobody writes to
 * the array.
 *
 * @param exitCode what the hook's process ends with: 0 unless the action is refused that way
 * @param stdout what goes to standard output, often nothing: the agent then has no opinion of ours
 * @param stderr what goes to standard error, one line without its end, or empty; where the exit
 *     code refuses, the agent shows it to the model
 */
// Bytes on their way from one stream to another; nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
public record HookReply(int exitCode, byte[] stdout, String stderr) {

  private static final byte[] NOTHING = {};

  /** No opinion. */
  static final HookReply SILENCE = new HookReply(0, NOTHING, "");

  /** No opinion, and a word to the person who reads standard error. */
  static HookReply remark(String problem) {
    return new HookReply(0, NOTHING, problem);
  }

  /** Sizes only, never values. */
  @Override
  public String toString() {
    return "HookReply[exit "
        + exitCode
        + ", "
        + stdout.length
        + " bytes, "
        + stderr.length()
        + " characters]";
  }
}
