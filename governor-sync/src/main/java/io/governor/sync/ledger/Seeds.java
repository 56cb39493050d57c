package io.governor.sync.ledger;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Gives seeds: 64 hex digits that nobody can foresee. Safe for use by several threads. */
@FunctionalInterface
interface Seeds {

  int BYTES = 32;

  String next();

  /** From the system's source of randomness. */
  static Seeds secure() {
    return () -> {
      byte[] seed = new byte[BYTES];
      new SecureRandom().nextBytes(seed);
      return HexFormat.of().formatHex(seed);
    };
  }

  /** Whether a text has the form of a seed. */
  static boolean isSeed(String text) {
    return text.length() == 2 * BYTES;
  }
}
