package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.ContextSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the host says about results, at the time when they are there. */
class ResultHintsTest {

  private final List<ContextSnapshot> snapshots = new ArrayList<>();
  private final GovernorBuilder builder =
      Governor.builder()
          .trace(
              event -> {
                if (event.payload() instanceof ContextSnapshot snapshot) {
                  snapshots.add(snapshot);
                }
              });

  @Test
  void aFunctionIsAskedOncePerCallThatReturned() {
    AtomicInteger asked = new AtomicInteger();
    builder.classify(
        "crm.*",
        result -> {
          asked.incrementAndGet();
          return ResultHint.classified(result.text().contains("@") ? "pii" : "internal");
        });

    call("crm.lookup", ToolResult.ofText("mia@shop.example"));
    call("crm.lookup", ToolResult.failure());
    call("mail.send", ToolResult.ofText("mia@shop.example"));

    assertThat(asked).hasValue(1);
    assertThat(snapshots.get(0).dataClassifications()).containsExactly("pii");
    assertThat(snapshots.get(0).classificationSource()).isEqualTo("explicit");
    assertThat(snapshots.get(1).classificationSource()).isEqualTo("unclassified");
  }

  @Test
  void noneOnPurposeIsNotTheSameAsNothingSaid() {
    builder
        .tool("*", ToolTraits.NONE.result(ResultHint.classified("internal")))
        .classify("crm.none", result -> ResultHint.classified())
        .classify("crm.nothing", result -> null);

    call("crm.none", ToolResult.ofText("x"));
    call("crm.nothing", ToolResult.ofText("x"));

    assertThat(snapshots.get(0).dataClassifications()).isEmpty();
    assertThat(snapshots.get(0).classificationSource()).isEqualTo("explicit");
    assertThat(snapshots.get(1).dataClassifications()).containsExactly("internal");
  }

  @Test
  void theFirstThatMatchesAnswersAndWhatTheCallBroughtComesBeforeIt() {
    builder
        .classify("crm.*", result -> ResultHint.classified("confidential"))
        .classify("*", result -> ResultHint.classified("public"));

    call("crm.lookup", ToolResult.ofText("x"));
    call("crm.lookup", ToolResult.ofText("x").with(ResultHint.classified("pii")));

    assertThat(snapshots.get(0).dataClassifications()).containsExactly("confidential");
    assertThat(snapshots.get(1).dataClassifications()).containsExactly("pii");
  }

  @Test
  void aFunctionThatThrowsLeavesTheDefaults() {
    builder.classify(
        "*",
        result -> {
          throw new IllegalStateException("no idea");
        });

    Decision decision = call("crm.lookup", ToolResult.ofText("x"));

    assertThat(decision.result().text()).isEqualTo("x");
    assertThat(snapshots.get(0).classificationSource()).isEqualTo("unclassified");
    assertThat(snapshots.get(0).provenance()).containsExactly("crm");
  }

  private Decision call(String tool, ToolResult result) {
    try (Governor governor = builder.build();
        GovernedSession session = governor.session().open()) {
      Decision before = session.before(ToolCall.of(tool, ToolArguments.empty()));
      return session.after(before.call(), result);
    }
  }
}
