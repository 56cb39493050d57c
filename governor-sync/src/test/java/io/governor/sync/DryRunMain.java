package io.governor.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints the body of a dry run, for tests that need a Java of its own. */
final class DryRunMain {

  private DryRunMain() {}

  public static void main(String[] arguments) throws SyncException {
    byte[] body = SyncClient.at(Path.of(arguments[0])).dryRun().body();
    System.out.println(new String(body, StandardCharsets.US_ASCII));
  }
}
