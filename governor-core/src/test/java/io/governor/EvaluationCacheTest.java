package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.TraceEvent;
import io.governor.policy.PolicyLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Remembered answers are the same answers; PolicyAgreementTest shows it for random policies. */
class EvaluationCacheTest {

  private static final String CARD = "4111 1111 1111 1111";

  @Test
  void aRememberedAnswerIsRecordedLikeTheFirst() throws Exception {
    List<TraceEvent> events = new ArrayList<>();
    try (Governor governor = governor("{detect: [credit_card]}", events);
        GovernedSession session = governor.session().open()) {
      Decision first = session.before(call("{\"a\":\"" + CARD + "\",\"b\":1}"));
      Decision second = session.before(call("{ \"b\":1, \"a\":\"" + CARD + "\"}"));

      assertThat(second.rules()).isEqualTo(first.rules()).hasSize(1);
      assertThat(second.detections()).isEqualTo(first.detections()).hasSize(1);
      assertThat(events.subList(2, 4))
          .allSatisfy(event -> assertThat(event.violations()).contains("ACME-101"))
          .allSatisfy(event -> assertThat(event.governor().detections()).hasSize(1));
    }
  }

  @Test
  void aReloadForgetsEverything() throws Exception {
    try (Governor governor = governor("{arg: /a, equals: 1}", new ArrayList<>());
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(call("{\"a\":1}")).rules()).hasSize(1);
      governor.reload(
          PolicyLoader.standard()
              .parse("p", document("{arg: /a, equals: 2}").replace("revision: 1", "revision: 2"))
              .policy());
      assertThat(session.before(call("{\"a\":1}")).rules()).isEmpty();
    }
  }

  @Test
  void numbersThatOnlyADoubleTakesForOneAreJudgedEach() throws Exception {
    try (Governor governor = governor("{arg: /a, equals: 9007199254740993}", new ArrayList<>());
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(call("{\"a\":9007199254740992.0}")).rules()).isEmpty();
      assertThat(session.before(call("{\"a\":9007199254740993.0}")).rules()).hasSize(1);
      assertThat(session.before(call("{\"a\":900719925474099.3e1}")).rules()).hasSize(1);
      assertThat(session.before(call("{\"a\":1e400}")).rules()).isEmpty();
    }
  }

  @Test
  void aCacheHoldsSomething() {
    assertThatThrownBy(() -> Governor.builder().cache(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cache: expected at least 1, got 0");
  }

  private static Governor governor(String when, List<TraceEvent> events) throws Exception {
    PolicyLoader loader = PolicyLoader.standard().detectors(io.governor.detect.Detectors.builtIn());
    return Governor.builder()
        .policy(loader.parse("p", document(when)).policy())
        .cache(10)
        .trace(events::add)
        .build();
  }

  private static String document(String when) {
    return """
        governor: 1
        id: acme
        revision: 1
        rules:
          - {id: ACME-101, tool: x, when: %s, effect: deny}
        """
        .formatted(when);
  }

  private static ToolCall call(String json) {
    return ToolCall.of("x", ToolArguments.ofJson(json));
  }
}
