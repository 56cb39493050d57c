package io.governor.samples.dryrun;

import io.governor.file.StateRoot;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;
import io.governor.sync.SyncPayload;
import java.nio.charset.StandardCharsets;

/** Sends the counts of this installation, unless one of them looks wrong. */
public final class LookBeforeSending {

  private static final long SUSPICIOUS = 1_000;

  private LookBeforeSending() {}

  public static void main(String[] args) throws SyncException {
    SyncClient client = SyncClient.at(StateRoot.locate());
    RunOptions options = client.configured().inspectedBy(LookBeforeSending::looksRight);
    client.run(options).sent().forEach(sent -> System.out.println("sent " + sent.window()));
  }

  /** What is refused here is not stored either: the next run counts and asks again. */
  static boolean looksRight(SyncPayload payload) {
    System.out.println(new String(payload.toJson(), StandardCharsets.US_ASCII));
    return payload.countsByRule().byRule().values().stream().allMatch(n -> n < SUSPICIOUS);
  }
}
