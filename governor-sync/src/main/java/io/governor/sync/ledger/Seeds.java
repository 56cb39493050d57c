package io.governor.sync.ledger;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Gives seeds: 64 hex digits that nobody can foresee. Safe for use by several threads. */
@FunctionalInterface
interface Seeds {

  String next();

  /** From the system's source of randomness. */
  static Seeds secure() {
    return () -> {
      byte[] seed = new byte[32];
      new SecureRandom().nextBytes(seed);
      return HexFormat.of().formatHex(seed);
    };
  }

  /** Whether a text has the form of a seed. */
  static boolean isSeed(String text) {
    return Pattern.matches("[0-9a-f]{64}", text);
  }
}
