package io.governor;

import static io.governor.ApprovalExamples.ASKS;
import static io.governor.ApprovalExamples.LONG;
import static io.governor.ApprovalExamples.REFUND;
import static io.governor.ApprovalExamples.governor;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person is told, and what the answer holds for. */
@Timeout(60)
class ApprovalRequestTest {

  @Test
  void theRequestSaysWhoAsksWhatAndWhyAndShowsNoValues() throws Exception {
    OpenDesk desk = new OpenDesk();
    try (Governor governor = governor(desk, LONG).agent(Agent.named("bot")).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      session.beforeAsync(REFUND);

      ApprovalRequest request = desk.next().request();
      assertThat(request.agent().id()).isEqualTo("bot");
      assertThat(request.sessionId()).isEqualTo("s-1");
      assertThat(request.timeout()).isEqualTo(LONG);
      assertThat(request.rules())
          .extracting(RuleHit::reason)
          .containsOnly("Refunds need a person.");
      assertThat(request.call().arguments().asMap()).containsEntry("amount", 900L);
      assertThat(request.toString()).contains("refund.create").doesNotContain("900");
    }
  }

  /** Else an answer could be carried from one call to another. */
  @Test
  void theDigestIsOfAgentToolAndArgumentsAndOfNothingElse() throws Exception {
    String refund = digest("bot", "refund.create", "{\"a\": 1, \"b\": \"x\"}");

    assertThat(refund).matches("[0-9a-f]{64}");
    assertThat(digest("bot", "refund.create", "{\"b\":\"\\u0078\",\"a\":1}")).isEqualTo(refund);
    assertThat(
            Stream.of(
                digest("bot2", "refund.create", "{\"a\": 1, \"b\": \"x\"}"),
                digest("bot", "refund.creat", "{\"a\": 1, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 1.0, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 9007199254740992.0, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 9007199254740993.0, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 1e400, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 1e401, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 1, \"b\": \"x\", \"c\": null}"),
                digest("bot", "refund.create", "{\"a\": 1, \"b\": \"x\""),
                digest("bot", "refund.create", null)))
        .doesNotContain(refund)
        .doesNotHaveDuplicates();
  }

  private static String digest(String agent, String tool, @Nullable String json) throws Exception {
    OpenDesk desk = new OpenDesk();
    try (Governor governor =
            Governor.builder()
                .trace(TraceSink.none())
                .rules(ASKS)
                .approver(desk, LONG)
                .agent(Agent.named(agent))
                .build();
        GovernedSession session = governor.session().open()) {
      session.beforeAsync(ToolCall.of(tool, ToolArguments.ofJson(json)));
      return desk.next().request().digest();
    }
  }

  @Test
  void argumentsThatAreNoJsonAreRefusedAndNotThrown() throws Exception {
    ToolCall call = ToolCall.of("refund.create", ToolArguments.of(Map.of("amount", new Object())));
    try (StandardError err = StandardError.capture();
        Governor governor =
            governor(request -> CompletableFuture.completedFuture(request.allow()), LONG).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(call).refused()).isTrue();
      assertThat(session.beforeAsync(call).toCompletableFuture().get(30, TimeUnit.SECONDS))
          .matches(Decision::refused);
      assertThat(err.lines()).anyMatch(line -> line.contains("the approver failed"));
    }
  }
}
