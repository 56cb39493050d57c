package io.governor;

import io.governor.detect.Detectors;
import io.governor.policy.Policy;
import io.governor.policy.PolicyCase;
import io.governor.standard.Profile;
import io.governor.standard.StandardRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tries a policy on example calls, by the evaluator that judges real ones; nothing is recorded. Any
 * thread may use it.
 *
 * <p>In a case {@code ${home}} and {@code ~} are the user's home and {@code ${state}} is {@code
 * ~/.governor}, wherever the state root of the process is, so that a policy that is right on one
 * machine is right on another. Its agent is registered and has declared an intent that covers the
 * call, unless the case is about the standard rule that asks for it.
 */
public final class PolicyCases {

  /** When a case happens that does not say when. */
  private static final Instant ANY_TIME = Instant.parse("2026-01-01T00:00:00Z");

  /** The folders of no machine in particular: the same document must pass everywhere. */
  private static final SessionFolders FOLDERS = folders(Path.of("/home/somebody").toAbsolutePath());

  private PolicyCases() {}

  private static SessionFolders folders(Path home) {
    Path temp = Path.of("/tmp").toAbsolutePath();
    return new SessionFolders(null, home, temp, home.resolve(".governor"));
  }

  /**
   * A case that came out otherwise than expected.
   *
   * @param example the case
   * @param verdict what the policy said
   * @param rules the rules that matched, ascending
   */
  public record Failure(PolicyCase example, Verdict verdict, List<RuleId> rules) {

    public Failure {
      rules = List.copyOf(rules);
    }

    /** What was expected and what came, in one sentence without argument values. */
    public String message() {
      RuleId rule = example.rule();
      String expected = example.expect().wireName() + (rule == null ? "" : " by " + rule);
      String matched = rules.isEmpty() ? "no rule matched" : "matched: " + names();
      return "case \""
          + example.name()
          + "\": expected "
          + expected
          + ", got "
          + verdict.wireName()
          + "; "
          + matched;
    }

    private String names() {
      return String.join(", ", rules.stream().map(RuleId::value).toList());
    }
  }

  /**
   * The cases that fail, in their order.
   *
   * @param detectors the detectors that the policy may name
   * @throws IllegalArgumentException if the policy cannot be put in force
   */
  public static List<Failure> failures(Policy policy, List<PolicyCase> cases, Detectors detectors) {
    Health health = new Health();
    RuleSet.Host host =
        new RuleSet.Host(List.of(), Map.of(), List.of(), detectors, Mode.OBSERVE, false, 0);
    RuleSource rules = RuleSource.of(host, policy, health);
    List<Failure> failures = new ArrayList<>();
    for (PolicyCase example : cases) {
      Decision decision = decide(example, rules, health);
      List<RuleId> matched = decision.rules().stream().map(RuleHit::id).toList();
      RuleId rule = example.rule();
      if (decision.verdict() != example.expect() || (rule != null && !matched.contains(rule))) {
        failures.add(new Failure(example, decision.verdict(), matched));
      }
    }
    return failures;
  }

  private static Decision decide(PolicyCase example, RuleSource rules, Health health) {
    Instant time = example.time() == null ? ANY_TIME : example.time();
    GovernorRuntime runtime =
        new GovernorRuntime(
            () -> time,
            System::nanoTime,
            new EventIds(),
            new SinkTraceStore(event -> {}),
            List.of(),
            health,
            SessionProfile.Source.of(Profile.defaults()),
            new ResultHints(List.of(), health),
            rules,
            new MemoryCallCounters(),
            Pauses.inMemory(() -> time),
            null,
            FOLDERS,
            Duration.ofMinutes(10));
    ToolCall call = ToolCall.of(example.tool(), ToolArguments.of(example.arguments()));
    String target = rules.current().classifier().classify(call, example.origin()).target();
    try (Governor governor = new Governor(runtime, agent(example));
        GovernedSession session = session(governor, example, target)) {
      Decision decision = session.before(call);
      for (int again = 1; again < example.repeat(); again++) {
        decision = session.before(call);
      }
      String result = example.result();
      return result == null ? decision : session.after(decision.call(), ToolResult.ofText(result));
    }
  }

  private static Agent agent(PolicyCase example) {
    Agent agent = Agent.named(example.agent() == null ? "agent" : example.agent());
    return StandardRules.POL_002.equals(example.rule()) ? agent : agent.owner("cases");
  }

  private static GovernedSession session(Governor governor, PolicyCase example, String target) {
    SessionBuilder session = governor.session().origin(example.origin());
    if (!StandardRules.POL_001.equals(example.rule())) {
      session.intent(Intent.explicit("An example of a policy", target));
    }
    if (example.workspace() != null) {
      session.workspace(Path.of(example.workspace()));
    }
    return session.open();
  }
}
