package io.governor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules that could match. Pure but for the rules themselves; safe for use by several
 * threads.
 */
final class RuleEvaluator {

  private static final Evaluation NOTHING = new Evaluation(List.of(), List.of(), null, null);

  private final RuleIndex index;
  private final Health health;

  RuleEvaluator(RuleIndex index, Health health) {
    this.index = index;
    this.health = health;
  }

  /**
   * What the rules said.
   *
   * @param hits the rules that matched, ascending by id
   * @param failed the rules that threw
   * @param arguments the arguments after every enforced redaction, or null when there was none
   * @param result the result after every enforced redaction, or null when there was none
   */
  record Evaluation(
      List<RuleHit> hits,
      List<RuleId> failed,
      @Nullable ToolArguments arguments,
      @Nullable ToolResult result) {}

  Evaluation evaluate(Rule.Stage stage, CallFacts facts) {
    List<RuleIndex.ModedRule> rules = index.find(stage, facts.call().name());
    if (rules.isEmpty()) {
      return NOTHING;
    }
    List<RuleHit> hits = new ArrayList<>();
    List<RuleId> failed = new ArrayList<>();
    Redaction redaction = new Redaction(facts);
    for (RuleIndex.ModedRule rule : rules) {
      ask(rule, facts, redaction, hits, failed);
    }
    return new Evaluation(hits, failed, redaction.arguments, redaction.result);
  }

  private void ask(
      RuleIndex.ModedRule moded,
      CallFacts facts,
      Redaction redaction,
      List<RuleHit> hits,
      List<RuleId> failed) {
    Rule rule = moded.rule();
    try {
      if (rule.matches(facts)) {
        RuleHit hit =
            new RuleHit(rule.id(), rule.effect(), moded.mode(), rule.reason(), rule.suggestion());
        if (hit.enforced() && hit.effect() == Verdict.REDACT) {
          redaction.apply(rule);
        }
        hits.add(hit);
      }
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      health.ruleFailed(rule.id(), failure);
      failed.add(rule.id());
      if (moded.mode() == Mode.ENFORCE && rule.onError() == Rule.OnError.DENY) {
        hits.add(
            new RuleHit(
                rule.id(),
                Verdict.DENY,
                Mode.ENFORCE,
                "The rule could not be evaluated, and calls it cannot judge are refused.",
                null));
      }
    }
  }

  /** Collects rewrites in the order of rule ids, each on top of the one before. */
  private static final class Redaction {
    private final CallFacts facts;
    private @Nullable ToolArguments arguments;
    private @Nullable ToolResult result;

    Redaction(CallFacts facts) {
      this.facts = facts;
    }

    void apply(Rule rule) {
      if (facts.result() == null) {
        arguments = rule.redact(arguments == null ? facts.call().arguments() : arguments);
      } else {
        result = rule.redact(result == null ? facts.result() : result);
      }
    }
  }
}
