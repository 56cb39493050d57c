package io.governor;

import java.util.Locale;

/** How far a rule reaches into the host: from not evaluated to acted on. */
public enum Mode {
  /** The rule is not evaluated. */
  OFF,
  /** Matches are recorded and nothing else happens. */
  OBSERVE,
  /** Matches are recorded and told; the call proceeds. */
  WARN,
  /** The rule's effect is acted on. */
  ENFORCE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The word used in traces and policies. */
  public String wireName() {
    return wireName;
  }
}
