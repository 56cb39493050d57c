package io.governor.sync.ledger;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Gives seeds: 64 hex digits that nobody can foresee. Safe for use by several threads. */
@FunctionalInterface
interface Seeds {

  String next();

  /** From the system's source of randomness. */
  static Seeds secure() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      return HexFormat.of().formatHex(seed);
    };
  }
}
