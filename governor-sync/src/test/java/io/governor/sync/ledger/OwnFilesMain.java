package io.governor.sync.ledger;

import io.governor.sync.InstallationSecret;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Runs a ledger again and again, and looks at every file that it makes all the while: from another
 * thread, and where it counts and sends. Prints what it saw, and what others could have used.
 */
public final class OwnFilesMain {

  private static final int MOST_RUNS = 200;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path root;
  private final Set<String> wanted;
  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Set<String> tooWide = new ConcurrentSkipListSet<>();

  private OwnFilesMain(Path root, Set<String> wanted) {
    this.root = root;
    this.wanted = wanted;
  }

  public static void main(String[] arguments) throws Exception {
    Path place = Path.of(arguments[0]);
    Set<String> wanted = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
    OwnFilesMain watch = new OwnFilesMain(place.resolve("home"), wanted);
    Thread watcher = new Thread(watch::watch);
    watcher.setDaemon(true);
    watcher.start();
    watch.run(place.resolve("traces"));
    System.out.println("seen " + watch.seen + ", too wide " + watch.tooWide);
  }

  private void run(Path traces) throws SyncException {
    SyncStateFile.at(root)
        .update(
            found ->
                SyncState.of(Installation.ID)
                    .withSecret(
                        InstallationSecret.of("sgn_live_0123456789abcdef"),
                        "https://collector.example.org"));
    RunOptions looking = RunOptions.DEFAULT.reportingTo((read, total) -> look());
    for (int i = 0; i < MOST_RUNS && !seen.containsAll(wanted); i++) {
      Instant now = Instant.parse("2026-04-15T08:00:00Z").plusSeconds(i);
      Ledger.at(root, () -> now, "1.2.3").run(looking, List.of(traces), state -> this::send);
      Traces.append(traces.resolve("b.jsonl"), Traces.line("b" + i));
    }
  }

  private int send(byte[] body) {
    look();
    return 1;
  }

  @SuppressWarnings("InfiniteLoopStatement") // until the process ends
  private void watch() {
    while (true) {
      look();
    }
  }

  private void look() {
    lookBelow(root);
    lookBelow(root.resolve("sync"));
    lookAtOpenFiles();
  }

  private void lookBelow(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(file -> look(file, file.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It is not made yet.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A temporary file has lost its name, and is seen among those that the process holds open. */
  private void lookAtOpenFiles() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      open.forEach(this::lookAtOpenFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lookAtOpenFile(Path descriptor) {
    try {
      String file = Files.readSymbolicLink(descriptor).toString();
      if (file.contains("/governor-") && file.endsWith(".tmp (deleted)")) {
        look(descriptor, "spill");
      }
    } catch (IOException e) {
      // It was closed just now.
    }
  }

  private void look(Path file, String name) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      seen.add(kind(name));
      if (!OWNER.containsAll(mode)) {
        tooWide.add(name + " " + PosixFilePermissions.toString(mode));
      }
    } catch (IOException e) {
      // It was a temporary one, or another has taken its place.
    }
  }

  /** Without what is different each time. */
  private static String kind(String name) {
    return name.replaceAll("\\.[0-9a-f]{32}\\.tmp$", ".tmp").replaceAll("-[0-9]+", "-N");
  }
}
