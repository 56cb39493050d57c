package io.governor.benchmarks.count;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The part of a file that one thread takes at a time. */
record Split(Path file, long from, long to) {

  private static final long LENGTH = 16 << 20;

  /** What one thread does with the splits it gets. */
  interface Work<T> {
    void take(Split split) throws IOException;

    T result();
  }

  static List<Path> files(List<Path> directories) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path directory : directories) {
      try (Stream<Path> below = Files.walk(directory)) {
        below.filter(file -> file.toString().endsWith(".jsonl")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  private static List<Split> of(List<Path> directories) throws IOException {
    List<Split> splits = new ArrayList<>();
    for (Path file : files(directories)) {
      long size = Files.size(file);
      for (long from = 0; from < size; from += LENGTH) {
        splits.add(new Split(file, from, Math.min(size, from + LENGTH)));
      }
    }
    return splits;
  }

  /** Every split goes to whichever thread is free; one result for each thread. */
  static <T> List<T> inThreads(
      int threads, List<Path> directories, java.util.function.Supplier<Work<T>> worker)
      throws IOException, InterruptedException, ExecutionException {
    List<Split> splits = of(directories);
    AtomicInteger next = new AtomicInteger();
    Callable<T> each =
        () -> {
          Work<T> work = worker.get();
          for (int i = next.getAndIncrement(); i < splits.size(); i = next.getAndIncrement()) {
            work.take(splits.get(i));
          }
          return work.result();
        };
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : executor.invokeAll(java.util.Collections.nCopies(threads, each))) {
        results.add(done.get());
      }
      return results;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      executor.shutdown();
    }
  }
}
