package io.governor;

import io.governor.CallCounters.Window;
import io.governor.RuleEvaluator.Evaluation;
import io.governor.RuleIndex.ModedRule;
import io.governor.Verdicts.Grounds;
import io.governor.standard.Findings;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one call, or its result: asks the rules, then the agent's lists and the risk, and
 * last the limits, which count a call only if everything else lets it through. Used once, by one
 * thread.
 */
final class CallJudge {

  private final RuleSet rules;
  private final CallFacts facts;
  private final List<Findings> findings;
  private final Hits known;
  private final Asking asking;

  /**
   * What the host can do besides running a call or not, and what was said.
   *
   * @param hostAsks whether the host asks its own user, and then runs the call by itself
   * @param approver whether there is an approver
   * @param rewrites whether the host can run the call with other arguments
   * @param consent what a person has said so far
   */
  record Asking(boolean hostAsks, boolean approver, boolean rewrites, Consent consent) {

    boolean canAsk() {
      return hostAsks || (approver && !consent.asked());
    }
  }

  /**
   * What is known before the rules are asked.
   *
   * @param session hits of what was set for the session: a pause, a withdrawal
   * @param standard hits of the standard rules that take part
   */
  record Hits(List<RuleHit> session, List<RuleHit> standard) {}

  CallJudge(RuleSet rules, CallFacts facts, List<Findings> findings, Hits known, Asking asking) {
    this.rules = rules;
    this.facts = facts;
    this.findings = findings;
    this.known = known;
    this.asking = asking;
  }

  Decision result() {
    Evaluation evaluation = rules.evaluator().evaluate(Rule.Stage.RESULT, facts);
    return decide(evaluation, List.of(), null);
  }

  /** Of a call that was counted before: what is left but the limits and bursts. */
  Decision countedCall() {
    Evaluation evaluation = rules.evaluator().evaluate(Rule.Stage.CALL, facts);
    return decide(evaluation, own(), rules.risk(), false);
  }

  Decision call(CallCounters counters) {
    Evaluation evaluation = rules.evaluator().evaluate(Rule.Stage.CALL, facts);
    List<RuleHit> own = own();
    RiskMeter meter = rules.risk();
    Window burst = meter == null ? null : meter.burst(facts);
    if (evaluation.limited().isEmpty() && burst == null) {
      return decide(evaluation, own, meter, false);
    }
    Limited limited = new Limited(evaluation, own, meter, burst);
    try {
      counters.count(limited.windows, limited::letsThrough);
      return limited.decided();
    } catch (UncheckedIOException | DateTimeException | ArithmeticException e) {
      return decide(rules.evaluator().uncounted(evaluation, e), own, meter, false);
    }
  }

  /** A host that asks its own user does not come back with the answer. */
  private boolean runs(Action action) {
    return switch (action) {
      case PROCEED, REWRITE -> true;
      case ASK -> asking.hostAsks();
      case REFUSE -> false;
    };
  }

  /** What is decided without a rule of the operator's. */
  private List<RuleHit> own() {
    ToolCall call = facts.call();
    if (rules.policy() == null && !call.hint().toolHasChanged()) {
      return known.session();
    }
    List<RuleHit> hits = new ArrayList<>(known.session());
    if (rules.policy() != null) {
      add(rules.agents().refusal(facts.agent().id(), call.name()), hits);
      add(call.arguments().problem() == null ? null : GovernorRules.UNREADABLE, hits);
    }
    add(call.hint().toolHasChanged() ? GovernorRules.CHANGED_TOOL : null, hits);
    return hits;
  }

  private void add(@Nullable RuleId id, List<RuleHit> hits) {
    RuleHit hit = id == null ? null : rules.standard().governorHit(id);
    if (hit != null) {
      hits.add(hit);
    }
  }

  private Decision decide(
      Evaluation evaluation, List<RuleHit> own, @Nullable RiskMeter meter, boolean burst) {
    if (meter == null) {
      return decide(evaluation, own, null);
    }
    RiskScore score = meter.score(facts, burst);
    RuleHit hit = meter.hit(score);
    if (hit == null) {
      return decide(evaluation, own, score);
    }
    List<RuleHit> all = new ArrayList<>(own);
    all.add(hit);
    return decide(evaluation, all, score);
  }

  private Decision decide(Evaluation evaluation, List<RuleHit> own, @Nullable RiskScore risk) {
    return Verdicts.decide(
        new Grounds(
            facts.call(),
            evaluation,
            own,
            known.standard(),
            findings,
            asking.canAsk(),
            asking.rewrites(),
            asking.consent(),
            facts,
            rules.named(),
            risk,
            rules.policy()));
  }

  /** A decision that depends on how many calls there were before. */
  private final class Limited {
    private final Evaluation evaluation;
    private final List<RuleHit> own;
    private final @Nullable RiskMeter meter;
    private final boolean countsBursts;
    private final List<Window> windows = new ArrayList<>();
    private @Nullable Decision decision;

    Limited(
        Evaluation evaluation,
        List<RuleHit> own,
        @Nullable RiskMeter meter,
        @Nullable Window burst) {
      this.evaluation = evaluation;
      this.own = own;
      this.meter = meter;
      this.countsBursts = burst != null;
      evaluation.limited().forEach(rule -> windows.add(window(rule.rule())));
      if (burst != null) {
        windows.add(burst);
      }
    }

    private Window window(Rule rule) {
      CallLimit limit = rule.limit();
      if (limit == null) {
        throw new IllegalStateException("only rules with a limit have a window");
      }
      String whose =
          switch (limit.per()) {
            case SESSION -> "session/" + facts.origin().wireName() + "/" + facts.sessionId();
            case AGENT -> "agent/" + facts.agent().id();
            case INSTALLATION -> "installation";
          };
      return new Window(rule.id() + "/" + whose, limit.calls(), limit.within());
    }

    boolean letsThrough(boolean[] full) {
      List<RuleHit> hits = new ArrayList<>(own);
      List<ModedRule> limited = evaluation.limited();
      for (int i = 0; i < limited.size(); i++) {
        if (full[i]) {
          hits.add(limited.get(i).hit());
        }
      }
      boolean burst = countsBursts && full[limited.size()];
      decision = decide(evaluation, hits, meter, burst);
      return runs(decision.action());
    }

    Decision decided() {
      if (decision == null) {
        throw new IllegalStateException("the counters must ask whether the call is let through");
      }
      return decision;
    }
  }
}
