package io.governor.analysis;

import io.governor.TokenUsage;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.GovernanceError;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes down the events of a session one after the other. Codes with a dash are rules, others
 * flags.
 */
final class Session {

  private final List<TraceEvent> events = new ArrayList<>();
  private Instant time = Instant.parse("2026-01-02T10:00:00Z");

  List<TraceEvent> events() {
    return events;
  }

  Session at(String instant) {
    time = instant == null ? null : Instant.parse(instant);
    return this;
  }

  Session registered(String... codes) {
    return add(
        new AgentRegistered("a", null, null, "m", List.of(), null, null, false, null, null, null),
        codes);
  }

  Session intent(String objective, String source, String... codes) {
    return add(new IntentDeclared(objective, source, "unknown", null, List.of()), codes);
  }

  Session call(String tool, String... codes) {
    return callAs(tool, "WRITE", null, codes);
  }

  Session callAs(String tool, String operation, String toolUseId, String... codes) {
    return add(
        new ScopeAsserted(tool, List.of(), "target of " + tool, operation, toolUseId, null), codes);
  }

  Session callOn(String target, String tool) {
    return add(new ScopeAsserted(tool, List.of(), target, "EXECUTE", null, null));
  }

  Session memory(String... codes) {
    return add(new MemoryWriteAttempt("explicit_persist", null, "db", "c", 1, null, null), codes);
  }

  Session error(String... codes) {
    return add(new GovernanceError("TIMEOUT", "warning", null, "slow", true), codes);
  }

  /** A snapshot of a turn that used so many tokens; null where the model did not say. */
  Session turn(String turnId, Long prompt, Long completion, String... codes) {
    return fullTurn(turnId, prompt, completion, null, null, List.of(), codes);
  }

  /** A snapshot of a turn that issued these calls. */
  Session turnWith(String turnId, long prompt, List<String> toolUseIds, String... codes) {
    return fullTurn(turnId, prompt, null, null, null, toolUseIds, codes);
  }

  Session fullTurn(
      String turnId,
      Long prompt,
      Long completion,
      Long cachedRead,
      Long cachedWrite,
      List<String> toolUseIds,
      String... codes) {
    return snapshot(
        new TokenUsage(
            prompt, completion, cachedRead, cachedWrite, 7L, null, null, turnId, toolUseIds),
        null,
        codes);
  }

  Session snapshot(TokenUsage usage, String toolUseId, String... codes) {
    return add(
        new ContextSnapshot(List.of(), "explicit", List.of(), List.of(), 1, usage, toolUseId),
        codes);
  }

  private Session add(EventPayload payload, String... codes) {
    List<String> rules = Arrays.stream(codes).filter(code -> code.contains("-")).toList();
    List<AdvisoryFlag> flags =
        Arrays.stream(codes).filter(code -> !code.contains("-")).map(AdvisoryFlag::new).toList();
    int number = events.size() + 1;
    events.add(
        new TraceEvent(
            "e" + number,
            "s",
            number,
            null,
            "a",
            "m",
            time,
            payload,
            flags,
            rules,
            null,
            true,
            null,
            null));
    return this;
  }
}
