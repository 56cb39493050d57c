package io.governor.crypt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A trace that is encrypted could not be read to its end. What was read before is as it was
 * written. The message says what is the matter and never quotes a record.
 */
public final class DecryptionException extends IOException {

  private static final long serialVersionUID = 1;

  /** What is the matter. */
  public enum Reason {
    /** Its key is not known here, or could not be had. */
    NO_KEY,
    /** A line is not what was written in its place, or the key is another one of the same name. */
    ALTERED
  }

  private final Reason reason;
  private final long line;

  private DecryptionException(Reason reason, long line, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.line = line;
  }

  static DecryptionException noKey(String id) {
    return new DecryptionException(
        Reason.NO_KEY, 0, "it is encrypted with the key " + id + ", which is not known here", null);
  }

  static DecryptionException noKey(String id, IOException cause) {
    return new DecryptionException(
        Reason.NO_KEY,
        0,
        "it is encrypted with the key " + id + ", which cannot be had: " + cause.getMessage(),
        cause);
  }

  /** For whoever meets encrypted lines where no key was to be found. */
  public static DecryptionException unexpected() {
    return new DecryptionException(
        Reason.NO_KEY, 0, "it is encrypted, and there is no key near it", null);
  }

  static DecryptionException altered(String what) {
    return new DecryptionException(Reason.ALTERED, 0, what, null);
  }

  /** The same for whoever has counted the lines. */
  public DecryptionException onLine(long number) {
    return new DecryptionException(reason, number, String.valueOf(getMessage()), this);
  }

  /** The same with a message that says where. */
  public DecryptionException at(String source) {
    String where = line == 0 ? source : source + ":" + line;
    return new DecryptionException(
        reason, line, "cannot read " + where + ": " + getMessage(), this);
  }

  /** The line of the text, counted from 1; 0 when nobody has counted. */
  public long line() {
    return line;
  }

  /** What is the matter. */
  public Reason reason() {
    return reason;
  }
}
