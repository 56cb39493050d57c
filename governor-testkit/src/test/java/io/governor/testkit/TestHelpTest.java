package io.governor.testkit;

import static io.governor.testkit.GovernorAssertions.assertThat;
import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Coverage;
import io.governor.Coverage.Status;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.Verdict;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What the help promises, and that its assertions can fail. */
class TestHelpTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @Test
  void aRunWithFixedTimeAndIdsIsTheSameEveryTime() {
    GovernorBuilder builder =
        Governor.builder()
            .trace(trace)
            .clock(SteppingClock.from(START, Duration.ofSeconds(1)))
            .ids(new SequentialIds());
    lookup(builder, "x");

    assertThat(trace.events())
        .extracting(TraceEvent::timestamp)
        .startsWith(START, START.plusSeconds(1));
    assertThat(trace.events().get(0).eventId()).startsWith("00000000-0000-4000-8000-0000000000");
    assertThat(trace.events()).extracting(TraceEvent::eventId).doesNotHaveDuplicates();
  }

  @Test
  void aCoverageWithAGapFailsAndListsEveryTool() {
    Coverage.Tool governed =
        new Coverage.Tool("Support", "crm.lookup", Status.GOVERNED, "governed", List.of());
    Coverage.Tool open =
        new Coverage.Tool("Support", "mail.send", Status.UNGOVERNED, "x.Executor", List.of());
    Coverage.Tool unknown =
        new Coverage.Tool("Support", "the rest", Status.UNKNOWN, "x.Provider", List.of());

    assertThat(new Coverage(List.of(governed))).governsEveryTool();
    for (Coverage.Tool gap : List.of(open, unknown)) {
      assertThatThrownBy(() -> assertThat(new Coverage(List.of(governed, gap))).governsEveryTool())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("<1> are not known to be")
          .hasMessageContaining("crm.lookup of Support")
          .hasMessageContaining(gap.name() + " of Support");
    }
  }

  @Test
  void aCoverageWithoutAnyToolProvesNothing() {
    assertThatThrownBy(() -> assertThat(new Coverage(List.of())).governsEveryTool())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no tool at all");
  }

  @Test
  void aClockGoesOnByOneStepAtEachReading() {
    SteppingClock clock = SteppingClock.from(START, Duration.ofMillis(5));
    LongSupplier nanos = clock.nanoTime();

    assertThat(List.of(clock.instant(), clock.instant()))
        .containsExactly(START, START.plusMillis(5));
    assertThat(List.of(nanos.getAsLong(), nanos.getAsLong())).containsExactly(0L, 5_000_000L);
  }

  @Test
  void aSinkKeepsSessionsApartAndKnowsWhichEnded() {
    Governor governor = Governor.builder().trace(trace).build();
    GovernedSession one = governor.session().id("one").open();
    GovernedSession two = governor.session().id("two").open();
    one.start();
    two.start();
    one.close();
    two.close();

    assertThat(trace.sessions()).containsExactly("one", "two");
    assertThat(trace.events("two")).hasSize(2);
    assertThat(trace.closedSessions()).containsExactly("one", "two");
  }

  @Test
  void aSinkFailsAsOftenAsItIsTold() {
    trace.failNext(2);

    lookup(Governor.builder().trace(trace), "x");

    assertThatTrace(trace.events())
        .isUnbroken()
        .hasTypes(EventType.SCOPE_ASSERTED, EventType.CONTEXT_SNAPSHOT);
  }

  @Test
  void decisionsCanBeAsserted() {
    Decision refused = lookup(Governor.builder().trace(trace).rules(deny()), "x");

    assertThat(refused).isRefused().hasVerdict(Verdict.DENY).hasViolations("POL-001", "ACME-101");
    assertThatThrownBy(() -> assertThat(refused).proceeds())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("REFUSE");
    assertThatThrownBy(() -> assertThat(refused).hasVerdict(Verdict.ALLOW))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(refused).hasViolations("ACME-101"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void anAllowedDecisionIsNotRefused() {
    Decision allowed = lookup(Governor.builder().trace(trace), "x");

    assertThat(allowed).proceeds();
    assertThatThrownBy(() -> assertThat(allowed).isRefused()).isInstanceOf(AssertionError.class);
  }

  @Test
  void tracesCanBeAsserted() {
    lookup(Governor.builder().trace(trace).rules(deny()), "x");

    assertThatTrace(trace.events())
        .isUnbroken()
        .hasViolations(Map.of("POL-001", 1, "POL-002", 1, "ACME-101", 1));
    assertThatThrownBy(() -> assertThatTrace(trace.events()).hasViolations(Map.of("POL-001", 1)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThatTrace(trace.events()).hasTypes(EventType.SCOPE_ASSERTED))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aMissingEventBreaksATrace() {
    lookup(Governor.builder().trace(trace), "x");
    List<TraceEvent> gap = new ArrayList<>(trace.events());
    gap.remove(1);

    assertThatThrownBy(() -> assertThatTrace(gap).isUnbroken())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected number <2>");
  }

  @Test
  void aTextInTheToolsNameIsShown() {
    lookup(Governor.builder().trace(trace), "x");

    assertThatTrace(trace.events()).neverShows("somewhere else");
    assertThatThrownBy(() -> assertThatTrace(trace.events()).neverShows("crm.lookup"))
        .isInstanceOf(AssertionError.class);
  }

  private static Rule deny() {
    return Rule.named("ACME-101").mode(Mode.ENFORCE).deny();
  }

  private static Decision lookup(GovernorBuilder builder, String text) {
    try (Governor governor = builder.build();
        GovernedSession session = governor.session().open()) {
      ToolArguments arguments = ToolArguments.of(Map.of("text", text));
      Decision decision = session.before(ToolCall.of("crm.lookup", arguments));
      if (!decision.refused()) {
        session.after(decision.call(), ToolResult.ofText("found"));
      }
      return decision;
    }
  }
}
