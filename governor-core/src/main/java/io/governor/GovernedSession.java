package io.governor;

import io.governor.SessionOperations.Recording;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.GovernorMember;
import io.governor.event.GovernorMember.RuleEntry;
import io.governor.standard.Findings;
import io.governor.standard.ScopeMark;
import io.governor.standard.StandardRules;
import io.governor.trace.TraceStore.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of an agent, governed: every tool call is judged before it runs and its result
 * afterwards, and both leave events in the session's trace. Safe for use by several threads; calls
 * of one session are recorded one at a time.
 *
 * <p>Nothing thrown here reaches the host from within a tool call: what could not be done is
 * counted in {@link Governor#health()}. A session that is idle for long is closed by its governor
 * and resumes by itself at the next call; one that its owner closed records nothing more.
 */
public final class GovernedSession implements AutoCloseable {

  private final SessionIdentity identity;
  private final Intent intent;
  private final GovernorRuntime runtime;
  private final SessionRecorder recorder;
  private final SessionOperations events;
  private final Consumer<GovernedSession> onUse;
  private final Consumer<GovernedSession> onClose;
  private volatile long lastUse;

  GovernedSession(
      SessionIdentity identity,
      Intent intent,
      GovernorRuntime runtime,
      Consumer<GovernedSession> onUse,
      Consumer<GovernedSession> onClose) {
    this.identity = identity;
    this.intent = intent;
    this.runtime = runtime;
    this.recorder = new SessionRecorder(identity, runtime);
    this.events = new SessionOperations(recorder);
    this.onUse = onUse;
    this.onClose = onClose;
    this.lastUse = runtime.nanoTime().getAsLong();
  }

  /** The session's id: the host's, or one of ours. */
  public String id() {
    return identity.sessionId();
  }

  /** Who runs in the session. */
  public Agent agent() {
    return identity.agent();
  }

  SessionIdentity identity() {
    return identity;
  }

  long lastUse() {
    return lastUse;
  }

  /** Writes the session's first events, unless they are on record. Calls do this by themselves. */
  public void start() {
    guarded(
        "registration",
        () -> {
          startIfNew();
          return Boolean.TRUE;
        });
  }

  /**
   * States what the session is for, from now on; earlier events are not judged again. The first
   * intent stated stays the one that calls are compared with.
   */
  public void declare(Intent newIntent) {
    guarded(
        "intent",
        () -> {
          startIfNew();
          return events.declare(Payloads.declared(newIntent), Recording.plain(member(null)));
        });
  }

  /**
   * Judges a call before it runs, and records it.
   *
   * @return the decision; {@link Decision#action()} says what to do, and {@link Decision#call()} is
   *     the call to give to {@link #after} with its id
   */
  public Decision before(ToolCall call) {
    ToolCall identified = call.identified(runtime.ids());
    Decision decision = guarded("scope", () -> judge(identified, identified.hostId()));
    return decision != null ? decision : ungoverned(identified, null);
  }

  /**
   * Judges the result of a call, and records it. A failed call leaves no event.
   *
   * @param call the call as {@link Decision#call()} gave it, or with the host's id
   * @return the decision; unless it is refused, {@link Decision#result()} is what to hand on
   */
  public Decision after(ToolCall call, ToolResult result) {
    ToolCall identified = call.identified(runtime.ids());
    if (result.failed()) {
      return ungoverned(identified, result);
    }
    Decision decision =
        guarded("context", () -> judgeResult(identified, identified.hostId(), result));
    return decision != null ? decision : ungoverned(identified, result);
  }

  /**
   * Records that the host's own code persists something.
   *
   * @param targetStore where to
   * @param hint what is known about the data
   * @param sizeInTokens an estimate of its size
   */
  public void persist(String targetStore, CallHint hint, long sizeInTokens) {
    guarded(
        "memory",
        () -> {
          startIfNew();
          MemoryWriteAttempt memory = Payloads.persisted(targetStore, hint, sizeInTokens);
          Findings findings = StandardRules.memory(memory);
          return events.memoryWrite(memory, findings, Recording.plain(member(null)));
        });
  }

  /**
   * Records the usage of a model turn that was learned afterwards, once per turn. It is judged by
   * no rule.
   *
   * @param usage the usage; without a turn id it is always recorded
   * @param provenance where it was learned, such as {@code claude_code_transcript}
   */
  public void recordTurn(TokenUsage usage, String provenance) {
    recordTurns(List.of(usage), provenance);
  }

  /** As {@link #recordTurn}, for many turns in their order. */
  public void recordTurns(List<TokenUsage> turns, String provenance) {
    guarded(
        "context",
        () -> {
          turns.forEach(turn -> recordNewTurn(turn, provenance));
          return Boolean.TRUE;
        });
  }

  private void recordNewTurn(TokenUsage usage, String provenance) {
    String turn = usage.turnId();
    if (turn != null && recorder.isRecordedTurn(turn)) {
      return;
    }
    startIfNew();
    boolean written = events.turn(Payloads.turn(usage, provenance), Recording.plain(member(null)));
    if (written && turn != null) {
      recorder.turnRecorded(turn);
    }
  }

  /** Whether anything of the session is on record, whichever process wrote it. */
  public boolean isOnRecord() {
    return Boolean.TRUE.equals(guarded("registration", recorder::isOnRecord));
  }

  private void startIfNew() {
    if (recorder.isStarted()) {
      return;
    }
    recorder.markStarted();
    events.register(
        Payloads.registered(identity.agent(), recorder.profile()), Recording.plain(member(null)));
    events.declare(Payloads.declared(intent), Recording.plain(member(null)));
  }

  private Decision judge(ToolCall call, @Nullable String toolUseId) {
    startIfNew();
    long start = runtime.nanoTime().getAsLong();
    ClassifiedCall classified = runtime.classifier().classify(call, identity.origin());
    ScopeMark mark = new ScopeMark(classified.target(), classified.operation());
    ContextSnapshot input =
        identity.origin() == Origin.HOOK ? Payloads.input(classified, toolUseId) : null;
    MemoryWriteAttempt memory = Payloads.memoryWrite(classified, toolUseId);

    Findings onScope = events.judgeScope(call.name(), mark, classified.shell());
    Findings onInput = input == null ? Findings.NONE : events.judgeSnapshot(input, false);
    Findings onMemory = memory == null ? Findings.NONE : StandardRules.memory(memory);
    List<Findings> findings = List.of(onScope, onInput, onMemory);
    RuleEvaluator.Evaluation evaluation =
        runtime.evaluator().evaluate(Rule.Stage.CALL, facts(classified, null));
    Decision decision =
        Verdicts.decide(
            call, evaluation, standardHits(findings), findings, identity.hostAsks(), null);

    boolean runs = !decision.refused();
    Recording plain = new Recording(List.of(), runs, member(call.id()));
    boolean written =
        events.assertScope(
            Payloads.scope(classified, toolUseId),
            mark,
            onScope,
            new Recording(Verdicts.ids(evaluation.hits()), runs, decided(decision, start)));
    if (input != null) {
      written &= events.snapshot(input, onInput, plain);
    }
    if (memory != null) {
      written &= events.memoryWrite(memory, onMemory, plain);
    }
    return settled(decision, written);
  }

  /** The last word on a call: where a record is required and there is none, it does not run. */
  private Decision settled(Decision decision, boolean written) {
    boolean refuse = !written && runtime.requireTrace() && runtime.mode() == Mode.ENFORCE;
    Decision settled = refuse ? refusedWithoutTrace(decision) : decision;
    recorder.settled(Objects.requireNonNull(settled.call().id()), settled.refused());
    return settled;
  }

  private Decision judgeResult(ToolCall call, @Nullable String toolUseId, ToolResult result) {
    startIfNew();
    long start = runtime.nanoTime().getAsLong();
    ClassifiedCall classified = runtime.classifier().classify(call, identity.origin());
    ResultHint hint =
        result
            .hint()
            .orElse(runtime.hints().about(call, result))
            .orElse(classified.traits().result());
    ContextSnapshot snapshot = Payloads.result(classified, result, hint, toolUseId);
    Findings found = events.judgeSnapshot(snapshot, hint.authorization() != null);
    if (recorder.wasBlocked(Objects.requireNonNull(call.id()))) {
      found = bypassed(found);
    }
    List<Findings> findings = List.of(found);
    RuleEvaluator.Evaluation evaluation =
        runtime.evaluator().evaluate(Rule.Stage.RESULT, facts(classified, result));
    List<RuleHit> standard = runtime.standard().hits(findings);
    Decision decision =
        Verdicts.decide(call, evaluation, standard, findings, identity.hostAsks(), result);

    boolean judged = judgesResults() || runtime.rules().looksAt(Rule.Stage.RESULT, call.name());
    GovernorMember member = judged ? decided(decision, start) : member(call.id());
    events.snapshot(snapshot, found, new Recording(Verdicts.ids(evaluation.hits()), true, member));
    return decision;
  }

  private boolean judgesResults() {
    return runtime.standard().settings().containsKey(StandardRules.POL_003)
        || runtime.standard().settings().containsKey(StandardRules.POL_005);
  }

  /**
   * What the standard rules found on this call, and on the session's registration, which every call
   * rests on.
   */
  private List<RuleHit> standardHits(List<Findings> findings) {
    if (!runtime.standard().settings().containsKey(StandardRules.POL_002)) {
      return runtime.standard().hits(findings);
    }
    List<Findings> all = new ArrayList<>(findings);
    all.add(StandardRules.registration(Payloads.registered(identity.agent(), recorder.profile())));
    return runtime.standard().hits(all);
  }

  private static Findings bypassed(Findings context) {
    List<AdvisoryFlag> flags = new ArrayList<>(context.flags());
    flags.add(AdvisoryFlag.ENFORCEMENT_BYPASSED);
    return new Findings(flags, context.violations(), context.consequence());
  }

  private CallFacts facts(ClassifiedCall classified, @Nullable ToolResult result) {
    return new CallFacts(
        classified.call(),
        classified.operation(),
        classified.target(),
        identity.agent(),
        intent,
        identity.origin(),
        identity.sessionId(),
        result);
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
        List.of(),
        null,
        (runtime.nanoTime().getAsLong() - start) / 1000);
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
        "Refused: the call could not be recorded, and nothing runs here without a record.");
  }

  /**
   * What holds when we failed: in observe mode the call proceeds, in enforce mode it is refused.
   */
  private Decision ungoverned(ToolCall call, @Nullable ToolResult result) {
    boolean refuse = result == null && runtime.mode() == Mode.ENFORCE;
    return new Decision(
        call,
        Verdict.ALLOW,
        refuse ? Action.REFUSE : Action.PROCEED,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        call.arguments(),
        result,
        refuse ? "Refused: the call could not be judged." : null);
  }

  private <T> @Nullable T guarded(String stage, Supplier<T> work) {
    lastUse = runtime.nanoTime().getAsLong();
    try {
      onUse.accept(this);
      return recorder.exclusively(work);
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      runtime.health().internalFailure(stage, failure);
      return null;
    }
  }

  /** Frees what the session holds and lets a later call resume it. */
  void closeIdle() {
    recorder.close(false, false);
  }

  /**
   * Ends the session. Idempotent; writes nothing, and what is called afterwards is not recorded.
   */
  @Override
  public void close() {
    recorder.close(true, true);
    onClose.accept(this);
  }

  /** The governor is closing; a session that processes share goes on without it. */
  void closeWithGovernor() {
    recorder.close(true, identity.sharing() != Sharing.SHARED);
    onClose.accept(this);
  }

  @Override
  public String toString() {
    return "GovernedSession[" + identity.sessionId() + " of " + identity.agent().id() + "]";
  }
}
