package io.governor.benchmarks.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A folder that all threads share, a new one in each iteration. The one before goes when the next
 * begins, and the last when the process ends: at the end of an iteration threads may still be using
 * it.
 */
@State(Scope.Benchmark)
public class ScratchFolder {

  private final Path root;

  public ScratchFolder() {
    try {
      root = Files.createTempDirectory("governor-trace");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(root)));
  }

  @Setup(Level.Iteration)
  public void empty() throws IOException {
    remove(root);
    Files.createDirectory(root);
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  private static void remove(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
