package io.governor;

import java.time.Duration;

/** What tests about approval ask about. */
final class ApprovalExamples {

  static final Duration LONG = Duration.ofMinutes(5);
  static final Duration SHORT = Duration.ofMillis(20);
  static final ToolCall REFUND =
      ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\": 900}"));
  static final Rule ASKS =
      Rule.named("ACME-101")
          .tools("refund.*")
          .mode(Mode.ENFORCE)
          .reason("Refunds need a person.")
          .ask();

  private ApprovalExamples() {}

  static GovernorBuilder governor(Approver approver, Duration timeout) {
    return Governor.builder().trace(TraceSink.none()).rules(ASKS).approver(approver, timeout);
  }
}
