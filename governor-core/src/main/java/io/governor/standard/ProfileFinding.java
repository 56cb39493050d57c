package io.governor.standard;

import io.governor.yaml.KeyPath;
import java.util.List;

/**
 * Something wrong in a profile's data.
 *
 * @param kind what follows from it
 * @param path where it is
 * @param ofKey whether the key is wrong, rather than its value
 * @param message what is wrong and what would be accepted; never the value
 */
record ProfileFinding(Kind kind, KeyPath path, boolean ofKey, String message) {

  /** What a message says a session makes of the value. */
  private static final List<String> FALLBACKS =
      List.of(
          ", ignored",
          ", read as session_start",
          ", read as version 1",
          ", treated as flag",
          "; it has no effect",
          "; the rule is skipped",
          "; skipped");

  /** The message for a check that refuses the profile, so that nothing is made of the value. */
  String refusal() {
    if (kind == Kind.RESERVED) {
      return message;
    }
    String refusal = message;
    for (String fallback : FALLBACKS) {
      refusal = refusal.replace(fallback, "");
    }
    return refusal;
  }

  static ProfileFinding ofValue(Kind kind, KeyPath path, String message) {
    return new ProfileFinding(kind, path, false, message);
  }

  static ProfileFinding ofKey(Kind kind, KeyPath path, String message) {
    return new ProfileFinding(kind, path, true, message);
  }

  /** What follows from a finding. */
  enum Kind {
    /** A file is not used; in a profile built in code the field falls back to its default. */
    MALFORMED,
    /** The value is ignored, the profile is used. */
    IGNORED,
    /** A key or version that this version does not know; the profile is used. */
    UNKNOWN,
    /** Known, but without effect yet; the profile is used even when checked strictly. */
    RESERVED
  }

  /** The field: the path without positions in a list. */
  KeyPath field() {
    int length = Math.min(2, path.steps().size());
    return new KeyPath(path.steps().subList(0, length));
  }
}
