package io.governor.trace;

import io.governor.GovernedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A state root with a session of every kind, of eleven lines each: closed; killed; closed once,
 * resumed and then killed; shared and not over; shared and over; and the second of two writers side
 * by side, which is closed. What they were some lines ago is kept as well.
 */
final class KindsOfTraces {

  static final List<String> KINDS =
      List.of("closed", "killed", "resumed", "shared", "over", "beside+2");

  private static final int BEFORE = 4;
  private static final int AFTER = 5;

  private final Path now;
  private final Path before;

  private KindsOfTraces(Path now, Path before) {
    this.now = now;
    this.before = before;
  }

  /** Writes them below a folder. The sessions that were killed are just left alone. */
  static KindsOfTraces write(Path home) throws IOException {
    KindsOfTraces kinds = new KindsOfTraces(home.resolve("now"), home.resolve("before"));
    RecordedRoot root = new RecordedRoot(kinds.now);
    root.abandon("beside", 1).record("resumed", BEFORE);
    GovernedSession closed = RecordedRoot.call(root.open("closed"), BEFORE);
    GovernedSession killed = RecordedRoot.call(root.open("killed"), BEFORE);
    GovernedSession over = RecordedRoot.call(root.openShared("over"), BEFORE);
    GovernedSession beside = RecordedRoot.call(root.open("beside"), BEFORE);
    root.share("shared", BEFORE);
    copy(kinds.now, kinds.before);
    RecordedRoot.call(killed, AFTER);
    RecordedRoot.call(root.open("resumed"), AFTER);
    root.share("shared", AFTER);
    RecordedRoot.call(closed, AFTER).close();
    RecordedRoot.call(over, AFTER).close();
    RecordedRoot.call(beside, AFTER).close();
    return kinds;
  }

  /** A copy to do something to. */
  RecordedRoot copy(Path home) throws IOException {
    copy(now, home);
    return new RecordedRoot(home);
  }

  /** What a trace was before. */
  byte[] older(String kind) throws IOException {
    return Files.readAllBytes(new RecordedRoot(before).trace(kind));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
