package io.governor.benchmarks;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Intent;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.TraceSink;
import io.governor.Verdict;
import io.governor.policy.Policy;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A governed session whose record nobody keeps: everything a host waits for before a call runs,
 * standard rules and the building of the trace's events included.
 */
final class GovernorJudge implements Judge.Naming<GeneratedCall> {

  private final Governor governor;
  private final GovernedSession session;
  private final boolean parsed;

  /**
   * @param policy the rules, or null for a call that nothing but the standard rules looks at
   * @param parsed whether the host has parsed the arguments; else their text is parsed in each call
   */
  GovernorJudge(@Nullable Policy policy, boolean parsed) {
    this.governor = governor(policy);
    this.session = session(governor);
    this.parsed = parsed;
  }

  static Governor governor(@Nullable Policy policy) {
    GovernorBuilder builder =
        Governor.builder().agent(Agent.named("bot").version("1.0")).trace(TraceSink.none());
    return policy == null ? builder.build() : builder.policy(policy).build();
  }

  static GovernedSession session(Governor governor) {
    return governor.session().intent(Intent.explicit("Answer a ticket", "crm")).open();
  }

  /** The call of the text; its arguments are parsed when they are first asked for. */
  static ToolCall unparsed(GeneratedCall call) {
    return ToolCall.of(call.tool(), ToolArguments.ofJson(call.json())).withId("call-1");
  }

  @Override
  public GeneratedCall request(GeneratedCall call) {
    return call;
  }

  @Override
  public boolean refuses(GeneratedCall call) {
    return decision(call).verdict() == Verdict.DENY;
  }

  @Override
  public SortedSet<String> matching(GeneratedCall call) {
    SortedSet<String> ids = new TreeSet<>();
    decision(call).rules().forEach(hit -> ids.add(hit.id().value()));
    return ids;
  }

  private Decision decision(GeneratedCall call) {
    return session.before(
        parsed
            ? ToolCall.of(call.tool(), ToolArguments.of(call.arguments())).withId("call-1")
            : unparsed(call));
  }

  @Override
  public void close() {
    governor.close();
  }
}
