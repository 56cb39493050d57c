package io.governor;

import java.util.Locale;

/** Who runs the agent; a member of the execution record. */
public enum DeploymentMode {
  /** The vendor of the agent; the default. */
  VENDOR_MANAGED,
  /** The enterprise that uses it. */
  ENTERPRISE_MANAGED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The word used in traces and policies. */
  public String wireName() {
    return wireName;
  }
}
