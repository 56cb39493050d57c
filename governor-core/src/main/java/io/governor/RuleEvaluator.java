package io.governor;

import io.governor.RuleIndex.ModedRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules that could match. Pure but for the rules themselves; safe for use by several
 * threads.
 */
final class RuleEvaluator {

  private static final Evaluation NOTHING =
      new Evaluation(List.of(), List.of(), List.of(), null, null);
  private static final Comparator<ModedRule> BY_ID = (a, b) -> Integer.compare(a.rank(), b.rank());

  private final RuleIndex index;
  private final EvaluationCache cache;
  private final Health health;

  RuleEvaluator(RuleIndex index, EvaluationCache cache, Health health) {
    this.index = index;
    this.cache = cache;
    this.health = health;
  }

  /**
   * What the rules said.
   *
   * @param hits the rules that matched, ascending by id, those with a limit left out
   * @param limited the rules with a limit whose condition holds, ascending by id
   * @param failed the rules that threw
   * @param arguments the arguments after every enforced redaction, or null when there was none
   * @param result the result after every enforced redaction, or null when there was none
   */
  record Evaluation(
      List<RuleHit> hits,
      List<ModedRule> limited,
      List<RuleId> failed,
      @Nullable ToolArguments arguments,
      @Nullable ToolResult result) {}

  Evaluation evaluate(Rule.Stage stage, CallFacts facts) {
    RuleIndex.Found found = index.find(stage, facts.call().name());
    if (found.groups().length == 0) {
      return NOTHING;
    }
    return cache.isOff() || !found.cacheable() || stage == Rule.Stage.RESULT
        ? ask(found.groups(), facts)
        : remembered(found.groups(), facts);
  }

  private Evaluation remembered(RuleGroup[] groups, CallFacts facts) {
    EvaluationCache.Key key = EvaluationCache.key(facts);
    if (key == null) {
      return ask(groups, facts);
    }
    EvaluationCache.Remembered known = cache.find(key);
    if (known == null) {
      known = new EvaluationCache.Remembered(ask(groups, facts), facts.detected());
      if (known.evaluation().failed().isEmpty()) {
        cache.put(key, known);
      }
    }
    facts.detected(known.detections());
    return known.evaluation();
  }

  private Evaluation ask(RuleGroup[] groups, CallFacts facts) {
    Asking asking = new Asking(facts, health);
    boolean readable = facts.call().arguments().problem() == null;
    for (RuleGroup group : groups) {
      if (readable) {
        group.forPossible(facts.call().arguments().asMap(), asking);
      } else {
        group.forAll(asking);
      }
    }
    return asking.isEmpty() ? NOTHING : asking.answer();
  }

  /** The evaluation where calls could not be counted: its rules with a limit have failed. */
  Evaluation uncounted(Evaluation evaluation, Throwable failure) {
    List<RuleHit> hits = new ArrayList<>(evaluation.hits());
    List<RuleId> failed = new ArrayList<>(evaluation.failed());
    for (ModedRule rule : evaluation.limited()) {
      health.ruleFailed(rule.rule().id(), failure);
      failed.add(rule.rule().id());
      if (refusesOnError(rule)) {
        hits.add(refusal(rule));
      }
    }
    hits.sort(Comparator.comparing(RuleHit::id));
    failed.sort(Comparator.naturalOrder());
    return new Evaluation(hits, List.of(), failed, evaluation.arguments(), evaluation.result());
  }

  private static boolean refusesOnError(ModedRule moded) {
    return moded.mode() == Mode.ENFORCE && moded.rule().onError() == Rule.OnError.DENY;
  }

  /** One evaluation: which rules matched, and which failed. Used by one thread. */
  private static final class Asking implements Consumer<ModedRule> {
    private final CallFacts facts;
    private final Health health;
    private @Nullable List<ModedRule> matched;
    private @Nullable List<ModedRule> failed;

    Asking(CallFacts facts, Health health) {
      this.facts = facts;
      this.health = health;
    }

    @Override
    public void accept(ModedRule rule) {
      try {
        if (rule.rule().matches(facts)) {
          matched = with(rule, matched);
        }
      } catch (Throwable failure) {
        failed(rule, failure);
      }
    }

    boolean isEmpty() {
      return matched == null && failed == null;
    }

    private void failed(ModedRule rule, Throwable failure) {
      Failures.rethrowIfFatal(failure);
      health.ruleFailed(rule.rule().id(), failure);
      failed = with(rule, failed);
    }

    private static List<ModedRule> with(ModedRule rule, @Nullable List<ModedRule> rules) {
      List<ModedRule> list = rules == null ? new ArrayList<>() : rules;
      list.add(rule);
      return list;
    }

    Evaluation answer() {
      List<RuleHit> hits = new ArrayList<>();
      List<ModedRule> limited = new ArrayList<>();
      Redaction redaction = new Redaction(facts);
      for (ModedRule rule : ascending(matched)) {
        if (rule.rule().limit() != null) {
          limited.add(rule);
        } else if (applied(rule, redaction)) {
          hits.add(rule.hit());
        }
      }
      List<RuleId> failures = new ArrayList<>();
      for (ModedRule rule : ascending(failed)) {
        failures.add(rule.rule().id());
        if (refusesOnError(rule)) {
          hits.add(refusal(rule));
        }
      }
      if (!failures.isEmpty()) {
        hits.sort(Comparator.comparing(RuleHit::id));
      }
      return new Evaluation(hits, limited, failures, redaction.arguments, redaction.result);
    }

    /** Rewrites what an enforced rule redacts; a rule that fails at it has not matched. */
    private boolean applied(ModedRule rule, Redaction redaction) {
      if (rule.mode() != Mode.ENFORCE || rule.rule().effect() != Verdict.REDACT) {
        return true;
      }
      try {
        redaction.apply(rule.rule());
        return true;
      } catch (Throwable failure) {
        failed(rule, failure);
        return false;
      }
    }

    /** By id and once each: several names of one rule may match the same tool. */
    private static List<ModedRule> ascending(@Nullable List<ModedRule> rules) {
      if (rules == null) {
        return List.of();
      }
      if (rules.size() > 1) {
        rules.sort(BY_ID);
        for (int i = rules.size() - 1; i > 0; i--) {
          if (rules.get(i).rank() == rules.get(i - 1).rank()) {
            rules.remove(i);
          }
        }
      }
      return rules;
    }
  }

  private static RuleHit refusal(ModedRule moded) {
    return new RuleHit(
        moded.rule().id(),
        Verdict.DENY,
        Mode.ENFORCE,
        "The rule could not be evaluated, and calls it cannot judge are refused.",
        null);
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
        arguments =
            Objects.requireNonNull(
                rule.redact(arguments == null ? facts.call().arguments() : arguments));
      } else {
        result = Objects.requireNonNull(rule.redact(result == null ? facts.result() : result));
      }
    }
  }
}
