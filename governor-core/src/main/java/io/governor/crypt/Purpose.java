package io.governor.crypt;

import java.nio.charset.StandardCharsets;

/** What a file is for: the key for one purpose opens nothing of another. */
public enum Purpose {
  /** Records of a session. */
  TRACE("governor trace 1"),
  /** Where a shared session stopped. */
  STATE("governor state 1");

  private final String info;

  Purpose(String info) {
    this.info = info;
  }

  byte[] bytes() {
    return info.getBytes(StandardCharsets.US_ASCII);
  }
}
