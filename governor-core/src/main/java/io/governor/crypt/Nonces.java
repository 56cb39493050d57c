package io.governor.crypt;

/** Where the nonces of a section come from. */
@FunctionalInterface
interface Nonces {

  /** The next one, which is no other's. */
  byte[] next();
}
