package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventDecoder;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.MalformedEventException;
import io.governor.event.RandomEvents;
import io.governor.event.TraceEvent;
import io.governor.file.AnotherLoader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight processes and, in one more, three class loaders write into one folder at once, each into
 * three sessions: one of its own, one whose id they all have, and one that they share. Each session
 * gets 200 lines of each, or as many as {@code governor.lines} says; 50,000 need 3 GB of disk.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ManyWritersTest {

  private static final int PROCESSES = 8;
  private static final int LOADERS = 3;
  private static final int WRITERS = PROCESSES + LOADERS;
  private static final int LINES = Integer.getInteger("governor.lines", 200);

  @TempDir static Path home;

  @BeforeAll
  static void allWriteAtOnce() throws Exception {
    long seed = RandomEvents.seed();
    List<Process> processes = new ArrayList<>();
    for (int writer = 0; writer < PROCESSES; writer++) {
      processes.add(start(writer, seed));
    }
    ExecutorService threads = Executors.newFixedThreadPool(LOADERS);
    CountDownLatch open = new CountDownLatch(LOADERS);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> loaders = new ArrayList<>();
    for (int writer = PROCESSES; writer < WRITERS; writer++) {
      int number = writer;
      loaders.add(threads.submit(() -> writeInAnotherLoader(number, seed, open, go)));
    }
    for (Process process : processes) {
      assertThat(process.getInputStream().read()).isEqualTo('!');
    }
    assertThat(open.await(1, TimeUnit.MINUTES)).isTrue();
    go.countDown();
    for (Process process : processes) {
      process.getOutputStream().close();
    }
    for (Future<?> loader : loaders) {
      loader.get();
    }
    threads.shutdown();
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aSessionOfItsOwnHasExactlyWhatItsWriterPutThere() throws IOException {
    for (int writer = 0; writer < WRITERS; writer++) {
      assertThat(counts("own-" + writer + ".jsonl")).isEqualTo(onlyOf(writer));
    }
  }

  @Test
  void writersOfOneIdHaveAFileEach() throws IOException {
    List<List<Integer>> found = new ArrayList<>();
    for (int file = 1; file <= WRITERS; file++) {
      found.add(counts("beside" + (file == 1 ? "" : "+" + file) + ".jsonl"));
    }

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, WRITERS).mapToObj(ManyWritersTest::onlyOf).toList());
  }

  @Test
  void aSharedSessionHasOneFileWithTheLinesOfAllInOneOrder() throws IOException {
    assertThat(counts("shared.jsonl"))
        .isEqualTo(IntStream.range(0, WRITERS).mapToObj(writer -> LINES).toList());
  }

  @Test
  void nothingElseIsThereAndAllOfItIsVerified() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("traces/api"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).hasSize(2 * WRITERS + 1);
    }

    VerifyReport report = TraceVerifier.of(home).verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.lines()).isGreaterThan(3L * WRITERS * LINES);
  }

  private static List<Integer> onlyOf(int writer) {
    return IntStream.range(0, WRITERS).mapToObj(other -> other == writer ? LINES : 0).toList();
  }

  /**
   * How many lines of each writer a trace holds, after looking that each is whole, as it was
   * written, the next of its writer's and linked to the one before.
   */
  private static List<Integer> counts(String name) throws IOException {
    int[] counts = new int[WRITERS];
    long sequence = 0;
    String previous = null;
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(home.resolve("traces/api").resolve(name)))) {
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        TraceEvent event = event(line);
        assertThat(event.sequence()).isEqualTo(++sequence);
        assertThat(event.previousEventId()).isEqualTo(previous);
        previous = event.eventId();
        Numbered numbered = Numbered.of(event);
        if (numbered != null) {
          assertThat(numbered.number()).as(name).isEqualTo(counts[numbered.writer()]++);
        }
      }
    }
    return IntStream.of(counts).boxed().toList();
  }

  /** The bytes before the next line end, which must be there; none at the end of the file. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        assertThat(line.size()).as("bytes after the last line end").isZero();
        break;
      }
      line.write(next);
    }
    return line.toByteArray();
  }

  private static TraceEvent event(byte[] line) {
    try {
      TraceEvent event = EventDecoder.decode(line);
      assertThat(RandomEvents.line(event)).isEqualTo(line);
      return event;
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  private static Process start(int writer, long seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            ManyWriter.class.getName(),
            home.toString(),
            String.valueOf(writer),
            String.valueOf(LINES),
            String.valueOf(seed))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Void writeInAnotherLoader(
      int writer, long seed, CountDownLatch open, CountDownLatch go) throws Exception {
    Runnable whenOpen =
        () -> {
          open.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (URLClassLoader loader = AnotherLoader.open()) {
      Class<?> type = Class.forName(ManyWriter.class.getName(), true, loader);
      assertThat(type).isNotSameAs(ManyWriter.class);
      type.getMethod("write", Path.class, int.class, int.class, long.class, Runnable.class)
          .invoke(null, home, writer, LINES, seed, whenOpen);
    }
    return null;
  }

  /** Which of its writer's lines one is. */
  private record Numbered(int writer, int number) {

    /** What the line says, once all of it is as it should be; null for the first of a session. */
    static Numbered of(TraceEvent event) {
      if (!(event.payload() instanceof IntentDeclared intent)
          || intent.statedObjective() == null
          || intent.statedObjective().equals(ManyWriter.OPENING)) {
        return null;
      }
      String[] words = intent.statedObjective().split(" ", 3);
      Numbered numbered = new Numbered(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
      assertThat(words[2])
          .isEqualTo(ManyWriter.filler(numbered.writer, numbered.number, words[2].length()));
      return numbered;
    }
  }
}
