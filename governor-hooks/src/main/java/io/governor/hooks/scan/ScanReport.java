package io.governor.hooks.scan;

import java.util.List;

/**
 * What a scan found. Immutable; holds counts, names and places, never what a call said.
 *
 * @param sessions the sessions with calls in the time that was asked for, the latest first
 * @param files how many transcripts were read
 * @param broken how many of their lines could not be read
 * @param unreadable how many transcripts could not be opened or read to their end
 */
public record ScanReport(List<ScannedSession> sessions, long files, long broken, long unreadable) {

  public ScanReport {
    sessions = List.copyOf(sessions);
  }

  /** The sessions in which something stands out. */
  public List<ScannedSession> remarkable() {
    return sessions.stream().filter(ScannedSession::isRemarkable).toList();
  }
}
