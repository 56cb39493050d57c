package io.governor.trace;

import org.jspecify.annotations.Nullable;

/**
 * Something about a trace, or about {@code heads.log}, that is not as it should be. Immutable.
 *
 * @param kind what it comes to
 * @param file the file
 * @param line the line in the file, counted from 1; 0 when it is about no line
 * @param reason what is wrong, in words
 * @param expected the hash that should stand there, 64 hex digits, where a hash is wrong
 * @param found the hash that stands there
 */
public record VerifyFinding(
    Kind kind,
    String file,
    long line,
    String reason,
    @Nullable String expected,
    @Nullable String found) {

  /** What a finding comes to, the gravest first. */
  public enum Kind {
    /** Changed by somebody who is no writer of ours. */
    TAMPERED,
    /** The file is gone, and nobody put on record that it was removed for its age. */
    DELETED,
    /** It cannot be looked at. */
    UNREADABLE,
    /** Lines are gone that a head on record knows of: a power cut, or a cut. */
    MISSING,
    /** No line of it is an event. */
    NO_TRACE,
    /** Lines that a crash cut off. */
    DAMAGED
  }

  static VerifyFinding of(Kind kind, String file, String reason) {
    return new VerifyFinding(kind, file, 0, reason, null, null);
  }
}
