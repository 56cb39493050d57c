package io.governor;

import io.governor.event.GovernorMember;
import io.governor.event.GovernorMember.SessionChange;
import io.governor.event.TraceEvent;
import io.governor.pause.PausedSession;
import io.governor.trace.SessionFileName;
import io.governor.trace.SessionSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a session beyond its single calls: which tools are withdrawn from it, and whether
 * it is paused. Any thread may ask; it changes inside {@link SessionRecorder#exclusively}.
 */
final class SessionStanding {

  private static final int LONGEST_SHOWN_ID = 100;

  private final String sessionId;
  private final String name;
  private final Pauses pauses;
  private volatile Withdrawn withdrawn = Withdrawn.NONE;
  private volatile @Nullable PausedSession atItsEnd;
  private volatile boolean known;

  // Guarded by the recorder's lock.
  private @Nullable PausedSession pause;
  private boolean pausedOnRecord;

  SessionStanding(String sessionId, Pauses pauses) {
    this.sessionId = sessionId;
    this.name = SessionFileName.of(sessionId);
    this.pauses = pauses;
  }

  /** The pause that holds now, or null when there is none. */
  @Nullable PausedSession paused() {
    PausedSession last = atItsEnd;
    return last == null ? pauses.find(name) : last;
  }

  /** The session will not come back: its pause holds for late calls on it, and is kept no more. */
  void end() {
    PausedSession last = paused();
    if (last != null) {
      atItsEnd = last;
      pauses.release(sessionId);
    }
  }

  Withdrawn withdrawn() {
    return withdrawn;
  }

  /** Whether the session was used here, so that what is on record of it is known. */
  boolean isKnown() {
    return known;
  }

  /** A use begins: what it says about a pause is settled here. */
  void begin() {
    pause = paused();
  }

  /** What is on record has been adopted. */
  void loaded() {
    known = true;
  }

  void adopt(SessionSnapshot found) {
    withdrawn = withdrawn.and(withdrawn.missing(found.withdrawn()));
    pausedOnRecord = found.paused();
  }

  /** Whether the last word on record about a pause is that the session is paused. */
  boolean pausedOnRecord() {
    return pausedOnRecord;
  }

  /** Why the tool may not be called in this session, whatever rules say. */
  List<RuleHit> hits(StandardModes standard, String tool) {
    String rule = withdrawn.rule(tool);
    if (pause == null && rule == null) {
      return List.of();
    }
    List<RuleHit> hits = new ArrayList<>(2);
    add(pause == null ? null : pausedHit(standard, pause), hits);
    add(rule == null ? null : withdrawnHit(standard, rule), hits);
    return hits;
  }

  private static void add(@Nullable RuleHit hit, List<RuleHit> hits) {
    if (hit != null) {
      hits.add(hit);
    }
  }

  private @Nullable RuleHit pausedHit(StandardModes standard, PausedSession by) {
    return standard.sessionHit(
        GovernorRules.PAUSED,
        "The session is paused by " + who(by) + ".",
        "Make no further calls; a person has to release it with governor sessions release "
            + shownId()
            + ".");
  }

  private static String who(PausedSession by) {
    if (by.byOperator()) {
      return "an operator";
    }
    return RuleId.isWellFormed(by.by()) ? "rule " + by.by() : "a person or a rule";
  }

  /** Hosts may give any text for an id; only one that is plainly an id is put before a model. */
  private String shownId() {
    boolean plain =
        !sessionId.isEmpty()
            && sessionId.length() <= LONGEST_SHOWN_ID
            && sessionId.charAt(0) != '-'
            && sessionId.chars().allMatch(SessionStanding::isOfIds);
    return plain ? sessionId : (name.charAt(0) == '-' ? "-- " : "") + name;
  }

  private static boolean isOfIds(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  private @Nullable RuleHit withdrawnHit(StandardModes standard, String rule) {
    return standard.sessionHit(
        GovernorRules.WITHDRAWN,
        RuleId.isWellFormed(rule)
            ? "The tool was withdrawn from this session by rule " + rule + "."
            : GovernorRules.reason(GovernorRules.WITHDRAWN),
        "Go on without it: it stays withdrawn for the rest of this session.");
  }

  /** What the decision changes from here on; it is in force when this returns. */
  SessionChange fired(RuleSet rules, Decision decision, Rule.Stage stage) {
    SessionChange change = rules.contractions().by(decision, stage, withdrawn, pause != null);
    withdrawn = withdrawn.and(change.withdrew());
    if (change.paused()) {
      pauses.pause(
          sessionId,
          rules.contractions().pausing(decision, stage),
          decision.policy() == null ? null : (Long) decision.policy().revision());
    }
    return change;
  }

  /** What the next event has to tell. */
  SessionChange told(SessionChange change) {
    return pausedOnRecord && pause == null ? change.afterRelease() : change;
  }

  /** The event is on record. */
  void recorded(TraceEvent event) {
    GovernorMember governor = event.governor();
    if (governor != null) {
      pausedOnRecord &= !governor.change().released();
      pausedOnRecord |= governor.change().paused();
    }
    pausedOnRecord |= event.violations().contains(GovernorRules.PAUSED.value());
  }
}
