package io.governor.crypt;

import io.governor.file.SystemRandom;

/** Where nonces come from: the system, or a test that wants to know the outcome. */
@FunctionalInterface
interface Nonces {

  /** Random ones. */
  Nonces RANDOM = () -> SystemRandom.bytes(Section.NONCE_BYTES);

  /** The next one. */
  byte[] next();
}
