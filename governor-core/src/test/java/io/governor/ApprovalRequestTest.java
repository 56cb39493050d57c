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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** A yes to the one must not be a yes to the other, whatever the tool reads numbers with. */
  @ParameterizedTest
  @CsvSource({
    "1e400, 2e400",
    "1e400, 1e401",
    "1e-400, 0.0",
    "1e-400, 1e-401",
    "5e-324, 6e-324",
    "0.1, 0.10000000000000000001",
    "99.999999999999999999, 100.0",
    "9007199254740993, 9007199254740992",
    "9007199254740993.0, 9007199254740992.0",
    "0.30000000000000004, 0.3",
    "0.300000000000000, 0.300000000000001",
    "-1e400, 1e400"
  })
  void numbersThatDoublesCannotTellApartHaveDigestsOfTheirOwn(String one, String other)
      throws Exception {
    assertThat(digest("bot", "refund.create", "{\"a\": [\"\\\"1e999\", " + one + "]}"))
        .isNotEqualTo(digest("bot", "refund.create", "{\"a\": [\"\\\"1e999\", " + other + "]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 5e-1",
    "100.0, 1E+2",
    "0.0, 0e9",
    "1.25, 1.250",
    "12345678901234.0, 123456789.01234e5"
  })
  void numbersThatAreOneHaveOneDigest(String one, String other) throws Exception {
    assertThat(digest("bot", "refund.create", "{\"b\": 1, \"a\": " + one + "}"))
        .isEqualTo(digest("bot", "refund.create", "{\"a\": " + other + ", \"b\": 1}"));
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
