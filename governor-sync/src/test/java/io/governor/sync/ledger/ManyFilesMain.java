package io.governor.sync.ledger;

import io.governor.sync.InstallationSecret;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A ledger of so many traces: a run that counts them, one that finds nothing new, and one after an
 * event was added. Prints what the server has then, how long each took, and how many bytes the
 * positions have. The traces are made before, by this as well, in another process.
 */
public final class ManyFilesMain {

  private static final int PER_FOLDER = 1_000;

  private ManyFilesMain() {}

  public static void main(String[] arguments) throws Exception {
    Path place = Path.of(arguments[1]);
    int files = Integer.parseInt(arguments[2]);
    if (arguments[0].equals("make")) {
      make(place.resolve("traces"), files);
    } else {
      run(place);
    }
  }

  private static void make(Path traces, int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Path folder = traces.resolve("f" + i / PER_FOLDER);
      if (i % PER_FOLDER == 0) {
        Files.createDirectories(folder);
      }
      Files.writeString(
          folder.resolve(i + ".jsonl"), Traces.line("e" + i) + Traces.line("q" + i, Traces.NOON));
    }
  }

  private static void run(Path place) throws SyncException {
    SimulatedServer server = new SimulatedServer();
    SyncStateFile.at(place.resolve("home"))
        .update(
            found ->
                SyncState.of(Installation.ID)
                    .withSecret(
                        InstallationSecret.of("sgn_live_0123456789abcdef"),
                        "https://collector.example.org"));
    String first = timed(place, server, 0);
    String again = timed(place, server, 60);
    Traces.append(place.resolve("traces/f0/0.jsonl"), Traces.line("new"));
    String added = timed(place, server, 120);
    System.out.println(
        server.sum().of(Installation.POL_001)
            + " counted; ms for all, nothing new, one event more: "
            + String.join(", ", first, again, added)
            + "; bytes of positions: "
            + place.resolve("home/sync/positions-3").toFile().length());
  }

  private static String timed(Path place, SimulatedServer server, int seconds)
      throws SyncException {
    Instant now = Instant.parse("2026-04-15T08:00:00Z").plusSeconds(seconds);
    long start = System.nanoTime();
    Ledger.at(place.resolve("home"), () -> now, "1.2.3")
        .run(RunOptions.DEFAULT, List.of(place.resolve("traces")), state -> server);
    return "" + (System.nanoTime() - start) / 1_000_000;
  }
}
