package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a governor costs when it does nothing, and that closed sessions cost nothing. */
class FootprintTest {

  @TempDir Path home;

  @Test
  void aGovernorWithoutSessionsHasNoThreadAndNoFile() throws IOException {
    Set<String> before = ownThreads();

    try (Governor governor = Governor.builder().stateRoot(home.resolve("root")).build()) {
      assertThat(governor.health().openSessions()).isZero();
      assertThat(ownThreads()).isEqualTo(before);
      assertThat(home.resolve("root")).doesNotExist();
      try (GovernedSession session = governor.session().open()) {
        session.start();
        assertThat(ownThreads()).contains("governor-idle-closer");
      }
    }

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> before.containsAll(ownThreads()));
  }

  @Test
  void theIdleCloserEndsWhenThereIsNothingToClose() {
    Set<String> before = ownThreads();
    try (Governor governor =
        Governor.builder().trace(TraceSink.none()).idleTimeout(Duration.ofMillis(5)).build()) {
      governor.session().open().start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> governor.health().openSessions() == 0 && before.containsAll(ownThreads()));

      GovernedSession again = governor.session().open();
      again.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> governor.health().openSessions() == 0 && before.containsAll(ownThreads()));
    }
  }

  @Test
  void aThousandRulesTakeLessThanTwentyMegabytes() {
    long before = usedAfterCollection();
    Rule[] rules = new Rule[1000];
    for (int i = 0; i < rules.length; i++) {
      int limit = i;
      rules[i] =
          Rule.named("TST-" + (100_000 + i))
              .tools("tool" + i + ".*", "exact." + i)
              .title("rule number " + i)
              .reason("Because of " + i)
              .when(facts -> facts.number("/amount") > limit)
              .deny();
    }
    try (Governor governor = Governor.builder().trace(TraceSink.none()).rules(rules).build()) {
      assertThat(usedAfterCollection() - before).isLessThan(20_000_000L);
      assertThat(governor.health().openSessions()).isZero();
    }
  }

  /** In a small heap of its own, where a kilobyte kept per session would be the end. */
  @Test
  void aMillionSessionsOpenAndCloseInASmallHeap() throws Exception {
    Path output = Files.createTempFile(home, "million", ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MillionSessions.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(output)).isEqualTo("1000000 sessions, 0 open, 3000000 written\n");
    assertThat(process.exitValue()).isZero();
  }

  /**
   * Opens and closes a million sessions, each with a call; every thousandth is left to the idle
   * closer.
   */
  static final class MillionSessions {
    private MillionSessions() {}

    public static void main(String[] args) {
      java.util.concurrent.atomic.AtomicLong nanos = new java.util.concurrent.atomic.AtomicLong();
      try (Governor governor =
          Governor.builder().trace(TraceSink.none()).nanoTime(nanos::get).build()) {
        for (int i = 1; i <= 1_000_000; i++) {
          GovernedSession session = governor.session().id("session-" + i).open();
          session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
          if (i % 1000 == 0) {
            nanos.addAndGet(Duration.ofMinutes(11).toNanos());
            governor.closeIdleSessions();
          } else {
            session.close();
          }
        }
        GovernorHealth health = governor.health();
        System.out.println(
            "1000000 sessions, "
                + health.openSessions()
                + " open, "
                + health.written()
                + " written");
      }
    }
  }

  private static Set<String> ownThreads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("governor")) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  private static long usedAfterCollection() {
    List<Long> readings = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      System.gc();
      readings.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return readings.stream().mapToLong(Long::longValue).min().orElseThrow();
  }
}
