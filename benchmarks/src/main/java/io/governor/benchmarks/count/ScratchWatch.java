package io.governor.benchmarks.count;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Sees how large the temporary files of this process become, by looking at what it has open every
 * few milliseconds: those that were deleted while they are in use, too.
 */
final class ScratchWatch extends Thread {

  private static final Path OPEN = Path.of("/proc/self/fd");

  private final String scratch;
  private volatile long most;

  ScratchWatch(Path scratch) {
    super("scratch");
    setDaemon(true);
    this.scratch = scratch.toAbsolutePath().toString();
  }

  long most() {
    return most;
  }

  @Override
  public void run() {
    try {
      while (true) {
        most = Math.max(most, now());
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      interrupt();
    }
  }

  private long now() {
    try (Stream<Path> open = Files.list(OPEN)) {
      return open.mapToLong(this::size).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private long size(Path descriptor) {
    try {
      String file = Files.readSymbolicLink(descriptor).toString();
      // DuckDB unpacks its library there.
      boolean ours = file.startsWith(scratch) && !file.contains("libduckdb");
      return ours ? Files.size(descriptor) : 0;
    } catch (IOException e) {
      // Closed meanwhile.
      return 0;
    }
  }
}
