package io.governor.event;

/**
 * A trace line that is no event (execution record, section 11). The message says why in a few words
 * and never quotes the line. Carries no stack trace: a damaged trace may hold millions of such
 * lines.
 */
public final class MalformedEventException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean overBound;

  MalformedEventException(String reason) {
    this(reason, false);
  }

  private MalformedEventException(String reason, boolean overBound) {
    super(reason, null, false, false);
    this.overBound = overBound;
  }

  /** A line of more than {@link EventDecoder#MAX_LINE_BYTES}, which is skipped without a look. */
  public static MalformedEventException tooLong() {
    return new MalformedEventException("longer than 16 MiB", true);
  }

  static MalformedEventException tooDeep(int levels) {
    return new MalformedEventException("deeper than " + levels + " levels", true);
  }

  /**
   * Whether the line is longer or deeper than an event may be, which it is however it would go on.
   */
  public boolean isOverBound() {
    return overBound;
  }

  /** Why the line is no event. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
