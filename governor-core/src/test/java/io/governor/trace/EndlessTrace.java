package io.governor.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;

/** A trace of one line over and over, as long as wanted and never held. */
final class EndlessTrace extends InputStream {

  static final byte[] LINE =
      ("{\"event_id\": \"6a0f8f3e-8f1c-4b60-9b0e-6f3d2c1b0a99\", \"event_type\": \"SCOPE_ASSERTED\","
              + " \"session_id\": \"s\", \"event_sequence_number\": 3, \"previous_event_id\": null,"
              + " \"agent_id\": \"a\", \"deployment_mode\": \"vendor_managed\","
              + " \"timestamp_utc\": \"2026-01-02T03:04:05.006Z\", \"primitive\": \"SCOPE\","
              + " \"payload\": {\"tool_id\": \"crm.write\", \"asserted_permissions\": [\"write\"],"
              + " \"target_system\": \"crm\", \"operation_type\": \"WRITE\"},"
              + " \"advisory_flags\": [\"SCOPE_INTENT_MISMATCH\"],"
              + " \"policy_violations\": [\"POL-001\"], \"simulated_consequence\": null,"
              + " \"pass_through\": true}\n")
          .getBytes(US_ASCII);

  private long left;
  private int at;

  EndlessTrace(long lines) {
    left = lines;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int count = Math.min(length, LINE.length - at);
    System.arraycopy(LINE, at, target, offset, count);
    at += count;
    if (at == LINE.length) {
      at = 0;
      left--;
    }
    return count;
  }
}
