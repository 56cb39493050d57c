package io.governor.event;

/**
 * A trace line that is no event (execution record, section 11). The message says why in a few words
 * and never quotes the line. Carries no stack trace: a damaged trace may hold millions of such
 * lines.
 */
public final class MalformedEventException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedEventException(String reason) {
    super(reason, null, false, false);
  }

  /** A line of more than {@link EventDecoder#MAX_LINE_BYTES}, which is skipped without a look. */
  public static MalformedEventException tooLong() {
    return new MalformedEventException("longer than 16 MiB");
  }

  /** Why the line is no event. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
