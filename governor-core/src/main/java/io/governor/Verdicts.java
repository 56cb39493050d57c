package io.governor;

import io.governor.detect.Detections;
import io.governor.event.AdvisoryFlag;
import io.governor.event.GovernorMember.PolicyRef;
import io.governor.standard.Findings;
import io.governor.standard.StandardRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The algebra of verdicts: the strongest matching rule decides, only enforced rules act, and
 * neither order nor number of rules changes the outcome. Pure.
 */
final class Verdicts {

  private static final Set<RuleId> STANDARD = Set.copyOf(StandardRules.ALL);

  private Verdicts() {}

  /**
   * What a decision is made of.
   *
   * @param call the call
   * @param evaluation what the rules said, but for those with a limit
   * @param own what the governor itself and the rules with a limit said
   * @param standard hits of the standard rules that take part
   * @param findings what the standard rules found, for the record
   * @param canAsk whether a person can be asked; else a call that needs one is refused
   * @param rewrites whether the call can be run with other arguments; else it is refused
   * @param consent what a person has said so far
   * @param facts the facts that were looked at
   * @param detectors the detectors whose findings are reported
   * @param risk the call's risk, or null where none is weighed
   * @param policy the policy that decides, or null
   */
  record Grounds(
      ToolCall call,
      RuleEvaluator.Evaluation evaluation,
      List<RuleHit> own,
      List<RuleHit> standard,
      List<Findings> findings,
      boolean canAsk,
      boolean rewrites,
      Consent consent,
      CallFacts facts,
      Set<String> detectors,
      @Nullable RiskScore risk,
      @Nullable PolicyRef policy) {}

  static Decision decide(Grounds grounds) {
    RuleEvaluator.Evaluation evaluation = grounds.evaluation();
    ToolResult result = grounds.facts().result();
    List<RuleHit> recorded = merge(evaluation.hits(), ascending(grounds.own()));
    List<RuleHit> hits = merge(recorded, grounds.standard());
    Consent consent = grounds.consent();
    boolean rewritten = evaluation.arguments() != null || evaluation.result() != null;
    return new Decision(
        grounds.call(),
        strongest(hits),
        action(acting(hits, consent), rewritten, grounds),
        hits,
        violations(grounds.findings(), recorded),
        flags(grounds.findings()),
        consequence(grounds.findings()),
        evaluation.failed(),
        evaluation.arguments() == null ? grounds.call().arguments() : evaluation.arguments(),
        evaluation.result() == null ? result : evaluation.result(),
        refusal(hits, consent),
        detections(grounds),
        grounds.risk(),
        grounds.policy());
  }

  private static Map<String, Integer> detections(Grounds grounds) {
    Detections detected = grounds.facts().detected();
    if (detected == null || detected.counts().isEmpty()) {
      return Map.of();
    }
    Map<String, Integer> named = new TreeMap<>(detected.counts());
    named.keySet().retainAll(grounds.detectors());
    return named;
  }

  private static List<RuleHit> merge(List<RuleHit> some, List<RuleHit> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return some.isEmpty() ? others : some;
    }
    List<RuleHit> all = new ArrayList<>(some);
    all.addAll(others);
    return ascending(all);
  }

  private static List<RuleHit> ascending(List<RuleHit> hits) {
    if (hits.size() < 2) {
      return hits;
    }
    List<RuleHit> sorted = new ArrayList<>(hits);
    sorted.sort((a, b) -> a.id().compareTo(b.id()));
    return sorted;
  }

  private static Verdict strongest(List<RuleHit> hits) {
    Verdict strongest = Verdict.ALLOW;
    for (RuleHit hit : hits) {
      strongest = strongest.or(hit.effect());
    }
    return strongest;
  }

  /** The strongest that is acted on: enforced, and not a question that was answered with yes. */
  private static Verdict acting(List<RuleHit> hits, Consent consent) {
    Verdict strongest = consent.refusal() == null ? Verdict.ALLOW : Verdict.DENY;
    for (RuleHit hit : hits) {
      if (hit.enforced() && !consent.covers(hit)) {
        strongest = strongest.or(hit.effect());
      }
    }
    return strongest;
  }

  /** Why it is refused though no rule denies it: only a call that was asked about can be. */
  private static @Nullable String refusal(List<RuleHit> hits, Consent consent) {
    if (!consent.asked() || consent.refusal() != null || acting(hits, consent) != Verdict.ASK) {
      return consent.refusal();
    }
    return hits.stream()
        .filter(hit -> hit.enforced() && hit.effect() == Verdict.ASK && !consent.covers(hit))
        .findFirst()
        .map(Consent::tooLate)
        .orElse(null);
  }

  private static Action action(Verdict enforced, boolean rewritten, Grounds grounds) {
    Action change = grounds.rewrites() ? Action.REWRITE : Action.REFUSE;
    return switch (enforced) {
      case DENY -> Action.REFUSE;
      case ASK -> grounds.canAsk() ? Action.ASK : Action.REFUSE;
      case ALLOW, WARN, REDACT -> rewritten ? change : Action.PROCEED;
    };
  }

  /** Ids of what matched besides the standard rules; they follow those in the record. */
  static List<String> ownIds(Decision decision) {
    List<RuleHit> hits = decision.rules();
    boolean standard = false;
    for (int i = 0; i < hits.size() && !standard; i++) {
      standard = STANDARD.contains(hits.get(i).id());
    }
    return standard
        ? ids(hits.stream().filter(hit -> !STANDARD.contains(hit.id())).toList())
        : ids(hits);
  }

  private static List<String> ids(List<RuleHit> hits) {
    if (hits.isEmpty()) {
      return List.of();
    }
    List<String> ids = new ArrayList<>(hits.size());
    for (RuleHit hit : hits) {
      ids.add(hit.id().value());
    }
    return ids;
  }

  private static List<String> violations(List<Findings> findings, List<RuleHit> own) {
    if (isClean(findings)) {
      return ids(own);
    }
    Set<String> ids = new LinkedHashSet<>();
    for (Findings finding : findings) {
      for (RuleId id : finding.violations()) {
        ids.add(id.value());
      }
    }
    ids.addAll(ids(own));
    return ids.isEmpty() ? List.of() : List.copyOf(ids);
  }

  /** Most calls are. */
  private static boolean isClean(List<Findings> findings) {
    for (int i = 0; i < findings.size(); i++) {
      if (!findings.get(i).violations().isEmpty() || !findings.get(i).flags().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<AdvisoryFlag> flags(List<Findings> findings) {
    if (isClean(findings)) {
      return List.of();
    }
    Set<AdvisoryFlag> flags = new LinkedHashSet<>();
    for (Findings finding : findings) {
      flags.addAll(finding.flags());
    }
    return flags.isEmpty() ? List.of() : List.copyOf(flags);
  }

  private static @Nullable String consequence(List<Findings> findings) {
    for (Findings finding : findings) {
      if (finding.consequence() != null) {
        return finding.consequence();
      }
    }
    return null;
  }
}
