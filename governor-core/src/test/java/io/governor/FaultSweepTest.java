package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.TraceEvent;
import io.governor.file.Faults;
import io.governor.file.Faults.Written;
import io.governor.file.FaultyFiles;
import io.governor.trace.Durability;
import io.governor.trace.FewOpenTraces;
import io.governor.trace.TraceStore.Sharing;
import io.governor.trace.TraceVerifier;
import io.governor.trace.VerifyFinding;
import io.governor.trace.VerifyFinding.Kind;
import io.governor.trace.WaitingLosses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails the first call of a file, a directory or a clock in what a session does, then the second,
 * and so on to the last: once, and from there on for ever, a write also together with the call
 * after it; a write leaves nothing, a half, all but the last byte, or all. Each time the host's
 * calls succeed, every event is on file or counted as lost, the trace is whole or damaged and never
 * looks tampered with, and the next process goes on.
 */
class FaultSweepTest {

  private static final ToolCall CALL = ToolCall.of("crm.lookup", ToolArguments.empty());

  @TempDir Path home;

  private static final long FOR_EVER = Long.MAX_VALUE;

  private int runs;

  /** What is done; calls fail from {@link Run#armed} on. */
  enum Scenario {
    FIRST_WRITE(Sharing.EXCLUSIVE) {
      @Override
      void play(Run run) {
        run.armed().call("a").call("a").close("a");
      }
    },
    FIRST_WRITE_OF_A_UNIQUE_ID(Sharing.UNIQUE) {
      @Override
      void play(Run run) {
        run.armed().call("a").call("a").close("a");
      }
    },
    LATER_WRITE(Sharing.EXCLUSIVE) {
      @Override
      void play(Run run) {
        run.call("a").armed().call("a").call("a").call("a").close("a");
      }
    },
    RESUMED(Sharing.EXCLUSIVE) {
      @Override
      void play(Run run) {
        run.before("a", 2).armed().call("a").call("a").close("a");
      }
    },
    RESUMED_AFTER_A_TORN_LINE(Sharing.EXCLUSIVE) {
      @Override
      void play(Run run) {
        run.before("a", 2).tear("a").armed().call("a").call("a").close("a");
      }
    },
    CLOSED_FOR_BEING_IDLE(Sharing.EXCLUSIVE) {
      @Override
      void play(Run run) {
        run.call("a").armed().idle("a").call("a").call("a").close("a");
      }
    },
    CLOSED_WHERE_AN_OLD_TRACE_IS_PRUNED(Sharing.EXCLUSIVE) {
      @Override
      void play(Run run) {
        run.call("a").old("z").armed().close("a");
      }
    },
    DESCRIPTORS_TAKEN_AND_HAD_AGAIN(Sharing.EXCLUSIVE) {
      @Override
      void play(Run run) {
        run.call("a").call("b").armed().call("c").call("a").call("b").call("a");
        run.close("a").close("b").close("c");
      }
    },
    FIRST_SHARED_WRITE(Sharing.SHARED) {
      @Override
      void play(Run run) {
        run.armed().call("a").call("a").close("a");
      }
    },
    SHARED_AND_RESUMED(Sharing.SHARED) {
      @Override
      void play(Run run) {
        run.before("a", 2).armed().call("a").call("a").close("a");
      }
    },
    SHARED_WITHOUT_ITS_STATE(Sharing.SHARED) {
      @Override
      void play(Run run) {
        run.before("a", 2).forget("a").armed().call("a").call("a").close("a");
      }
    };

    final Sharing sharing;

    Scenario(Sharing sharing) {
      this.sharing = sharing;
    }

    abstract void play(Run run);
  }

  @ParameterizedTest
  @EnumSource
  void whicheverCallFailsNothingIsLostUncountedOrLooksForged(Scenario scenario) throws Exception {
    sweep(scenario, Durability.OS);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FIRST_WRITE", "FIRST_SHARED_WRITE"},
      value = Scenario.class)
  void forcingFailsTheSame(Scenario scenario) throws Exception {
    sweep(scenario, Durability.GROUP);
    sweep(scenario, Durability.ALWAYS);
  }

  private void sweep(Scenario scenario, Durability durability) throws Exception {
    long n = 1;
    while (fails(scenario, durability, n)) {
      n++;
    }
    assertThat(n).as("calls of %s", scenario).isGreaterThan(10);
  }

  /** Whether there was an n-th call. */
  private boolean fails(Scenario scenario, Durability durability, long n) {
    String once = play(new Run(scenario, durability, n, 1, Written.NOTHING));
    String forEver = play(new Run(scenario, durability, n, FOR_EVER, Written.NOTHING));
    if (once != null && once.startsWith("write ")) {
      for (Written written : Written.values()) {
        for (long many : new long[] {1, 2, FOR_EVER}) {
          play(new Run(scenario, durability, n, many, written));
        }
      }
    }
    return once != null || forEver != null;
  }

  /** Gives what failed first, or null when nothing did. */
  @SuppressWarnings("try") // the warnings are kept from the log, not read
  private static String play(Run run) {
    try (StandardError warnings = StandardError.capture()) {
      List.of("a", "b", "c").forEach(run::session);
      run.scenario.play(run);
      run.governor.close();
      run.faults.disarm();
      run.check();
      return run.faults.failed();
    } catch (AssertionError | Exception e) {
      String what =
          "%s at %s: %d calls from %d on fail, first: %s, leaving %s"
              .formatted(
                  run.scenario, run.durability, run.many, run.n, run.faults.failed(), run.written);
      throw new AssertionError(what, e);
    }
  }

  private final class Run {

    final Scenario scenario;
    final Durability durability;
    final Faults faults = new Faults();
    final Path root = home.resolve("run-" + runs++);
    final Governor governor;
    final Map<String, GovernedSession> sessions = new TreeMap<>();
    final Set<String> used = new TreeSet<>();
    final long n;
    final long many;
    final Written written;
    private long eventsBefore;

    Run(Scenario scenario, Durability durability, long n, long many, Written written) {
      this.scenario = scenario;
      this.durability = durability;
      this.n = n;
      this.many = many;
      this.written = written;
      this.governor = governor(FaultyFiles.at(root, faults));
    }

    Run armed() {
      faults.arm(n, many, written);
      return this;
    }

    /** A call of the host. */
    Run call(String id) {
      used.add(id);
      assertThat(session(id).before(CALL).action()).isEqualTo(Action.PROCEED);
      return this;
    }

    private GovernedSession session(String id) {
      return sessions.computeIfAbsent(id, each -> open(governor, each));
    }

    private GovernedSession open(Governor by, String id) {
      SessionBuilder builder = by.session().id(id);
      return switch (scenario.sharing) {
        case UNIQUE -> builder.unique().open();
        case EXCLUSIVE -> builder.open();
        case SHARED -> builder.shared().open();
      };
    }

    Run close(String id) {
      session(id).close();
      return this;
    }

    Run idle(String id) {
      session(id).closeIdle();
      return this;
    }

    /** A process before this one. */
    Run before(String id, int calls) {
      eventsBefore += 2 + calls;
      inAnotherProcess(id, calls);
      return this;
    }

    private void inAnotherProcess(String id, int calls) {
      try (Governor other = Governor.builder().stateRoot(root).build()) {
        GovernedSession session = open(other, id);
        for (int i = 0; i < calls; i++) {
          session.before(CALL);
        }
        session.leave();
        assertThat(other.health().lost()).isEmpty();
      }
    }

    /** A trace that has been kept long enough, and nothing was pruned today. */
    Run old(String id) {
      inAnotherProcess(id, 1);
      Instant now = Instant.now();
      FileTime longAgo = FileTime.from(now.minus(Duration.ofDays(60)));
      FileTime yesterday = FileTime.from(now.minus(Duration.ofDays(2)));
      return wrap(() -> Files.setLastModifiedTime(trace(id), longAgo))
          .wrap(() -> Files.setLastModifiedTime(root.resolve("prune.stamp"), yesterday));
    }

    Run tear(String id) {
      return wrap(
          () -> Files.writeString(trace(id), "{\"event_id\": \"t", StandardOpenOption.APPEND));
    }

    Run forget(String id) {
      return wrap(() -> Files.delete(root.resolve("traces/api/" + id + ".state")));
    }

    private Run wrap(org.junit.jupiter.api.function.Executable work) {
      try {
        work.execute();
        return this;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    private Path trace(String id) {
      return root.resolve("traces/api/" + id + ".jsonl");
    }

    private Governor governor(Path faulty) {
      Health health = new Health();
      RuleSet.Host host =
          new RuleSet.Host(
              List.of(),
              Map.of(),
              List.of(),
              io.governor.detect.Detectors.builtIn(),
              Mode.OBSERVE,
              false,
              0);
      return new Governor(
          new GovernorRuntime(
              this::instant,
              this::nanos,
              new EventIds(),
              FewOpenTraces.at(faulty, durability, health::notForced),
              List.of(),
              health,
              new StateRootProfiles(faulty),
              new ResultHints(List.of(), health),
              RuleSource.of(host, null, health),
              new MemoryCallCounters(() -> 0),
              Pauses.below(faulty, this::instant, this::nanos, health),
              null,
              new SessionFolders(null, home, home, root),
              Duration.ofMinutes(10)),
          Agent.named("bot"));
    }

    private Instant instant() {
      if (faults.fails("clock")) {
        throw new IllegalStateException("no clock");
      }
      return Instant.now();
    }

    private long nanos() {
      if (faults.fails("nanoseconds")) {
        throw new IllegalStateException("no clock");
      }
      return System.nanoTime();
    }

    void check() throws IOException {
      assertThat(faults.open()).as("descriptors").isZero();
      assertAccounts();
      assertThat(findings()).isSubsetOf(Kind.DAMAGED);
      for (String id : used) {
        assertThat(root.resolve("traces/api/" + id + "+2.jsonl")).doesNotExist();
        assertGoesOn(id);
      }
      assertThat(findings()).isSubsetOf(Kind.DAMAGED);
    }

    private void assertAccounts() throws IOException {
      long onFile = 0;
      SortedMap<String, Long> told = new TreeMap<>();
      for (String id : used) {
        List<TraceEvent> events = eventsOf(id);
        SessionRecordingTest.assertUnbroken(events);
        onFile += events.size();
        for (TraceEvent event : events) {
          add(Objects.requireNonNull(event.governor()).lost(), told);
        }
      }
      GovernorHealth health = governor.health();
      add(health.untold(), told);
      add(WaitingLosses.below(root.resolve("traces")), told);
      long written = health.written() + eventsBefore;
      if (isUnknowable()) {
        assertThat(onFile).isBetween(written, written + 1);
        return;
      }
      assertThat(onFile).as("written, lost: %s", health.lost()).isEqualTo(written);
      assertThat(told).as("lost and told").isEqualTo(health.lost());
    }

    /** A write failed when it was done, or nearly, and so did the look at what it left. */
    private boolean isUnknowable() {
      return many > 1 && (written == Written.ALL || written == Written.ALL_BUT_THE_LAST);
    }

    private static void add(Map<String, Long> losses, Map<String, Long> sum) {
      losses.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    }

    private List<TraceEvent> eventsOf(String id) throws IOException {
      return Files.exists(trace(id)) ? WrittenTraces.events(trace(id)) : new ArrayList<>();
    }

    private void assertGoesOn(String id) throws IOException {
      int before = eventsOf(id).size();
      inAnotherProcess(id, 1);
      List<TraceEvent> events = eventsOf(id);
      assertThat(events).as(id).hasSize(before == 0 ? 3 : before + 1);
      SessionRecordingTest.assertUnbroken(events);
    }

    private Set<Kind> findings() throws IOException {
      Set<Kind> kinds = EnumSet.noneOf(Kind.class);
      if (Files.exists(root)) {
        for (VerifyFinding finding : TraceVerifier.of(root).verify().findings()) {
          kinds.add(finding.kind());
        }
      }
      return kinds;
    }
  }
}
