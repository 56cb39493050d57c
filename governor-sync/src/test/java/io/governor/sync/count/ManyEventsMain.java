package io.governor.sync.count;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Adds so many events with violations by two threads, every tenth of them a copy of another one
 * that says something else, and prints what they come to and how long it took.
 */
public final class ManyEventsMain {

  private static final int THREADS = 2;

  private ManyEventsMain() {}

  public static void main(String[] arguments) throws Exception {
    int events = Integer.parseInt(arguments[0]);
    long start = System.nanoTime();
    try (FirstOccurrences counted = new FirstOccurrences(5, Path.of(arguments[1]))) {
      add(counted, events);
      long added = System.nanoTime();
      Occurrences occurrences = counted.occurrences(THREADS);
      System.out.println(
          Arrays.toString(occurrences.byRule())
              + " of "
              + occurrences.events()
              + "; ms to add "
              + (added - start) / 1_000_000
              + ", to find the first "
              + (System.nanoTime() - added) / 1_000_000);
    }
  }

  private static void add(FirstOccurrences counted, int events) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    List<Callable<String>> halves = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int half = i;
      FirstOccurrences.Recorder recorder = counted.recorder();
      halves.add(
          () -> {
            for (int number = half; number < events; number += THREADS) {
              add(recorder, number);
            }
            return "";
          });
    }
    try {
      for (Future<String> done : executor.invokeAll(halves)) {
        done.get();
      }
    } finally {
      executor.shutdown();
    }
  }

  private static void add(FirstOccurrences.Recorder recorder, int number) throws Exception {
    boolean copy = number % 10 == 9;
    byte[] ids =
        "00000000-0000-4000-a000-00000000000000000000-0000-4000-a000-000000000000"
            .getBytes(StandardCharsets.US_ASCII);
    int of = copy ? number / 2 / 10 * 10 : number;
    for (int at = ids.length - 1, rest = of; rest > 0; rest /= 10) {
      ids[at--] = (byte) ('0' + rest % 10);
    }
    recorder.violated(copy ? 1 : 0);
    recorder.add(ids, 0, 36, 36, 36, number);
  }
}
