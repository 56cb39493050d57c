package io.governor.benchmarks.count;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Recorded sessions in steps of ten, each of which holds those before it, and copies of every ninth
 * line of the largest, scattered over other files: a tenth of all lines when they are added. What
 * is there already is used again.
 */
record Corpus(Path home, long events) {

  static final long SMALLEST = 10_000;

  private static final long SEED = 20_261_121;
  private static final int COPY_FILES = 64;

  Corpus {
    if (events < SMALLEST || !steps(events).contains(events)) {
      throw new IllegalArgumentException(
          "events: expected 10000 times a power of ten, got " + events);
    }
  }

  static List<Long> steps(long events) {
    List<Long> steps = new ArrayList<>();
    for (long step = SMALLEST; step <= events; step *= 10) {
      steps.add(step);
    }
    return steps;
  }

  List<Long> steps() {
    return steps(events);
  }

  /** The directories that hold so many events together. */
  List<Path> holding(long step) {
    return steps(step).stream().map(this::part).toList();
  }

  List<Path> withCopies() {
    return Stream.concat(holding(events).stream(), Stream.of(copies())).toList();
  }

  private Path part(long step) {
    return home.resolve("to-" + step);
  }

  private Path copies() {
    return home.resolve("copies-of-" + events);
  }

  /** Records and copies what is not there yet. */
  void make() throws IOException {
    long before = 0;
    for (long step : steps()) {
      if (!Files.exists(part(step))) {
        Path making = home.resolve("making-" + step);
        new RecordedSessions(SEED + step).record(making, step - before);
        Files.move(making, part(step));
      }
      before = step;
    }
    if (!Files.exists(copies())) {
      Path making = Files.createDirectories(home.resolve("making-copies"));
      copy(making);
      Files.move(making, copies());
    }
  }

  private void copy(Path directory) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<OutputStream> outs = new ArrayList<>();
    try {
      for (int i = 0; i < COPY_FILES; i++) {
        Path file = directory.resolve("copies-" + i + ".jsonl");
        outs.add(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
      }
      long[] line = {0};
      for (Path file : Split.files(holding(events))) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          for (String one : (Iterable<String>) lines::iterator) {
            if (++line[0] % 9 == 0) {
              outs.get(random.nextInt(COPY_FILES))
                  .write((one + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
          }
        }
      }
    } finally {
      for (OutputStream out : outs) {
        out.close();
      }
    }
  }

  long bytes(List<Path> directories) throws IOException {
    long bytes = 0;
    for (Path file : Split.files(directories)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  void delete() throws IOException {
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
