package io.governor.benchmarks.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that goes with everything in it. */
record Scratch(Path folder) implements Closeable {

  static Scratch make() throws IOException {
    return new Scratch(Files.createTempDirectory("governor-trace"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
