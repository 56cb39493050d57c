package io.governor.mcp;

/** Who sent a message. */
enum Side {
  CLIENT,
  SERVER;

  Side other() {
    return this == CLIENT ? SERVER : CLIENT;
  }
}
