package io.governor.approval;

import io.governor.Agent;
import io.governor.ApprovalRequest;
import io.governor.Mode;
import io.governor.RuleHit;
import io.governor.RuleId;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Questions for tests. */
final class Requests {

  static final Instant NOW = Instant.parse("2026-04-14T09:00:00Z");
  static final Duration TIMEOUT = Duration.ofMinutes(5);
  static final RuleHit RULE = rule("ACME-103", "Refunds over 500 need a person.");

  private Requests() {}

  static RuleHit rule(String id, String reason) {
    return new RuleHit(RuleId.of(id), Verdict.ASK, Mode.ENFORCE, reason, null);
  }

  /** A question whose digest is one digit, again and again. */
  static ApprovalRequest of(char digit, String json) {
    return of(String.valueOf(digit).repeat(64), json, NOW, RULE);
  }

  static ApprovalRequest of(String digest, String json, Instant time, RuleHit... rules) {
    return of("refund.create", digest, json, time, rules);
  }

  static ApprovalRequest of(
      String tool, String digest, String json, Instant time, RuleHit... rules) {
    return new ApprovalRequest(
        ToolCall.of(tool, ToolArguments.ofJson(json)),
        Agent.named("support-1"),
        "ticket-4711",
        List.of(rules),
        time,
        TIMEOUT,
        digest);
  }
}
