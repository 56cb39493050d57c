package io.governor.standard;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a session must have declared its intent (execution record, sections 7.1 and 7.4). */
public enum DemandAt {
  /** At every event that POL-001 finds wanting. */
  SESSION_START,
  /** Once in the session, at its first mutating event that POL-001 finds wanting. */
  FIRST_WRITE,
  /** Never: POL-001 is not recorded. */
  NEVER;

  /** The word of the profile: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<DemandAt> ofWord(String word) {
    for (DemandAt each : values()) {
      if (each.word().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(DemandAt::word).toList();
  }
}
