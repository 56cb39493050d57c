package io.governor.standard;

import io.governor.yaml.KeyPath;

/**
 * Something wrong in a profile's data.
 *
 * @param kind what follows from it
 * @param path where it is
 * @param ofKey whether the key is wrong, rather than its value
 * @param message what is wrong and what would be accepted; never the value
 */
record ProfileFinding(Kind kind, KeyPath path, boolean ofKey, String message) {

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
