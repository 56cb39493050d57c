package io.governor;

import io.governor.SessionOperations.Recording;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.GovernorMember;
import io.governor.standard.Findings;
import io.governor.standard.StandardRules;
import io.governor.trace.TraceStore.Sharing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  /** What becomes of a call that could not be judged, for the log; see {@link #ungoverned}. */
  private static final String UNGOVERNED =
      "what an enforced rule looks at is refused, the rest goes on";

  private final SessionIdentity identity;
  private final Intent intent;
  private final GovernorRuntime runtime;
  private final SessionRecorder recorder;
  private final SessionOperations events;
  private final SessionCalls calls;
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
    this.calls = new SessionCalls(identity, intent, runtime, recorder, events);
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
          return events.declare(
              Payloads.declared(newIntent),
              Recording.plain(GovernorMember.of(identity.origin(), null)));
        });
  }

  /**
   * Judges a call before it runs, and records it.
   *
   * @return the decision; {@link Decision#action()} says what to do, and {@link Decision#call()} is
   *     the call to give to {@link #after} with its id
   */
  public Decision before(ToolCall call) {
    ToolCall identified = identified(call);
    Decision decision = judge(identified, Consent.NOT_ASKED);
    ApprovalDesk approvals = approvals(decision);
    if (approvals == null) {
      return decision;
    }
    try (Question question = approvals.ask(decision, asker())) {
      return judge(identified, question.await(decision));
    }
  }

  /**
   * As {@link #before}, without a thread that waits while a person is asked. The stage always
   * completes, and never exceptionally; cancelling its future takes an open question back.
   */
  public CompletionStage<Decision> beforeAsync(ToolCall call) {
    return beforeAsync(call, null);
  }

  /**
   * The same, but whoever made the call is asked in the place of the governor's approver, within
   * its time-out. A governor without an approver asks nobody.
   *
   * @param caller asks whoever made the call; null for the governor's own approver
   */
  public CompletionStage<Decision> beforeAsync(ToolCall call, @Nullable Approver caller) {
    ToolCall identified = identified(call);
    Decision decision = judge(identified, Consent.NOT_ASKED);
    ApprovalDesk approvals = approvals(decision);
    if (approvals == null) {
      return CompletableFuture.completedFuture(decision);
    }
    return judgeLater(
        identified,
        caller == null
            ? approvals.ask(decision, asker())
            : approvals.ask(decision, asker(), caller));
  }

  /**
   * What the rules say of a call that is judged elsewhere, such as one that the host's user is
   * asked about: nothing is recorded or counted, and limits are taken as not used up.
   */
  public Decision consider(ToolCall call) {
    ToolCall identified = identified(call);
    Decision decision = guarded("scope", UNGOVERNED, () -> calls.consider(identified));
    return decision != null ? decision : ungoverned(identified, null);
  }

  /** Who answers, or counts the time, has other things to do than to write our trace. */
  private CompletionStage<Decision> judgeLater(ToolCall call, Question question) {
    CompletionStage<Decision> decided =
        question
            .consent()
            .thenApplyAsync(
                consent -> {
                  try (question) {
                    return judge(call, consent);
                  }
                });
    // Also when the host cancels it, and the call is not judged any more.
    decided.whenComplete((decision, failure) -> question.close());
    return decided;
  }

  private Decision judge(ToolCall call, Consent consent) {
    Decision decision =
        guarded(
            "scope",
            UNGOVERNED,
            () -> {
              startIfNew();
              return calls.before(call, consent);
            });
    return decision != null ? decision : ungoverned(call, null);
  }

  /** Who is to be asked about the call, or null when nobody is, or the host asks. */
  private @Nullable ApprovalDesk approvals(Decision decision) {
    boolean ours = decision.action() == Action.ASK && !identity.hostAsks();
    return ours ? runtime.approvals() : null;
  }

  private ApprovalDesk.Asker asker() {
    return new ApprovalDesk.Asker(
        identity.agent(), identity.sessionId(), runtime.clock().instant());
  }

  /**
   * Judges the result of a call, and records it. A failed call leaves no event, unless a rule
   * matches what the model is told of the failure.
   *
   * @param call the call as {@link Decision#call()} gave it, or with the host's id
   * @return the decision; unless it is refused, {@link Decision#result()} is what to hand on
   */
  public Decision after(ToolCall call, ToolResult result) {
    ToolCall identified = identified(call);
    // A hook's host may run what was refused, and of a failure that is worth a record.
    if (result.failed() && result.value() == null && identity.origin() != Origin.HOOK) {
      return undecided(identified, result, null);
    }
    Decision decision =
        guarded(
            "context",
            UNGOVERNED,
            () -> {
              startIfNew();
              return result.failed()
                  ? calls.afterFailure(identified, result)
                  : calls.after(identified, result);
            });
    return decision != null ? decision : ungoverned(identified, result);
  }

  /**
   * Whether anything in force looks at results of the tool. Where nothing does, a result need not
   * be held to be judged: {@link ToolResult#ofSize} is enough for {@link #after}.
   */
  public boolean looksAtResults(String tool) {
    return runtime.hints().lookAt(tool) || calls.looksAtResults(tool);
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
          return events.memoryWrite(
              memory, findings, Recording.plain(GovernorMember.of(identity.origin(), null)));
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
    boolean written =
        events.unjudged(
            Payloads.turn(usage, provenance),
            Recording.plain(GovernorMember.of(identity.origin(), null)));
    if (written && turn != null) {
      recorder.turnRecorded(turn);
    }
  }

  /**
   * Whether the tool is to be offered to the model: false once an enforced rule has withdrawn it
   * from this session, see {@code contract} in the policy, and for what the policy hides, see
   * {@code hide}; calls of it are then refused. Any thread may ask before every request: it costs a
   * look at memory, but for the first time in a session that may have been going on before, which
   * reads its trace. In a session that processes share it tells what held at the last call here.
   */
  public boolean offers(String tool) {
    return !runtime.rules().inForce().hidden().hides(identity.agent().id(), tool)
        && !isWithdrawn(tool);
  }

  private boolean isWithdrawn(String tool) {
    Withdrawn withdrawn = withdrawn();
    return !withdrawn.isEmpty()
        && runtime.rules().inForce().standard().carriesOut(GovernorRules.WITHDRAWN)
        && withdrawn.matches(tool);
  }

  private Withdrawn withdrawn() {
    SessionStanding standing = recorder.standing();
    if (!standing.isKnown() && identity.sharing() != Sharing.UNIQUE) {
      isOnRecord();
    }
    return standing.withdrawn();
  }

  /**
   * Whether the session is paused, by a rule, {@link #pause}, {@link Governor#pause} or {@code
   * governor sessions pause}. Any thread may ask; costs what a call spends on it.
   */
  public boolean paused() {
    return recorder.standing().paused() != null;
  }

  /** Pauses the session until it is released, see {@link Governor#pause}. */
  public void pause() {
    runtime.pause(id());
  }

  /** Releases the session, whoever paused it, see {@link Governor#release}. */
  public void release() {
    runtime.pauses().release(id());
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
        Payloads.registered(identity.agent(), recorder.profile()),
        Recording.plain(GovernorMember.of(identity.origin(), null)));
    events.declare(
        Payloads.declared(intent), Recording.plain(GovernorMember.of(identity.origin(), null)));
  }

  /** What holds when we failed: what nothing enforced looks at proceeds, the rest is refused. */
  private Decision ungoverned(ToolCall call, @Nullable ToolResult result) {
    Rule.Stage stage = result == null ? Rule.Stage.CALL : Rule.Stage.RESULT;
    boolean refuse =
        runtime.rules().inForce().enforces(stage, call.name())
            || (stage == Rule.Stage.CALL && isHeld(call.name()));
    String what = result == null ? "call" : "result";
    return undecided(
        call, result, refuse ? "Refused: the " + what + " could not be judged." : null);
  }

  /** Whether the session is paused, or the tool withdrawn, as far as memory tells. */
  private boolean isHeld(String tool) {
    SessionStanding standing = recorder.standing();
    StandardModes modes = runtime.rules().inForce().standard();
    return (standing.paused() != null && modes.carriesOut(GovernorRules.PAUSED))
        || (standing.withdrawn().matches(tool) && modes.carriesOut(GovernorRules.WITHDRAWN));
  }

  private Decision undecided(ToolCall call, @Nullable ToolResult result, @Nullable String refusal) {
    return new Decision(
        call,
        refusal == null ? Verdict.ALLOW : Verdict.DENY,
        refusal == null ? Action.PROCEED : Action.REFUSE,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        call.arguments(),
        result,
        refusal,
        Map.of(),
        null,
        runtime.rules().inForce().policy());
  }

  /** The call with an id; one from a source that fails is replaced, for the call must be judged. */
  private ToolCall identified(ToolCall call) {
    try {
      return call.identified(runtime.ids());
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      runtime.health().internalFailure("id", failure, "it is judged under another id");
      return call.identified(new EventIds());
    }
  }

  private <T> @Nullable T guarded(String stage, Supplier<T> work) {
    return guarded(stage, "the agent continues", work);
  }

  private <T> @Nullable T guarded(String stage, String otherwise, Supplier<T> work) {
    try {
      lastUse = runtime.nanoTime().getAsLong();
      onUse.accept(this);
      return recorder.exclusively(work);
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      runtime.health().internalFailure(stage, failure, otherwise);
      return null;
    }
  }

  /** It was used while it was being closed for idleness, and is open again. */
  void rejoin() {
    onUse.accept(this);
  }

  /** Frees what the session holds and lets a later call resume it. */
  void closeIdle() {
    recorder.close(false, false);
  }

  /**
   * Ends the session. Idempotent; writes nothing, and what is called afterwards is not recorded.
   * With a session whose id was made for it alone its pause ends too: nobody could release it.
   */
  @Override
  public void close() {
    if (identity.sharing() == Sharing.UNIQUE) {
      recorder.standing().end();
    }
    recorder.close(true, true);
    onClose.accept(this);
  }

  /**
   * Frees what this handle holds, as {@link #close} does, but a session that processes share is not
   * over: the next handle of its id goes on where this one stopped. Idempotent.
   */
  public void leave() {
    closeWithGovernor();
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
