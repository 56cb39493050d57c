package io.governor;

import java.util.Locale;

/** What a tool call does to its target. */
public enum Operation {
  READ,
  WRITE,
  DELETE,
  EXECUTE;

  /** Whether the operation may change something: everything but {@link #READ}. */
  public boolean mutates() {
    return this != READ;
  }

  /** The permission word of the execution record: the name in lower case. */
  public String permission() {
    return name().toLowerCase(Locale.ROOT);
  }
}
