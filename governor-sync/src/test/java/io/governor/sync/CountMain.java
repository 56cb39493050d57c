package io.governor.sync;

import io.governor.trace.TraceSource;
import java.nio.file.Path;
import java.util.List;

/** Counts one path and prints the numbers, for tests that need a Java of its own. */
final class CountMain {

  private CountMain() {}

  public static void main(String[] arguments) throws SyncException {
    long start = System.nanoTime();
    CountReport report =
        TraceCounter.ofStandardRules().count(List.of(TraceSource.of(Path.of(arguments[0]))));
    System.out.println(
        report.counts().byRule()
            + " events="
            + report.events()
            + " duplicates="
            + report.duplicates());
    System.out.println("milliseconds: " + (System.nanoTime() - start) / 1_000_000);
  }
}
