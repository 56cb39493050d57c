package io.governor.sync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.sync.Alignment;
import io.governor.sync.DeclaredLoss;
import io.governor.sync.DryRun;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import io.governor.sync.ledger.FailingDisk.Crash;
import io.governor.sync.ledger.FailingDisk.Moment;
import io.governor.sync.ledger.SimulatedServer.Fate;
import io.governor.sync.ledger.World.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to traces, process, network, server and clock, in whatever order: the server has
 * every event once, but for those that were declared lost or were gone before any run saw them.
 *
 * <p>2,000 schedules; {@code -Dgovernor.schedules=100000} for more, {@code -Dgovernor.seed=N} to
 * repeat one run of them, {@code -Dgovernor.schedule=N} for a single one that failed.
 */
class ExactlyOnceTest {

  @TempDir(factory = InMemory.class)
  Path temp;

  @Test
  void every_event_counts_once_or_is_declared_lost() throws Exception {
    SplittableRandom random = LedgerSeeds.random();
    Long one = Long.getLong("governor.schedule");
    int schedules = one == null ? Integer.getInteger("governor.schedules", 2_000) : 1;
    for (int i = 0; i < schedules; i++) {
      long seed = one == null ? random.nextLong() : one;
      Path place = temp.resolve("s" + i);
      Schedule schedule = new Schedule(place, new SplittableRandom(seed));
      try {
        schedule.play();
      } catch (AssertionError | Exception e) {
        throw new AssertionError(
            "-Dgovernor.schedule=" + seed + ": " + e + "\n" + String.join("\n", schedule.log), e);
      }
      remove(place);
    }
  }

  private static void remove(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What a window was made from. */
  private record Making(RunOptions options, Instant now, Map<String, String> texts) {}

  private static final class Schedule {

    final List<String> log = new ArrayList<>();
    private final SplittableRandom random;
    private final Installation here;
    private final World world;
    private final FailingDisk disk = new FailingDisk();
    private final Map<Long, Making> makings = new TreeMap<>();
    private boolean healthy;

    Schedule(Path place, SplittableRandom random) throws SyncException, IOException {
      this.random = random;
      this.here = new Installation(place, disk);
      this.world = new World(here.traces, random, random.nextInt(4) == 0);
    }

    void play() throws Exception {
      int steps = random.nextInt(5, 30);
      for (int i = 0; i < steps; i++) {
        log.add(world.step());
        if (random.nextInt(3) == 0) {
          run();
        }
      }
      end();
      check();
    }

    private RunOptions options() {
      RunOptions options = RunOptions.DEFAULT.publishing(world.rules());
      return switch (random.nextInt(10)) {
        case 0, 1 -> options.within(window());
        case 2 -> options.alignedTo(random.nextBoolean() ? Alignment.HOUR : Alignment.DAY);
        default -> options;
      };
    }

    private TimeWindow window() {
      Instant end = world.now.minusSeconds(random.nextInt(50_000));
      switch (random.nextInt(8)) {
        case 0, 1 -> end = world.now.minus(random.nextInt(30), ChronoUnit.DAYS);
        case 2 -> end = world.now.plusSeconds(random.nextInt(20_000));
        default -> {}
      }
      end = end.truncatedTo(ChronoUnit.SECONDS);
      return new TimeWindow(end.minusSeconds(random.nextInt(1, 40_000)), end);
    }

    private void run() throws SyncException {
      RunOptions options = options();
      if (random.nextInt(3) == 0) {
        disk.crashAt(random.nextInt(9), Moment.values()[random.nextInt(3)]);
      }
      boolean quiet = random.nextInt(3) == 0;
      here.server.fates(() -> quiet ? Fate.ACCEPTED.ordinal() : fate());
      run(options);
      disk.neverCrash();
    }

    private int fate() {
      return random.nextInt(3) == 0
          ? Fate.ACCEPTED.ordinal()
          : random.nextInt(Fate.values().length);
    }

    private void run(RunOptions options) throws SyncException {
      Map<String, String> texts = world.snapshot();
      here.now = world.now;
      @Nullable DryRun preview = preview(options);
      int requests = here.server.requests().size();
      try {
        RunReport report =
            here.ledger().run(options, here.sources(), state -> body -> send(body, options));
        log.add("run " + describe(options) + " sent " + report.sent().size());
      } catch (Crash e) {
        log.add("run " + describe(options) + " crashed");
      } catch (SyncException e) {
        log.add("run " + describe(options) + " failed: " + e.getMessage());
        assertThat(e.kind()).isNotEqualTo(SyncException.Kind.LOCAL_FILES);
      }
      checkPreview(preview, requests);
      long last = makings.size();
      for (SentWindow window : here.ledger().history()) {
        if (window.sent().number() > last) {
          makings.put(window.sent().number(), new Making(options, world.now, texts));
          if (preview != null) {
            assertThat(window.sent().bytes()).isEqualTo(preview.body());
          }
        }
      }
      assertThat(makings.size()).isLessThanOrEqualTo((int) last + 1);
    }

    /** Often nobody looks first; and a window that was sent may be looked at, but not sent. */
    private @Nullable DryRun preview(RunOptions options) {
      if (random.nextInt(3) == 0) {
        return null;
      }
      try {
        DryRun preview = here.preview(options);
        return preview.overlapping().isEmpty() ? preview : null;
      } catch (SyncException e) {
        assertThat(e).hasMessageContaining(" ends in the future");
        return null;
      }
    }

    private void checkPreview(@Nullable DryRun preview, int before) {
      List<String> requests = here.server.requests();
      if (preview != null && preview.first() != null && requests.size() > before) {
        assertThat(requests.get(before)).isEqualTo(preview.first().body());
      }
    }

    private static String describe(RunOptions options) {
      return options.window() + " " + options.align();
    }

    private int send(byte[] body, RunOptions options) throws SyncException {
      if (random.nextInt(20) == 0) {
        secondSyncer(options);
      }
      if (!healthy && random.nextInt(40) == 0) {
        throw new Crash();
      }
      return here.server.send(body);
    }

    private void secondSyncer(RunOptions options) {
      SyncException refused = null;
      try {
        here.ledger().run(options, here.sources(), state -> here.server);
      } catch (SyncException e) {
        refused = e;
      }
      assertThat(refused).hasMessageStartingWith("another sync is under way");
    }

    private void end() throws SyncException {
      healthy = true;
      here.server.fates(Fate.ACCEPTED::ordinal);
      RunOptions all = RunOptions.DEFAULT.publishing(world.rules());
      for (int i = 0; i < 2; i++) {
        run(all);
        world.now = world.now.plusSeconds(100);
      }
    }

    private void check() throws SyncException {
      List<SentWindow> history = here.ledger().history();
      List<String> bodies = history.stream().map(window -> window.sent().body()).toList();
      assertThat(bodies.equals(here.server.bodies())).as("history is what was accepted").isTrue();
      Map<RuleId, Long> counted = new TreeMap<>();
      Set<String> lost = new HashSet<>();
      Instant until = null;
      for (SentWindow window : history) {
        Making making = makings.get(window.sent().number());
        SimulatedServer.counts(window.sent().body())
            .byRule()
            .forEach((rule, count) -> counted.merge(rule, count, Long::sum));
        for (DeclaredLoss loss : window.losses()) {
          String text = making.texts().get(loss.file());
          world
              .within(text.substring((int) loss.from(), (int) loss.to()))
              .forEach(event -> lost.add(event.line()));
        }
        for (String text : making.texts().values()) {
          for (Event event : world.events(text)) {
            if (isDue(event, making) && !lost.contains(event.line())) {
              assertThat(counted.get(event.rule())).as("%s", event).isEqualTo(1L);
            }
          }
        }
        if (!window.sent().asked()) {
          assertThat(until).isIn(null, window.sent().window().start());
          until = window.sent().window().end();
        }
      }
      counted.forEach((rule, count) -> assertThat(count).as("%s", rule).isLessThanOrEqualTo(1));
    }

    private static boolean isDue(Event event, Making making) {
      TimeWindow window = making.options().window();
      Alignment align = making.options().align();
      if (window != null) {
        return window.contains(event.time());
      }
      return align == null || event.time().isBefore(making.now().truncatedTo(align.unit()));
    }
  }
}
