package io.governor;

import static io.governor.WrittenTraces.assertChained;
import static io.governor.WrittenTraces.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.RandomEvents;
import io.governor.event.TraceEvent;
import io.governor.trace.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads that record are interrupted all the time, as frameworks do to cancel their work. */
class InterruptStormTest {

  private static final int INTERRUPTS = 10_000;
  private static final ToolCall CALL = ToolCall.of("crm.lookup", ToolArguments.empty());

  @TempDir Path home;

  private final AtomicLong calls = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  @Timeout(120)
  void anInterruptClosesNothingLosesNothingAndIsNotLost() throws Exception {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    List<Thread> threads = new ArrayList<>();
    ExecutorService pool =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "writer");
              threads.add(thread);
              return thread;
            });
    List<Writer> writers = writers(random);
    List<Future<?>> written = new ArrayList<>();
    writers.forEach(writer -> written.add(pool.submit(writer)));

    storm(threads, random);
    over.set(true);

    for (Future<?> each : written) {
      each.get();
    }
    pool.shutdown();
    for (Writer writer : writers) {
      writer.check();
    }
  }

  private List<Writer> writers(SplittableRandom random) {
    List<Writer> writers = new ArrayList<>();
    for (Durability durability : Durability.values()) {
      for (boolean shared : new boolean[] {true, false}) {
        writers.add(new Writer(durability, shared, random.split()));
      }
    }
    return writers;
  }

  /** As fast as somebody still gets something done. */
  private void storm(List<Thread> threads, SplittableRandom random) {
    for (int i = 0; i < INTERRUPTS; i++) {
      long before = calls.get();
      threads.get(random.nextInt(threads.size())).interrupt();
      while (i % 20 == 0 && calls.get() == before) {
        Thread.onSpinWait();
      }
    }
  }

  private final class Writer implements Runnable {

    private final String id;
    private final Governor governor;
    private final boolean shared;
    private final SplittableRandom random;
    private long recorded;

    Writer(Durability durability, boolean shared, SplittableRandom random) {
      this.id = durability.name().toLowerCase(java.util.Locale.ROOT) + (shared ? "-shared" : "");
      this.governor = Governor.builder().stateRoot(home).durability(durability).build();
      this.shared = shared;
      this.random = random;
    }

    @Override
    public void run() {
      SessionBuilder builder = governor.session().id(id);
      try (GovernedSession session = (shared ? builder.shared() : builder).open()) {
        while (!over.get()) {
          record(session);
          if (random.nextInt(300) == 0) {
            session.closeIdle();
          }
        }
      }
    }

    private void record(GovernedSession session) {
      boolean interrupted = random.nextBoolean();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      session.before(CALL);
      recorded++;
      calls.incrementAndGet();
      if (interrupted) {
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
      }
    }

    void check() throws Exception {
      Path file = home.resolve("traces/api/" + id + ".jsonl");
      List<TraceEvent> events = events(file);
      SessionRecordingTest.assertUnbroken(events);
      assertChained(Files.readString(file), 0);
      assertThat(events).as(id).hasSize((int) recorded + 2);
      assertThat(governor.health().lost()).as(id).isEmpty();
      assertThat(governor.health().sinkFailures()).as(id).isZero();
      governor.close();
    }
  }
}
