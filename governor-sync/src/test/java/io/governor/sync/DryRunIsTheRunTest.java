package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.sync.ledger.InMemory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a dry run shows is what the next run sends, in 1,000 random states: not registered yet,
 * registered, with a window that waits, with every way to blur and align, with windows that were
 * asked for. Where a run sends nothing new or refuses, so does the dry run, with the same words.
 * {@code -Dgovernor.seed=N} repeats one run of them.
 */
class DryRunIsTheRunTest {

  private static final int STATES = 1_000;
  private static final int RUNS = 8;

  @TempDir(factory = InMemory.class)
  Path temp;

  private final SplittableRandom random = Seeds.random();
  private final FakeServer server = new FakeServer();
  private Instant now = Events.NOON;
  private int events;

  @Test
  void a_dry_run_shows_the_bytes_of_the_run() throws Exception {
    for (int i = 0; i < STATES / RUNS; i++) {
      Path root = temp.resolve("i" + i);
      now = Events.NOON.plusSeconds(random.nextInt(86_400)).plusNanos(random.nextInt(3) * 1_417L);
      SyncClient client = SyncClient.at(root, () -> now).over(server);
      register(client, root);
      for (int run = 0; run < RUNS; run++) {
        append(root);
        now = now.plus(Duration.ofSeconds(random.nextInt(100_000))).minusNanos(random.nextInt(2));
        RunOptions options = options();
        assertSame(client, options);
      }
    }

    assertThat(server.bodies).hasSizeGreaterThan(STATES / 3);
  }

  /** Noise is still to come before it; all else is what the first run sends. */
  private void register(SyncClient client, Path root) throws Exception {
    append(root);
    RunOptions options = options();
    server.before = null;
    DryRun before = outcome(client, options).shown();
    client.register(
        RegistrationForm.of(
            Endpoint.parse("https://collector.example.org"), "ada@example.org", "Ada"));
    DryRun after = outcome(client, options.withNoise(null)).shown();
    if (before == null || after == null) {
      assertThat(before).isEqualTo(after);
    } else {
      assertThat(before.noiseToCome()).isEqualTo(options.noise() != null);
      assertThat(before.payload().installationId()).isNull();
      assertThat(before.payload().countsByRule()).isEqualTo(after.payload().countsByRule());
      assertThat(before.payload().windowStart()).isEqualTo(after.payload().windowStart());
      assertThat(before.payload().windowEnd()).isEqualTo(after.payload().windowEnd());
    }
  }

  /** What a dry run showed, or why it refused. */
  private record Outcome(@Nullable DryRun shown, @Nullable String refusal) {}

  private static Outcome outcome(SyncClient client, RunOptions options) {
    try {
      return new Outcome(client.dryRun(options), null);
    } catch (SyncException e) {
      return new Outcome(null, e.getMessage());
    }
  }

  private void assertSame(SyncClient client, RunOptions options) {
    Outcome expected = outcome(client, options);
    int before = server.bodies.size();
    boolean fails = random.nextInt(5) == 0;
    server.before = fails ? DryRunIsTheRunTest::fail : null;
    RunReport report = null;
    String refusal = null;
    try {
      report = client.run(options);
    } catch (SyncException e) {
      refusal = e.getMessage();
    }
    List<String> sent = server.bodies.subList(before, server.bodies.size());
    DryRun shown = expected.shown();
    if (shown == null) {
      assertThat(refusal).isEqualTo(expected.refusal());
    } else if (!shown.overlapping().isEmpty()) {
      assertThat(refusal).startsWith("the window overlaps what was sent:");
    } else if (report != null) {
      assertThat(report.postponed()).isEqualTo(shown.postponed());
      assertThat(sent).isEqualTo(bodies(shown));
      assertThat(report.losses()).isEqualTo(shown.losses());
    } else {
      assertThat(fails).isTrue();
    }
  }

  private static void fail() throws SyncException {
    throw SyncException.exchange(
        SyncException.Kind.NETWORK, SyncException.Delivery.UNKNOWN, 1, "no answer");
  }

  private static List<String> bodies(DryRun shown) {
    List<String> bodies = new ArrayList<>();
    if (shown.first() != null) {
      bodies.add(shown.first().body());
    }
    if (shown.body() != null) {
      bodies.add(new String(shown.body(), StandardCharsets.US_ASCII));
    }
    return bodies;
  }

  private void append(Path root) throws Exception {
    Path trace = root.resolve("traces/api/t" + random.nextInt(3) + ".jsonl");
    Files.createDirectories(trace.getParent());
    StringBuilder lines = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      Instant time = now.plusSeconds(random.nextInt(-100_000, 1_000));
      String[] rules = random.nextInt(3) == 0 ? new String[0] : new String[] {rule()};
      lines.append(Events.line(Events.event("s", "e" + events++, time, rules))).append('\n');
    }
    Files.writeString(trace, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private String rule() {
    return List.of("POL-001", "POL-001", "POL-003", "ACME-101").get(random.nextInt(4));
  }

  private RunOptions options() {
    RunOptions options = RunOptions.DEFAULT;
    if (random.nextInt(3) == 0) {
      options = options.publishing(Set.of(RuleId.of("ACME-101")));
    }
    if (random.nextInt(3) == 0) {
      BigDecimal epsilon = new BigDecimal(List.of("0.1", "0.7", "1").get(random.nextInt(3)));
      options = options.withNoise(new NoiseBudget(epsilon, new BigDecimal("2")));
    }
    if (random.nextInt(3) == 0) {
      options = options.withholdingBelow(random.nextInt(1, 5));
    }
    if (random.nextInt(4) == 0) {
      options = options.alignedTo(random.nextBoolean() ? Alignment.HOUR : Alignment.DAY);
    }
    return random.nextInt(6) == 0 ? options.within(window()) : options;
  }

  private TimeWindow window() {
    Instant end = now.plusSeconds(random.nextInt(-200_000, 5_000));
    end = random.nextInt(10) == 0 ? end : end.truncatedTo(ChronoUnit.SECONDS);
    return new TimeWindow(end.minusSeconds(random.nextInt(1, 40_000)), end);
  }
}
