package io.governor.standard;

import java.util.List;
import java.util.Locale;

/** How sensitive a snapshot's data is, low to high (execution record, section 6.5). */
public enum SensitivityTier {
  /** No snapshot was evaluated yet; nothing compares with it. */
  NO_SNAPSHOT,
  /** A snapshot without a known label. */
  UNKNOWN,
  PUBLIC,
  INTERNAL,
  CONFIDENTIAL,
  PII,
  RESTRICTED;

  /** The highest tier among the labels; unknown labels are ignored. */
  public static SensitivityTier of(List<String> classifications) {
    SensitivityTier highest = UNKNOWN;
    for (String label : classifications) {
      SensitivityTier tier = of(label.toLowerCase(Locale.ROOT));
      if (tier.compareTo(highest) > 0) {
        highest = tier;
      }
    }
    return highest;
  }

  private static SensitivityTier of(String label) {
    return switch (label) {
      case "public" -> PUBLIC;
      case "internal" -> INTERNAL;
      case "confidential" -> CONFIDENTIAL;
      case "pii" -> PII;
      case "restricted" -> RESTRICTED;
      default -> UNKNOWN;
    };
  }
}
