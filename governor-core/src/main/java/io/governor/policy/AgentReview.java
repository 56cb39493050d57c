package io.governor.policy;

import java.util.List;

/**
 * Looks at agents' lists for tools that are allowed and denied at once: what is denied is denied
 * whatever allows it, so the allowing changes nothing. Used once, by one thread.
 */
final class AgentReview {

  private final List<AgentEntry> entries;
  private final List<Located> places;
  private final Effort effort = new Effort();

  /**
   * @param entries the entries that were read from the places, one from each
   */
  AgentReview(List<AgentEntry> entries, List<Located> places) {
    this.entries = entries;
    this.places = places;
  }

  void warn() {
    for (int i = 0; i < entries.size(); i++) {
      List<String> allow = entries.get(i).allow();
      List<Located> allowed = places.get(i).parts("allow");
      for (int j = 0; allow != null && j < allow.size(); j++) {
        warnIfDenied(i, allow.get(j), allowed.get(j));
      }
    }
  }

  private void warnIfDenied(int allowing, String tool, Located place) {
    for (int i = 0; i < entries.size(); i++) {
      int denying = denied(tool, entries.get(i), entries.get(allowing));
      if (denying >= 0) {
        place.warn(
            "this allows nothing: "
                + places.get(i).parts("deny").get(denying).where()
                + " denies the same agents all of it");
        return;
      }
    }
  }

  /** Where an entry denies the tool to every agent that the other one is about, or -1. */
  private int denied(String tool, AgentEntry by, AgentEntry other) {
    if (by.deny().isEmpty() || !includes(by.agent(), other.agent())) {
      return -1;
    }
    for (int i = 0; i < by.deny().size(); i++) {
      if (includes(by.deny().get(i), tool)) {
        return i;
      }
    }
    return -1;
  }

  private boolean includes(String glob, String other) {
    return effort.spend(1) && RuleReach.includes(glob, other, effort);
  }
}
