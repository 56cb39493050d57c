package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A call that was judged and counted before is judged again and counted no more. */
class CountedCallTest {

  private static final Counted COUNTED = new Counted(Set.of(), null);

  private final List<TraceEvent> events = new ArrayList<>();

  @Test
  void itIsNotRecordedAgainAndNeitherIsItsResult() {
    try (GovernedSession session = session()) {
      Decision decision = session.before(call("read", COUNTED));
      session.after(decision.call(), ToolResult.ofText("42"));

      assertThat(decision.action()).isEqualTo(Action.PROCEED);
      assertThat(types()).doesNotContain("SCOPE_ASSERTED", "CONTEXT_SNAPSHOT");
      session.after(decision.call().withHint(CallHint.NONE), ToolResult.ofText("42"));
      assertThat(types()).as("the result of a call that goes on here").contains("CONTEXT_SNAPSHOT");
    }
  }

  @Test
  void whatARuleRefusesOrRewritesHereIsRecordedHere() {
    Rule deny = Rule.named("ACME-101").tools("delete").mode(Mode.ENFORCE).deny();
    Rule redact =
        Rule.named("ACME-102")
            .onResult()
            .mode(Mode.ENFORCE)
            .redactResult(result -> ToolResult.ofText("-"));
    try (GovernedSession session = session(deny, redact)) {
      assertThat(session.before(call("delete", COUNTED)).refused()).isTrue();
      Decision read = session.before(call("read", COUNTED));
      assertThat(session.after(read.call(), ToolResult.ofText("42")).result().text())
          .isEqualTo("-");

      assertThat(types()).containsOnlyOnce("SCOPE_ASSERTED", "CONTEXT_SNAPSHOT");
      assertThat(events.get(events.size() - 1).governor().callId()).isEqualTo("call-1");
    }
  }

  @Test
  void itConsumesNoLimitAndIsKeptBackByNone() {
    Rule limit =
        Rule.named("ACME-103")
            .tools("read")
            .limit(new CallLimit(1, Duration.ofHours(1), CallLimit.Scope.SESSION))
            .mode(Mode.ENFORCE)
            .deny();
    try (GovernedSession session = session(limit)) {
      assertThat(session.before(call("read", COUNTED)).refused()).isFalse();
      assertThat(session.before(call("read", null)).refused()).isFalse();
      assertThat(session.before(call("read", COUNTED)).refused()).isFalse();
      assertThat(session.before(call("read", null)).refused()).isTrue();
    }
  }

  @Test
  void whoAgreedIsAskedOnlyByRulesThatDidNotAskYet() {
    AtomicInteger asked = new AtomicInteger();
    Rule first = Rule.named("ACME-104").tools("read").mode(Mode.ENFORCE).ask();
    Rule second = Rule.named("ACME-105").tools("write").mode(Mode.ENFORCE).ask();
    Governor governor =
        Governor.builder()
            .trace(events::add)
            .rules(first, second)
            .approver(
                request -> {
                  asked.incrementAndGet();
                  return CompletableFuture.completedFuture(new Approval(true, request.digest()));
                },
                Duration.ofMinutes(1))
            .build();
    try (governor;
        GovernedSession session = governor.session().open()) {
      Counted counted = Counted.after(session.before(call("read", null)));

      assertThat(counted.agreed()).containsExactly(RuleId.of("ACME-104"));
      assertThat(session.before(call("read", counted)).action()).isEqualTo(Action.PROCEED);
      assertThat(asked).hasValue(1);
      assertThat(session.before(call("write", counted)).action()).isEqualTo(Action.PROCEED);
      assertThat(asked).hasValue(2);
      Counted ofAnotherPolicy = new Counted(counted.agreed(), "0".repeat(64));
      assertThat(session.before(call("read", ofAnotherPolicy)).action()).isEqualTo(Action.PROCEED);
      assertThat(asked).hasValue(3);
    }
  }

  private GovernedSession session(Rule... rules) {
    return Governor.builder().trace(events::add).rules(rules).build().session().open();
  }

  private static ToolCall call(String tool, Counted counted) {
    return ToolCall.of(tool, ToolArguments.ofJson("{\"path\":\"/a\"}"))
        .withId("call-1")
        .withHint(CallHint.NONE.counted(counted));
  }

  private List<String> types() {
    return events.stream().map(event -> event.payload().type().name()).toList();
  }
}
