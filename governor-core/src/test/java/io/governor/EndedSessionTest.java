package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A session that is over before it begins still judges. */
class EndedSessionTest {

  private final Sinks.Recording trace = new Sinks.Recording();
  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .rules(Rule.named("ACME-101").tools("refund").mode(Mode.ENFORCE).deny())
          .build();

  @Test
  void aClosedGovernorsRulesHoldInAnEndedSession() {
    governor.close();
    GovernedSession session = governor.session().ended();

    assertThat(session.before(ToolCall.of("refund", ToolArguments.empty())).refused()).isTrue();
    assertThat(session.before(ToolCall.of("lookup", ToolArguments.empty())).refused()).isFalse();

    assertThat(trace.events()).isEmpty();
    assertThat(governor.health().lost()).containsKey("closed");
  }

  @Test
  void anEndedSessionIsNeverAmongTheOpenOnesNorJoined() {
    GovernedSession ended = governor.session().id("chat-1").ended();
    ended.before(ToolCall.of("lookup", ToolArguments.empty()));
    assertThat(governor.health().openSessions()).isZero();

    GovernedSession open = governor.session().id("chat-1").open();
    open.before(ToolCall.of("lookup", ToolArguments.empty()));

    assertThat(open).isNotSameAs(ended);
    assertThat(governor.health().openSessions()).isEqualTo(1);
    assertThat(trace.events()).hasSize(3);
    governor.close();
  }
}
