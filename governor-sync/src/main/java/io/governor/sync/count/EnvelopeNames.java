package io.governor.sync.count;

import java.nio.charset.StandardCharsets;

/**
 * Recognises the names of an event's envelope (execution record, section 2.1) in bytes. A name and
 * its closing quote have 8 to 22 bytes, which three words cover. Immutable; any thread may use it.
 */
final class EnvelopeNames {

  static final int UNKNOWN = -1;
  static final int EVENT_ID = 0;
  static final int EVENT_TYPE = 1;
  static final int SESSION_ID = 2;
  static final int SEQUENCE = 3;
  static final int TIMESTAMP = 7;
  static final int VIOLATIONS = 11;

  private static final String[] NAMES = {
    "event_id",
    "event_type",
    "session_id",
    "event_sequence_number",
    "previous_event_id",
    "agent_id",
    "deployment_mode",
    "timestamp_utc",
    "primitive",
    "payload",
    "advisory_flags",
    "policy_violations",
    "simulated_consequence",
    "pass_through",
    "profile_fingerprint",
    "governor"
  };

  static final int COUNT = NAMES.length;

  private static final int[] LENGTHS = new int[COUNT];
  private static final long[] FIRST = new long[COUNT];
  private static final long[] SECOND = new long[COUNT];
  private static final long[] LAST = new long[COUNT];

  static {
    for (int i = 0; i < COUNT; i++) {
      byte[] name = (NAMES[i] + '"').getBytes(StandardCharsets.US_ASCII);
      LENGTHS[i] = name.length;
      FIRST[i] = JsonBytes.word(name, 0);
      SECOND[i] = JsonBytes.word(name, Math.min(8, name.length - 8));
      LAST[i] = JsonBytes.word(name, name.length - 8);
    }
  }

  private EnvelopeNames() {}

  /** The length of the name with its closing quote. */
  static int length(int name) {
    return LENGTHS[name];
  }

  /** Whether the name and its closing quote stand here. */
  static boolean is(int name, byte[] a, int p) {
    int last = LENGTHS[name] - 8;
    long differences =
        (JsonBytes.word(a, p) ^ FIRST[name])
            | (JsonBytes.word(a, p + Math.min(8, last)) ^ SECOND[name])
            | (JsonBytes.word(a, p + last) ^ LAST[name]);
    return differences == 0;
  }

  /** Which name stands here, or {@link #UNKNOWN}. */
  static int find(byte[] a, int p) {
    long first = JsonBytes.word(a, p);
    for (int i = 0; i < COUNT; i++) {
      if (FIRST[i] == first && is(i, a, p)) {
        return i;
      }
    }
    return UNKNOWN;
  }
}
