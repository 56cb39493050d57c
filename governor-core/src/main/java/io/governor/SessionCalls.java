package io.governor;

import io.governor.CallJudge.Asking;
import io.governor.CallJudge.Hits;
import io.governor.SessionOperations.Recording;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.GovernorMember;
import io.governor.event.GovernorMember.Detection;
import io.governor.event.GovernorMember.RuleEntry;
import io.governor.event.GovernorMember.SessionChange;
import io.governor.standard.Findings;
import io.governor.standard.ScopeMark;
import io.governor.standard.StandardRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges the calls of one session and their results, each by one revision of the rules, and puts
 * them on record. All methods are called inside {@link SessionRecorder#exclusively}.
 */
final class SessionCalls {

  private final SessionIdentity identity;
  private final CallFacts.Situation situation;
  private final GovernorRuntime runtime;
  private final SessionRecorder recorder;
  private final SessionOperations events;

  SessionCalls(
      SessionIdentity identity,
      Intent intent,
      GovernorRuntime runtime,
      SessionRecorder recorder,
      SessionOperations events) {
    this.identity = identity;
    this.situation =
        new CallFacts.Situation(
            identity.agent(),
            intent,
            identity.origin(),
            identity.sessionId(),
            runtime.folders().workspace(identity.workspace()));
    this.runtime = runtime;
    this.recorder = recorder;
    this.events = events;
  }

  /**
   * A call as the rules see it.
   *
   * @param findings what the standard rules found, on the events in their order
   * @param consent what a person has said so far
   */
  private record Weighed(
      RuleSet rules,
      ClassifiedCall classified,
      ScopeMark mark,
      @Nullable ContextSnapshot input,
      @Nullable MemoryWriteAttempt memory,
      List<Findings> findings,
      Consent consent,
      Decision decision) {}

  private Weighed weigh(ToolCall call, Consent consent, boolean asked) {
    String toolUseId = call.hostId();
    RuleSet rules = runtime.rules().current();
    ClassifiedCall classified = rules.classifier().classify(call, identity.origin());
    ScopeMark mark = new ScopeMark(classified.target(), classified.operation());
    ContextSnapshot input =
        identity.origin() == Origin.HOOK ? Payloads.input(classified, toolUseId) : null;
    MemoryWriteAttempt memory = Payloads.memoryWrite(classified, toolUseId);

    Findings onScope = events.judgeScope(call.name(), mark, classified.shell());
    if (call.hint().toolIsUnknown()) {
      onScope = flagged(onScope, AdvisoryFlag.TOOL_UNKNOWN);
    }
    if (call.hint().toolIsShadowed()) {
      onScope = flagged(onScope, AdvisoryFlag.TOOL_SHADOWED);
    }
    Findings onInput = input == null ? Findings.NONE : events.judgeSnapshot(input, false);
    Findings onMemory = memory == null ? Findings.NONE : StandardRules.memory(memory);
    List<Findings> findings = List.of(onScope, onInput, onMemory);
    Counted counted = call.hint().counted();
    CallJudge judge =
        judge(
            rules,
            facts(rules, classified, null),
            findings,
            new Hits(
                recorder.standing().hits(rules.standard(), call.name()),
                standardHits(rules, findings)),
            counted == null ? consent : consent.and(counted.agreedUnder(rules.policy())));
    boolean counts = asked && counted == null;
    Decision decision = counts ? judge.call(runtime.counters()) : judge.countedCall();
    return new Weighed(rules, classified, mark, input, memory, findings, consent, decision);
  }

  /** What the rules say of a call, as if no limit were used up; records and counts nothing. */
  Decision consider(ToolCall call) {
    return weigh(call, Consent.NOT_ASKED, false).decision();
  }

  /**
   * Judges a call before it runs, and records it, unless a person is to be asked first: then there
   * is nothing to record yet.
   */
  Decision before(ToolCall call, Consent consent) {
    long start = runtime.nanoTime().getAsLong();
    Weighed weighed = weigh(call, consent, true);
    Decision decision = weighed.decision();
    if (decision.action() == Action.ASK && !identity.hostAsks()) {
      return decision;
    }
    boolean written = record(weighed, start);
    if (identity.pairsByOrder() && call.idIsOurs()) {
      recorder.awaits(Objects.requireNonNull(call.id()), call.name(), decision.arguments());
    }
    return settled(weighed.rules(), decision, written);
  }

  private boolean record(Weighed weighed, long start) {
    Decision decision = weighed.decision();
    ToolCall call = decision.call();
    String toolUseId = call.hostId();
    RuleSet rules = weighed.rules();
    SessionChange change = recorder.standing().fired(rules, decision, Rule.Stage.CALL);
    if (isOnRecordElsewhere(call, decision, change)) {
      return true;
    }
    boolean runs = !decision.refused();
    Recording plain = new Recording(List.of(), runs, member(call.id()));
    boolean written =
        events.assertScope(
            Payloads.scope(weighed.classified(), toolUseId),
            weighed.mark(),
            weighed.findings().get(0),
            new Recording(
                Verdicts.ownIds(decision),
                runs,
                decided(decision, start)
                    .withChange(change)
                    .withAsked(weighed.consent().recorded())));
    if (weighed.input() != null) {
      written &= events.snapshot(weighed.input(), weighed.findings().get(1), plain);
    }
    if (weighed.memory() != null) {
      written &= events.memoryWrite(weighed.memory(), weighed.findings().get(2), plain);
    }
    return written;
  }

  /** Of what was recorded when it was counted only what is acted on here is recorded here. */
  private static boolean isOnRecordElsewhere(
      ToolCall call, Decision decision, SessionChange change) {
    return call.hint().counted() != null
        && decision.action() == Action.PROCEED
        && change.equals(SessionChange.NONE);
  }

  /** The last word on a call: where a record is required and there is none, it does not run. */
  private Decision settled(RuleSet rules, Decision decision, boolean written) {
    boolean refuse = !written && rules.requireTrace() && rules.mode() == Mode.ENFORCE;
    Decision settled = refuse ? refusedWithoutTrace(decision) : decision;
    recorder.settled(Objects.requireNonNull(settled.call().id()), settled.refused());
    return settled;
  }

  /** Judges a result, and records it. */
  Decision after(ToolCall given, ToolResult result) {
    ToolCall call = paired(given);
    String toolUseId = call.hostId();
    long start = runtime.nanoTime().getAsLong();
    RuleSet rules = runtime.rules().current();
    ClassifiedCall classified = rules.classifier().classify(call, identity.origin());
    ResultHint hint =
        result
            .hint()
            .orElse(runtime.hints().about(call, result))
            .orElse(classified.traits().result());
    ContextSnapshot snapshot = Payloads.result(classified, result, hint, toolUseId);
    Findings found = events.judgeSnapshot(snapshot, hint.authorization() != null);
    if (recorder.wasBlocked(Objects.requireNonNull(call.id()))) {
      found = flagged(found, AdvisoryFlag.ENFORCEMENT_BYPASSED);
    }
    List<Findings> findings = List.of(found);
    Decision decision =
        judge(
                rules,
                facts(rules, classified, result.with(hint)),
                findings,
                new Hits(List.of(), rules.standard().hits(findings)),
                Consent.NOT_ASKED)
            .result();

    boolean judged = looksAtResults(rules, call.name());
    SessionChange change = recorder.standing().fired(rules, decision, Rule.Stage.RESULT);
    if (isOnRecordElsewhere(call, decision, change)) {
      return decision;
    }
    GovernorMember member =
        judged ? decided(decision, start).withChange(change) : member(call.id());
    events.snapshot(snapshot, found, new Recording(Verdicts.ownIds(decision), true, member));
    return decision;
  }

  /** The call under the id it was announced with, where the host has none for it. */
  private ToolCall paired(ToolCall call) {
    String id =
        identity.pairsByOrder() && call.idIsOurs()
            ? recorder.awaited(call.name(), call.arguments())
            : null;
    return id == null
        ? call
        : new ToolCall(call.name(), call.arguments(), id, call.annotations(), call.hint(), true);
  }

  /**
   * Judges what the model is told of a failure. It is no data that anybody classifies, so no
   * standard rule looks at it, and the session's state stays as it is. Of a call that was blocked
   * it tells that the call ran all the same.
   */
  Decision afterFailure(ToolCall given, ToolResult told) {
    ToolCall call = paired(given);
    long start = runtime.nanoTime().getAsLong();
    RuleSet rules = runtime.rules().current();
    ClassifiedCall classified = rules.classifier().classify(call, identity.origin());
    CallFacts facts = facts(rules, classified, told);
    Hits none = new Hits(List.of(), List.of());
    Decision decision = judge(rules, facts, List.of(), none, Consent.NOT_ASKED).result();
    SessionChange change = recorder.standing().fired(rules, decision, Rule.Stage.RESULT);
    boolean bypassed = recorder.wasBlocked(Objects.requireNonNull(call.id()));
    boolean any = bypassed || !decision.rules().isEmpty() || !decision.failedRules().isEmpty();
    if (any && !isOnRecordElsewhere(call, decision, change)) {
      ContextSnapshot snapshot =
          Payloads.result(classified, told, classified.traits().result(), call.hostId());
      GovernorMember member = decided(decision, start).withChange(change);
      Findings found =
          bypassed ? flagged(Findings.NONE, AdvisoryFlag.ENFORCEMENT_BYPASSED) : Findings.NONE;
      events.told(snapshot, found, new Recording(Verdicts.ownIds(decision), true, member));
    }
    return decision;
  }

  private CallJudge judge(
      RuleSet rules, CallFacts facts, List<Findings> findings, Hits hits, Consent consent) {
    boolean approver = facts.result() == null && runtime.approvals() != null;
    // A result that cannot be changed has been handed on already.
    boolean rewrites = facts.result() != null || identity.rewrites();
    return new CallJudge(
        rules, facts, findings, hits, new Asking(identity.hostAsks(), approver, rewrites, consent));
  }

  /** Whether a rule looks at results of the tool. */
  boolean looksAtResults(String tool) {
    return looksAtResults(runtime.rules().current(), tool);
  }

  private static boolean looksAtResults(RuleSet rules, String tool) {
    return judgesResults(rules) || rules.index().looksAt(Rule.Stage.RESULT, tool);
  }

  private static boolean judgesResults(RuleSet rules) {
    return rules.standard().settings().containsKey(StandardRules.POL_003)
        || rules.standard().settings().containsKey(StandardRules.POL_005);
  }

  /**
   * What the standard rules found on this call, and on the session's registration, which every call
   * rests on.
   */
  private List<RuleHit> standardHits(RuleSet rules, List<Findings> findings) {
    if (!rules.standard().settings().containsKey(StandardRules.POL_002)) {
      return rules.standard().hits(findings);
    }
    List<Findings> all = new ArrayList<>(findings);
    all.add(StandardRules.registration(Payloads.registered(identity.agent(), recorder.profile())));
    return rules.standard().hits(all);
  }

  private static Findings flagged(Findings findings, AdvisoryFlag flag) {
    List<AdvisoryFlag> flags = new ArrayList<>(findings.flags());
    flags.add(flag);
    return new Findings(flags, findings.violations(), findings.consequence());
  }

  private CallFacts facts(RuleSet rules, ClassifiedCall classified, @Nullable ToolResult result) {
    CallFacts.Situation here =
        identity.keepsWorkspace()
            ? situation.in(situation.folders().workspace(recorder.workspace()))
            : situation;
    return new CallFacts(classified, here, runtime.clock(), rules.detectors(), result);
  }

  private GovernorMember member(@Nullable String callId) {
    return GovernorMember.of(identity.origin(), callId);
  }

  private GovernorMember decided(Decision decision, long start) {
    List<RuleEntry> rules =
        decision.rules().isEmpty()
            ? List.of()
            : decision.rules().stream().map(RuleEntry::of).toList();
    return GovernorMember.decided(
        identity.origin(),
        decision.call().id(),
        decision.verdict(),
        decision.enforced(),
        rules,
        decision.detections().isEmpty() ? List.of() : detections(decision),
        decision.policy(),
        (runtime.nanoTime().getAsLong() - start) / 1000);
  }

  private static List<Detection> detections(Decision decision) {
    List<Detection> detections = new ArrayList<>();
    decision.detections().forEach((name, count) -> detections.add(new Detection(name, count)));
    return detections;
  }

  private static Decision refusedWithoutTrace(Decision decision) {
    return new Decision(
        decision.call(),
        decision.verdict(),
        Action.REFUSE,
        decision.rules(),
        decision.violations(),
        decision.flags(),
        decision.consequence(),
        decision.failedRules(),
        decision.call().arguments(),
        null,
        "Refused: the call could not be recorded, and nothing runs here without a record.",
        decision.detections(),
        decision.risk(),
        decision.policy());
  }
}
