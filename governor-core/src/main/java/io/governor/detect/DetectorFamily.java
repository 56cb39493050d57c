package io.governor.detect;

import java.util.Locale;

/** What kind of thing a detector looks for. A policy may name a family instead of a detector. */
public enum DetectorFamily {
  /** Credentials: keys, tokens, passwords. */
  SECRET,
  /** Data about a person. */
  PERSONAL,
  /** Words and phrases of the operator's own. */
  CONTENT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in policies and in output: {@code secret}, {@code personal}, {@code content}. */
  public String wireName() {
    return wireName;
  }
}
