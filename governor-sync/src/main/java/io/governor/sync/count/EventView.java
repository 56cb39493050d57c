package io.governor.sync.count;

import io.governor.event.EventHead;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What counting needs of the event that was read last, without an object for any of it. Ids are
 * places in {@link #ids}, which is valid until the next event. Confined to one thread.
 */
final class EventView {

  /** The length of an id that is absent. */
  static final int ABSENT = -1;

  /** The time of an event that has none. */
  static final long NO_TIME = Long.MIN_VALUE;

  private final RuleTable table;

  byte[] ids = new byte[0];
  int sessionFrom;
  int sessionLength;
  int eventFrom;
  int eventLength;

  /** Seconds since 1970. */
  long second;

  int nano;

  /** The published rules that were violated, each once. */
  final int[] rules;

  int ruleCount;

  /** How many others were. */
  int unpublished;

  EventView(RuleTable table) {
    this.table = table;
    this.rules = new int[table.size()];
  }

  RuleTable table() {
    return table;
  }

  void clear() {
    sessionFrom = 0;
    eventFrom = 0;
    sessionLength = ABSENT;
    eventLength = ABSENT;
    second = NO_TIME;
    ruleCount = 0;
    unpublished = 0;
  }

  boolean hasViolations() {
    return ruleCount > 0 || unpublished > 0;
  }

  boolean hasRule(int rule) {
    for (int i = 0; i < ruleCount; i++) {
      if (rules[i] == rule) {
        return true;
      }
    }
    return false;
  }

  /** Shows an event that was read in another way. */
  void show(EventHead head) {
    clear();
    time(head.timestamp());
    head.violations().forEach(this::violated);
    byte[] session = bytes(head.sessionId());
    byte[] event = bytes(head.eventId());
    ids = Arrays.copyOf(session, session.length + event.length);
    System.arraycopy(event, 0, ids, session.length, event.length);
    sessionFrom = 0;
    sessionLength = head.sessionId() == null ? ABSENT : session.length;
    eventFrom = session.length;
    eventLength = head.eventId() == null ? ABSENT : event.length;
  }

  private void time(@Nullable Instant time) {
    if (time != null) {
      second = time.getEpochSecond();
      nano = time.getNano();
    }
  }

  private void violated(String id) {
    byte[] bytes = IdBytes.of(id);
    int rule = table.find(bytes, 0, bytes.length);
    if (rule == RuleTable.UNKNOWN) {
      unpublished++;
    } else {
      rules[ruleCount++] = rule;
    }
  }

  private static byte[] bytes(@Nullable String id) {
    return id == null ? new byte[0] : IdBytes.of(id);
  }
}
