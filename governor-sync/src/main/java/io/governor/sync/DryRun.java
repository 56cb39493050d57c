package io.governor.sync;

/**
 * What would be sent, and what it was counted from. Immutable; safe to share between threads.
 *
 * @param payload what would be sent
 * @param report for the person who asked; it stays on the machine
 */
public record DryRun(SyncPayload payload, CountReport report) {

  /** The very bytes that would be the body of the send; a new array each time. */
  public byte[] body() {
    return payload.toJson();
  }
}
