package io.governor.sync.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.sync.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstOccurrencesTest {

  private static final long AMPLE = 1 << 20;
  private static final int ROUNDS = Integer.getInteger("governor.soak", 40);

  @TempDir Path folder;

  private record Event(String session, String id, TreeSet<Integer> rules, int others, long order) {}

  @Test
  void ofTwoCopiesTheOneThatWasReadFirstCountsWheneverItWasAdded() throws IOException {
    Event first = new Event("s", "e", new TreeSet<>(List.of(0)), 0, 10);
    Event second = new Event("s", "e", new TreeSet<>(List.of(1, 2)), 3, 11);

    assertThat(count(3, AMPLE, 64, 1, List.of(first, second))).isEqualTo("[1, 0, 0] 0 1");
    assertThat(count(3, AMPLE, 64, 1, List.of(second, first))).isEqualTo("[1, 0, 0] 0 1");
  }

  @Test
  void anEventIsTheSameOnlyIfBothItsIdsAre() throws IOException {
    TreeSet<Integer> rule = new TreeSet<>(List.of(0));

    assertThat(
            count(
                1,
                AMPLE,
                64,
                1,
                List.of(
                    new Event("s", "e", rule, 0, 1),
                    new Event("s", "f", rule, 0, 2),
                    new Event("t", "e", rule, 0, 3),
                    new Event("se", "", rule, 0, 4),
                    new Event("", "se", rule, 0, 5),
                    new Event("s", "e", rule, 0, 6))))
        .isEqualTo("[5] 0 5");
  }

  @Test
  void nothingIsMadeOrKeptOnDiskBeforeItIsNeeded() throws IOException {
    Path missing = folder.resolve("missing");

    try (FirstOccurrences events = new FirstOccurrences(5, missing)) {
      assertThat(events.occurrences(2).events()).isZero();
    }
    assertThat(missing).doesNotExist();
  }

  /** Events of few sessions with few ids, some in several copies that disagree. */
  @ParameterizedTest
  @CsvSource({
    // rules, bytes of memory, longs of a piece, threads
    "5, 1048576, 1024, 1",
    "5, 1048576, 1024, 2",
    "5, 0, 16, 1",
    "5, 0, 8, 2",
    "5, 2000, 4, 3",
    "0, 0, 8, 2",
    "32, 0, 13, 2",
    "33, 0, 13, 2",
    "300, 4000, 30, 2",
  })
  void theCountIsThatOfASimpleSetWhateverThereIsOfMemoryAndThreads(
      int rules, long memory, int pieceLongs, int threads) throws IOException {
    SplittableRandom random = Seeds.random();
    for (int round = 0; round < ROUNDS; round++) {
      List<Event> events = events(random, rules);

      assertThat(count(rules, memory, pieceLongs, threads, events))
          .as("round %d, %d events", round, events.size())
          .isEqualTo(oracle(rules, events));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFirstOccurrenceCountsInItsOwnGroup() throws IOException {
    byte[] ids = "se".getBytes(StandardCharsets.UTF_8);
    try (FirstOccurrences events = FirstOccurrences.grouped(2, folder)) {
      FirstOccurrences.Recorder recorder = events.recorder();
      recorder.in(4);
      recorder.violated(1);
      recorder.add(ids, 0, 1, 1, 1, 7);
      recorder.in(3);
      recorder.violated(0);
      recorder.add(ids, 0, 1, 1, 1, 6);
      recorder.violated(0);
      recorder.add(ids, 0, 1, 0, 1, 8);

      Occurrences occurrences = events.occurrences(1);

      assertThat(occurrences.byRule(3)).containsExactly(2, 0);
      assertThat(occurrences.byRule(4)).containsExactly(0, 0);
      assertThat(occurrences.byRule(9)).containsExactly(0, 0);
      assertThat(occurrences.byRule()).containsExactly(2, 0);
    }
  }

  @Test
  void oneEventInCountlessCopiesTakesNoMoreMemoryThanOne() throws IOException {
    List<Event> copies = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      copies.add(new Event("s", "e", new TreeSet<>(List.of(i % 5)), 0, 20_000 - i));
    }

    assertThat(count(5, 0, 64, 2, copies)).isEqualTo("[0, 0, 0, 0, 1] 0 1");
  }

  @Test
  void aTemporaryFileThatCannotBeMadeIsToldWithItsDirectory() {
    Path missing = folder.resolve("missing");
    List<Event> events = events(new SplittableRandom(1), 5);

    assertThatThrownBy(() -> count(missing, 5, 0, 4, 1, events))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(missing + ": cannot make a temporary file")
        .hasNoSuppressedExceptions();
  }

  @Test
  void theTemporaryFileIsItsOwnersAloneAndHoldsNoId() throws IOException {
    try (FirstOccurrences events = new FirstOccurrences(new Records(5, false), folder, 0, 8);
        Stream<Path> before = Files.list(folder)) {
      FirstOccurrences.Recorder recorder = events.recorder();
      for (Event event : events(new SplittableRandom(1), 5)) {
        add(recorder, event);
      }
      assertThat(before).isEmpty();
      assertThat(events.occurrences(1).events()).isPositive();
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static List<Event> events(SplittableRandom random, int rules) {
    int size = random.nextInt(1, 3000);
    int ids = random.nextInt(1, 2000);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      TreeSet<Integer> violated = new TreeSet<>();
      for (int n = rules == 0 ? 0 : random.nextInt(4); n > 0; n--) {
        violated.add(random.nextInt(rules));
      }
      events.add(
          new Event(
              "session-" + random.nextInt(3),
              "event-" + random.nextInt(ids),
              violated,
              random.nextInt(3),
              i * 1_000L));
    }
    shuffle(events, random);
    return events;
  }

  private static void shuffle(List<Event> events, SplittableRandom random) {
    for (int i = events.size() - 1; i > 0; i--) {
      Collections.swap(events, i, random.nextInt(i + 1));
    }
  }

  private static String oracle(int rules, List<Event> events) {
    Map<String, Event> first = new HashMap<>();
    for (Event event : events) {
      first.merge(
          event.session() + "\n" + event.id(),
          event,
          (one, other) -> one.order() < other.order() ? one : other);
    }
    long[] counts = new long[rules];
    long others = 0;
    for (Event event : first.values()) {
      event.rules().forEach(rule -> counts[rule]++);
      others += event.others();
    }
    return Arrays.toString(counts) + " " + others + " " + first.size();
  }

  private String count(int rules, long memory, int pieceLongs, int threads, List<Event> events)
      throws IOException {
    return count(folder, rules, memory, pieceLongs, threads, events);
  }

  private static String count(
      Path folder, int rules, long memory, int pieceLongs, int threads, List<Event> events)
      throws IOException {
    try (FirstOccurrences counted =
        new FirstOccurrences(new Records(rules, false), folder, memory, pieceLongs)) {
      record(counted, threads, events);
      assertThat(counted.added()).isEqualTo(events.size());
      Occurrences occurrences = counted.occurrences(threads);
      return Arrays.toString(occurrences.byRule())
          + " "
          + occurrences.unpublished()
          + " "
          + occurrences.events();
    }
  }

  private static void record(FirstOccurrences counted, int threads, List<Event> events)
      throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int start = i;
      FirstOccurrences.Recorder recorder = counted.recorder();
      Callable<?> some =
          () -> {
            for (int at = start; at < events.size(); at += threads) {
              add(recorder, events.get(at));
            }
            return "";
          };
      done.add(executor.submit(some));
    }
    executor.shutdown();
    for (Future<?> one : done) {
      try {
        one.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void add(FirstOccurrences.Recorder recorder, Event event) throws IOException {
    event.rules().forEach(recorder::violated);
    for (int i = 0; i < event.others(); i++) {
      recorder.violatedUnpublished();
    }
    byte[] session = event.session().getBytes(StandardCharsets.UTF_8);
    byte[] id = event.id().getBytes(StandardCharsets.UTF_8);
    byte[] both = new byte[7 + session.length + id.length];
    System.arraycopy(id, 0, both, 3, id.length);
    System.arraycopy(session, 0, both, 3 + id.length, session.length);
    recorder.add(both, 3 + id.length, session.length, 3, id.length, event.order());
  }
}
