package io.governor;

import java.util.Locale;

/**
 * What rules say about a tool call or its result, whatever their mode. Ordered: the strongest
 * matching rule decides.
 */
public enum Verdict {
  /** Nothing objected. */
  ALLOW,
  /** The model or the user should be told; the call proceeds. */
  WARN,
  /** Proceed with rewritten arguments, or hand on a rewritten result. */
  REDACT,
  /** A person must agree first. */
  ASK,
  /** The call must not run. */
  DENY;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The word used in traces and policies. */
  public String wireName() {
    return wireName;
  }

  /** The stronger of the two. */
  public Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
