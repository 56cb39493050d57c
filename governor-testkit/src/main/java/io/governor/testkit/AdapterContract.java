package io.governor.testkit;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.RuleBuilder;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.EventType;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The exam every adapter takes: whatever the way a tool call comes in, the host and the trace see
 * the same. A subclass says how an agent's run starts in its framework, and how one tool is called
 * in it; the tool is always {@value #TOOL} and takes and returns one text.
 *
 * <pre>{@code
 * class MyAdapterContractTest extends AdapterContract {
 *   protected Run start(Governor governor, String prompt) {
 *     MySession session = MyAdapter.open(governor, prompt);
 *     return (text, tool) -> Answer.of(() -> session.call(TOOL, Map.of(ARGUMENT, text), tool));
 *   }
 * }
 * }</pre>
 */
@Timeout(60)
public abstract class AdapterContract {

  /** The name of the tool that is called. */
  protected static final String TOOL = "crm.lookup";

  /** The name of its only argument. */
  protected static final String ARGUMENT = "text";

  private static final String CANARY = "canary-7c1d-ünïcode";
  private static final int THREADS = 32;

  private final RecordingTraceSink trace = new RecordingTraceSink();

  /** The tool behind the adapter: one text in, one text out. */
  @FunctionalInterface
  protected interface Tool {
    String run(String text) throws Exception;
  }

  /** One run of an agent; all its calls belong to one session. */
  @FunctionalInterface
  protected interface Run extends AutoCloseable {

    /** Calls the tool through the adapter, and gives what the host or the model gets. */
    Answer call(String text, Tool tool);

    @Override
    default void close() {}
  }

  /**
   * What came back.
   *
   * @param text all the model reads, or null when the call threw
   * @param failure what the host caught, or null
   */
  protected record Answer(@Nullable String text, @Nullable Throwable failure) {

    /** Runs the call and keeps whatever it throws. */
    public static Answer of(Callable<String> call) {
      try {
        return new Answer(call.call(), null);
      } catch (Throwable failure) {
        return new Answer(null, failure);
      }
    }

    String read() {
      assertThat(failure).as("what the host caught").isNull();
      return Objects.requireNonNull(text, "the adapter gave no answer");
    }
  }

  /**
   * Starts a run of an agent, in a session of its own.
   *
   * @param governor the governor under which it runs
   * @param prompt what the user asks for
   */
  protected abstract Run start(Governor governor, String prompt) throws Exception;

  /**
   * The name by which rules know the tool. An adapter that puts its own before it, as MCP's does
   * with the server's, overrides this.
   */
  protected String governedName() {
    return TOOL;
  }

  /**
   * The tool threw; by default the very same failure must reach the host. An adapter whose protocol
   * has another form for failures overrides this.
   */
  protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
    assertThat(answer.failure()).isNotNull().hasSameClassAs(thrown).hasMessage(thrown.getMessage());
  }

  @Test
  void anAllowedCallPassesArgumentsAndResultThrough() throws Exception {
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    String argument = "tab\t quote\" üñî 😀 \u2028";

    Answer answer = callOnce(governor(), argument, recordInto(seen, "result\nwith lines 😀"));

    assertThat(seen.get()).isEqualTo(argument);
    assertThat(answer.read()).isEqualTo("result\nwith lines 😀");
  }

  @Test
  void aDeniedCallDoesNotRunAndTheAnswerSaysWhyWithoutValues() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Governor governor = governor(rule("ACME-101").suggest("Ask the user.").deny());

    Answer answer = callOnce(governor, CANARY, counting(runs));

    assertThat(runs).hasValue(0);
    assertThat(answer.read())
        .contains("ACME-101", "Not today.", "Ask the user.")
        .doesNotContain(CANARY);
    assertThat(scopes()).hasSize(1).noneMatch(TraceEvent::passThrough);
    assertThat(snapshots()).isEmpty();
  }

  @Test
  void theToolSeesRedactedArguments() throws Exception {
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    Rule rule =
        rule("ACME-102").redactArguments(args -> ToolArguments.of(Map.of(ARGUMENT, "[redacted]")));

    Answer answer = callOnce(governor(rule), CANARY, recordInto(seen, "found"));

    assertThat(seen.get()).isEqualTo("[redacted]");
    assertThat(answer.read()).isEqualTo("found");
  }

  @Test
  void theCallerSeesARedactedResult() throws Exception {
    Rule rule = rule("ACME-103").redactResult(result -> ToolResult.ofText("[redacted]"));

    Answer answer = callOnce(governor(rule), "x", text -> CANARY);

    assertThat(answer.read()).isEqualTo("[redacted]");
  }

  @Test
  void aResultThatIsRefusedIsWithheld() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Rule rule = rule("ACME-104").onResult().deny();

    Answer answer =
        callOnce(
            governor(rule),
            "x",
            text -> {
              runs.incrementAndGet();
              return CANARY;
            });

    assertThat(runs).hasValue(1);
    assertThat(answer.read()).contains("ACME-104", "Not today.").doesNotContain(CANARY);
    assertThat(snapshots()).hasSize(1).allMatch(TraceEvent::passThrough);
  }

  @Test
  void aCallThatNeedsApprovalIsRefusedWhereNobodyCanBeAsked() throws Exception {
    AtomicInteger runs = new AtomicInteger();

    Answer answer = callOnce(governor(rule("ACME-105").ask()), CANARY, counting(runs));

    assertThat(runs).hasValue(0);
    assertThat(answer.read()).contains("ACME-105", "Not today.").doesNotContain(CANARY);
  }

  @Test
  void aWarningIsDeliveredBesideTheResult() throws Exception {
    Answer answer = callOnce(governor(rule("ACME-106").warn()), CANARY, text -> "found it");

    assertThat(answer.read())
        .contains("found it", "Warning by rule ACME-106", "Not today.")
        .doesNotContain(CANARY);
  }

  @Test
  void observingChangesNothing() throws Exception {
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    Rule deny = rule("ACME-107").mode(Mode.OBSERVE).deny();
    Rule withhold = rule("ACME-108").onResult().mode(Mode.OBSERVE).deny();
    Rule rewrite =
        rule("ACME-109").mode(Mode.OBSERVE).redactResult(result -> ToolResult.ofText("[redacted]"));

    Answer answer =
        callOnce(governor(deny, withhold, rewrite), "as it is", recordInto(seen, "as it was"));

    assertThat(seen.get()).isEqualTo("as it is");
    assertThat(answer.read()).isEqualTo("as it was");
    assertThat(scopes().get(0).violations()).contains("ACME-107");
    assertThat(snapshots().get(0).violations()).contains("ACME-108", "ACME-109");
    assertThatTrace(trace.events()).allMatch(TraceEvent::passThrough);
  }

  @Test
  void theToolsOwnExceptionReachesTheHostAndLeavesNoSnapshot() throws Exception {
    IllegalStateException own = new IllegalStateException("disk on fire");

    Answer answer =
        callOnce(
            governor(),
            "x",
            text -> {
              throw own;
            });

    assertFailureReachesTheHost(own, answer);
    assertThat(scopes()).hasSize(1);
    assertThat(snapshots()).isEmpty();
  }

  @Test
  void aTraceThatCannotBeWrittenChangesNothingForTheHost() throws Exception {
    trace.failAlways();
    AtomicInteger runs = new AtomicInteger();
    Governor governor = governor();

    Answer answer = callOnce(governor, "x", counting(runs));

    assertThat(runs).hasValue(1);
    assertThat(answer.read()).isEqualTo("ran");
    assertThat(governor.health().lost()).isNotEmpty();
  }

  @Test
  void aTraceThatFailsForAMomentLeavesNoGap() throws Exception {
    Governor governor = governor();
    try (Run run = start(governor, "prompt")) {
      run.call("x", text -> "first");
      trace.failNext(1);
      run.call("x", text -> "second");
      run.call("x", text -> "third");
    }
    governor.close();

    assertThatTrace(trace.events()).isUnbroken();
    assertThat(trace.events())
        .map(TraceEvent::governor)
        .filteredOn(member -> member != null && !member.lost().isEmpty())
        .hasSize(1);
  }

  @Test
  void aSecondSinkThatFailsChangesNothing() throws Exception {
    RecordingTraceSink broken = new RecordingTraceSink();
    broken.failAlways();
    Governor governor = builder().sink(broken).build();

    Answer answer = callOnce(governor, "x", text -> "ran");

    assertThat(answer.read()).isEqualTo("ran");
    assertThat(snapshots()).hasSize(1);
    assertThat(governor.health().sinkFailures()).isPositive();
  }

  @Test
  void aRuleThatThrowsIsNoticedAndObservingItChangesNothing() throws Exception {
    Governor governor = governor(throwing("ACME-110").mode(Mode.OBSERVE).deny());

    Answer answer = callOnce(governor, "x", text -> "ran");

    assertThat(answer.read()).isEqualTo("ran");
    assertThat(governor.health().ruleErrors()).containsKey("ACME-110");
  }

  @Test
  void aRuleThatThrowsRefusesWhereItIsEnforced() throws Exception {
    AtomicInteger runs = new AtomicInteger();

    Answer answer = callOnce(governor(throwing("ACME-111").deny()), "x", counting(runs));

    assertThat(runs).hasValue(0);
    assertThat(answer.read()).contains("ACME-111").doesNotContain(CANARY);
  }

  @Test
  void aRuleThatThrowsLetsTheCallPassWhereItsAuthorSaysSo() throws Exception {
    Rule rule = throwing("ACME-112").onError(Rule.OnError.ALLOW).deny();

    Answer answer = callOnce(governor(rule), "x", text -> "ran");

    assertThat(answer.read()).isEqualTo("ran");
  }

  @Test
  void eachCallIsOnRecordBeforeItRunsAndItsResultAfterwards() throws Exception {
    List<String> seenByTool = new ArrayList<>();

    callOnce(
        governor(),
        "x",
        text -> {
          trace.events().forEach(event -> seenByTool.add(event.type().name()));
          return "ran";
        });

    assertThat(seenByTool).contains("SCOPE_ASSERTED").doesNotContain("CONTEXT_SNAPSHOT");
    assertThat(scopes()).hasSize(1);
    assertThat(snapshots()).hasSize(1);
    assertThat(callId(scopes().get(0))).isNotEmpty().isEqualTo(callId(snapshots().get(0)));
    assertThat(((ScopeAsserted) scopes().get(0).payload()).toolId()).isEqualTo(governedName());
    assertThat(((ContextSnapshot) snapshots().get(0).payload()).provenance())
        .containsExactly("crm");
  }

  @Test
  void theRecordOfARunIsUnbrokenAndBeginsWithWhoAndWhy() throws Exception {
    Governor governor = governor();
    try (Run run = start(governor, "prompt")) {
      run.call("x", text -> "first");
      run.call("x", text -> "second");
    }
    governor.close();

    assertThatTrace(trace.events())
        .isUnbroken()
        .hasTypes(
            EventType.AGENT_REGISTERED,
            EventType.INTENT_DECLARED,
            EventType.SCOPE_ASSERTED,
            EventType.CONTEXT_SNAPSHOT,
            EventType.SCOPE_ASSERTED,
            EventType.CONTEXT_SNAPSHOT);
    assertThat(trace.sessions()).hasSize(1);
    assertThat(scopes()).map(AdapterContract::callId).doesNotHaveDuplicates();
  }

  @Test
  void nothingTheCallCarriesIsEverRecorded() throws Exception {
    Governor governor =
        governor(
            rule("ACME-113").warn(),
            rule("ACME-114").redactResult(result -> result),
            throwing("ACME-115").mode(Mode.OBSERVE).deny());
    try (Run run = start(governor, "prompt with " + CANARY)) {
      run.call(CANARY, text -> CANARY);
      run.call(
          CANARY,
          text -> {
            throw new IllegalStateException(CANARY);
          });
    }
    governor.close();

    assertThat(scopes()).hasSize(2);
    assertThatTrace(trace.events()).neverShows(CANARY).neverShows("canary-7c1d");
  }

  @Test
  void manyRunsAtOnceKeepTheirEventsApart() throws Exception {
    Governor governor = governor();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CountDownLatch together = new CountDownLatch(THREADS);
    List<Future<?>> runs = new ArrayList<>();
    try {
      for (int i = 1; i <= THREADS; i++) {
        int calls = i;
        runs.add(pool.submit(() -> runTogether(governor, together, calls)));
      }
      for (Future<?> run : runs) {
        run.get(30, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    governor.close();

    assertThatTrace(trace.events()).isUnbroken();
    List<Integer> callsPerSession = new ArrayList<>();
    for (String session : trace.sessions()) {
      callsPerSession.add(callsIn(trace.events(session)));
    }
    assertThat(callsPerSession)
        .as("calls per session, each run having made another number of them")
        .hasSize(THREADS)
        .doesNotHaveDuplicates()
        .allMatch(calls -> calls >= 1 && calls <= THREADS);
  }

  private @Nullable Void runTogether(Governor governor, CountDownLatch together, int calls)
      throws Exception {
    try (Run run = start(governor, "run of " + calls)) {
      together.countDown();
      together.await();
      for (int call = 1; call <= calls; call++) {
        String text = calls + "/" + call;
        assertThat(run.call(text, seen -> "echo " + seen).read()).isEqualTo("echo " + text);
      }
    }
    return null;
  }

  /** Counts the calls of one session and checks that each has its own result. */
  private static int callsIn(List<TraceEvent> events) {
    List<String> scopes = new ArrayList<>();
    List<String> snapshots = new ArrayList<>();
    for (TraceEvent event : events) {
      if (event.type().equals(EventType.SCOPE_ASSERTED)) {
        scopes.add(callId(event));
      } else if (event.type().equals(EventType.CONTEXT_SNAPSHOT)) {
        snapshots.add(callId(event));
      }
    }
    assertThat(snapshots).containsExactlyElementsOf(scopes);
    return scopes.size();
  }

  private Answer callOnce(Governor governor, String text, Tool tool) throws Exception {
    try (governor;
        Run run = start(governor, "prompt")) {
      return run.call(text, tool);
    }
  }

  private GovernorBuilder builder(Rule... rules) {
    return Governor.builder().trace(trace).rules(rules);
  }

  private Governor governor(Rule... rules) {
    return builder(rules).build();
  }

  private RuleBuilder rule(String id) {
    return Rule.named(id).tools(governedName()).reason("Not today.").mode(Mode.ENFORCE);
  }

  private RuleBuilder throwing(String id) {
    return rule(id)
        .when(
            facts -> {
              throw new IllegalStateException("rule " + CANARY);
            });
  }

  private static Tool counting(AtomicInteger runs) {
    return text -> {
      runs.incrementAndGet();
      return "ran";
    };
  }

  private static Tool recordInto(AtomicReference<@Nullable String> seen, String result) {
    return text -> {
      seen.set(text);
      return result;
    };
  }

  private List<TraceEvent> scopes() {
    return ofType(EventType.SCOPE_ASSERTED);
  }

  private List<TraceEvent> snapshots() {
    return ofType(EventType.CONTEXT_SNAPSHOT);
  }

  private List<TraceEvent> ofType(EventType type) {
    return trace.events().stream().filter(event -> event.type().equals(type)).toList();
  }

  private static String callId(TraceEvent event) {
    GovernorMember member = Objects.requireNonNull(event.governor());
    return Objects.requireNonNull(member.callId());
  }
}
