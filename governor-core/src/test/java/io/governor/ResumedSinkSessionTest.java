package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session recorded into a sink that is opened again goes on where it stopped. */
class ResumedSinkSessionTest {

  private static final Rule WITHDRAWS =
      Rule.named("ACME-101").tools("web.fetch").contract("mail.*").mode(Mode.ENFORCE).warn();

  private static final Rule DENIES = Rule.named("ACME-102").tools("wipe").mode(Mode.ENFORCE).deny();

  private static final TokenUsage TURN =
      new TokenUsage(2L, 319L, 38631L, 330L, null, "m", "anthropic", "t1", List.of("c1"));

  private final AtomicLong nanos = new AtomicLong();
  private final Sinks.Recording trace = new Sinks.Recording();
  private final Governor governor = governor(trace);

  private Governor governor(TraceSink sink) {
    return Governor.builder()
        .trace(sink)
        .rules(WITHDRAWS, DENIES)
        .nanoTime(nanos::get)
        .idleTimeout(Duration.ofMinutes(10))
        .build();
  }

  @AfterEach
  void close() {
    governor.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void registersOnceAndContinuesItsSequence(boolean byItsOwner) {
    GovernedSession first = open("s-1");
    first.before(call("crm.read"));
    end(first, byItsOwner);

    GovernedSession second = open("s-1");
    second.before(call("crm.read"));

    assertThat(second).isNotSameAs(first);
    assertThat(trace.events())
        .extracting(TraceEvent::type)
        .containsExactly(
            EventType.AGENT_REGISTERED,
            EventType.INTENT_DECLARED,
            EventType.SCOPE_ASSERTED,
            EventType.SCOPE_ASSERTED);
    SessionRecordingTest.assertUnbroken(trace.events());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsWhatWasWithdrawnFromIt(boolean byItsOwner) {
    GovernedSession first = open("s-1");
    first.before(call("web.fetch"));
    end(first, byItsOwner);

    GovernedSession second = open("s-1");

    assertThat(second.offers("mail.send")).isFalse();
    assertThat(second.before(call("mail.send")).violations()).contains("GOV-007");
    assertThat(second.offers("crm.read")).isTrue();
  }

  @Test
  void keepsWhatWasWithdrawnWhereNothingCouldBeRecorded() {
    try (Governor unheard = governor(new Sinks.Recording(attempt -> true))) {
      GovernedSession first = unheard.session().id("s-1").open();
      first.before(call("web.fetch"));
      first.close();

      assertThat(unheard.session().id("s-1").open().offers("mail.send")).isFalse();
    }
  }

  @Test
  void knowsItsFirstIntentItsTurnsAndTheCallsThatWereBlocked() {
    GovernedSession first =
        governor.session().id("s-1").intent(Intent.explicit("Answer a ticket", "crm")).open();
    first.recordTurn(TURN, "transcript");
    ToolCall wiped = first.before(call("wipe")).call();
    end(first, false);
    int before = trace.events().size();

    GovernedSession second =
        governor.session().id("s-1").intent(Intent.explicit("Other things", "mail")).open();
    second.recordTurn(TURN, "transcript");
    assertThat(trace.events()).hasSize(before);
    second.after(wiped, ToolResult.ofText("it ran all the same"));
    second.before(call("mail.list"));

    assertThat(trace.events().get(before).flags()).contains(AdvisoryFlag.ENFORCEMENT_BYPASSED);
    assertThat(trace.events().get(before + 1).flags()).contains(AdvisoryFlag.SCOPE_INTENT_MISMATCH);
  }

  @Test
  void isAnotherOneOnAnotherSurfaceAndInAnotherGovernor() {
    open("s-1").before(call("web.fetch"));

    assertThat(governor.session().id("s-1").surface("other").open().offers("mail.send")).isTrue();
    try (Governor other = governor(trace)) {
      assertThat(other.session().id("s-1").open().offers("mail.send")).isTrue();
    }
  }

  @Test
  void startsAnewWhereItsIdWasMadeForOneSessionAndItsOwnerClosedThat() {
    for (int i = 0; i < 2; i++) {
      try (GovernedSession once = governor.session().id("once").unique().open()) {
        once.before(call("crm.read"));
      }
    }

    assertThat(trace.events())
        .extracting(TraceEvent::sequence)
        .containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
  }

  @Test
  void aHandleOfBeforeLearnsWhatALaterOneCameTo() {
    GovernedSession first = open("s-1");
    first.before(call("crm.read"));
    end(first, false);
    GovernedSession second = open("s-1");
    second.before(call("web.fetch"));
    end(second, false);

    assertThat(first.before(call("mail.send")).violations()).contains("GOV-007");
    SessionRecordingTest.assertUnbroken(trace.events());
  }

  @Test
  void theSessionsThatWereUsedLeastRecentlyAreForgotten() {
    int most = RememberedSessions.MOST_SESSIONS;
    for (int i = 0; i <= most; i++) {
      use(i);
      if (i == most / 2) {
        use(0);
      }
    }

    assertThat(open("s-0").isOnRecord()).isTrue();
    assertThat(open("s-1").isOnRecord()).isFalse();
    assertThat(open("s-2").isOnRecord()).isTrue();
  }

  private void use(int i) {
    GovernedSession session = open("s-" + i);
    session.before(call("crm.read"));
    session.close();
  }

  private GovernedSession open(String id) {
    return governor.session().id(id).open();
  }

  private void end(GovernedSession session, boolean byItsOwner) {
    if (byItsOwner) {
      session.close();
    } else {
      nanos.addAndGet(Duration.ofMinutes(11).toNanos());
      governor.closeIdleSessions();
    }
    assertThat(governor.health().openSessions()).isZero();
  }

  private static ToolCall call(String tool) {
    return ToolCall.of(tool, ToolArguments.empty());
  }
}
