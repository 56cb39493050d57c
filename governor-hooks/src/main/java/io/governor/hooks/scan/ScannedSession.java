package io.governor.hooks.scan;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands out in one session. Immutable; holds counts and names, never what a call said.
 *
 * @param sessionId the session
 * @param project the folder it began in, or null when its transcript does not say
 * @param last the time of its latest call, or null when none has one
 * @param calls how many tool calls it made
 * @param outside how many of them wrote outside its project
 * @param destructive how many commands lose work or data in a way that is hard to undo
 * @param secrets how many secrets arguments held, by the name of the detector
 */
public record ScannedSession(
    String sessionId,
    @Nullable String project,
    @Nullable Instant last,
    long calls,
    long outside,
    long destructive,
    SortedMap<String, Long> secrets) {

  public ScannedSession {
    secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
  }

  /** Whether anything stands out. */
  public boolean isRemarkable() {
    return outside > 0 || destructive > 0 || !secrets.isEmpty();
  }
}
