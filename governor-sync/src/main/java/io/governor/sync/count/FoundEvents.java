package io.governor.sync.count;

import java.util.Arrays;

/**
 * The events with violations that one reading met, in their order, packed: what is needed to tell
 * whether they were met before and to count them. Confined to one thread at a time; kept and used
 * again, so that reading makes no garbage.
 */
final class FoundEvents {

  private static final int FIELDS = 4;
  private static final int MOST_KEPT = 1 << 20;
  private static final int MOST_WORDS = MOST_KEPT / 4;

  private byte[] ids = new byte[1 << 12];
  private int idsEnd;

  /**
   * For each event: where its session id stands and how long it is; the same for its event id; its
   * second; how many rules and how many others were violated; and then the rules, two in a word.
   */
  private long[] words = new long[1 << 10];

  private int wordsEnd;
  private int sessionFrom;
  private int sessionLength;

  private int at;

  void clear() {
    if (ids.length > MOST_KEPT) {
      ids = new byte[1 << 12];
    }
    if (words.length > MOST_WORDS) {
      words = new long[1 << 10];
    }
    idsEnd = 0;
    wordsEnd = 0;
    sessionFrom = 0;
    sessionLength = 0;
    at = 0;
  }

  void add(EventView event) {
    int session = Math.max(0, event.sessionLength);
    // Events of a session stand together, so that its id is kept once.
    if (session != sessionLength || differs(event)) {
      sessionLength = session;
      sessionFrom = keep(event.ids, event.sessionFrom, session);
    }
    int from = keep(event.ids, event.eventFrom, Math.max(0, event.eventLength));
    room(FIELDS + (event.ruleCount + 1) / 2);
    words[wordsEnd] = pair(sessionFrom, session);
    words[wordsEnd + 1] = pair(from, event.eventLength);
    words[wordsEnd + 2] = event.second;
    words[wordsEnd + 3] = pair(event.unpublished, event.ruleCount);
    wordsEnd += FIELDS;
    for (int i = 0; i < event.ruleCount; i += 2) {
      words[wordsEnd++] = pair(i + 1 < event.ruleCount ? event.rules[i + 1] : 0, event.rules[i]);
    }
  }

  private boolean differs(EventView event) {
    return !Arrays.equals(
        ids,
        sessionFrom,
        sessionFrom + sessionLength,
        event.ids,
        event.sessionFrom,
        event.sessionFrom + sessionLength);
  }

  private int keep(byte[] from, int offset, int length) {
    if (idsEnd + length > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(2 * ids.length, idsEnd + length));
    }
    System.arraycopy(from, offset, ids, idsEnd, length);
    idsEnd += length;
    return idsEnd - length;
  }

  private void room(int more) {
    if (wordsEnd + more > words.length) {
      words = Arrays.copyOf(words, Math.max(2 * words.length, wordsEnd + more));
    }
  }

  private static long pair(int high, int low) {
    return ((long) high << 32) | (low & 0xffff_ffffL);
  }

  /** Whether more is kept than what the lines of one unit usually hold. */
  boolean isFull() {
    return wordsEnd > MOST_WORDS || idsEnd > MOST_KEPT;
  }

  /** The place behind the last event; see {@link #go}. */
  int end() {
    return wordsEnd;
  }

  /** Goes to the event at a place, of which 0 is the first; {@link #next} is the one after it. */
  void go(int place) {
    at = place;
  }

  int next() {
    return at + FIELDS + (ruleCount() + 1) / 2;
  }

  byte[] ids() {
    return ids;
  }

  int sessionFrom() {
    return (int) (words[at] >> 32);
  }

  int sessionLength() {
    return (int) words[at];
  }

  int eventFrom() {
    return (int) (words[at + 1] >> 32);
  }

  /** Or {@link EventView#ABSENT}. */
  int eventLength() {
    return (int) words[at + 1];
  }

  /** Or {@link EventView#NO_TIME}. */
  long second() {
    return words[at + 2];
  }

  int unpublished() {
    return (int) (words[at + 3] >> 32);
  }

  int ruleCount() {
    return (int) words[at + 3];
  }

  int rule(int i) {
    long both = words[at + FIELDS + i / 2];
    return (int) ((i & 1) == 0 ? both : both >> 32);
  }
}
