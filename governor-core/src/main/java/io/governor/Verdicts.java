package io.governor;

import io.governor.event.AdvisoryFlag;
import io.governor.standard.Findings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The algebra of verdicts: the strongest matching rule decides, only enforced rules act, and
 * neither order nor number of rules changes the outcome. Pure.
 */
final class Verdicts {

  private Verdicts() {}

  /**
   * Decides.
   *
   * @param evaluation what the operator's rules said
   * @param standard hits of the standard rules that take part
   * @param findings what the standard rules found, for the record
   * @param hostAsks whether the host asks its own user; where nobody can be asked the call is
   *     refused
   * @param result the result that was judged, or null for a call
   */
  static Decision decide(
      ToolCall call,
      RuleEvaluator.Evaluation evaluation,
      List<RuleHit> standard,
      List<Findings> findings,
      boolean hostAsks,
      @Nullable ToolResult result) {
    List<RuleHit> hits = merge(evaluation.hits(), standard);
    Verdict verdict = strongest(hits, false);
    boolean rewritten = evaluation.arguments() != null || evaluation.result() != null;
    return new Decision(
        call,
        verdict,
        action(strongest(hits, true), rewritten, hostAsks),
        hits,
        violations(findings, evaluation.hits()),
        flags(findings),
        consequence(findings),
        evaluation.failed(),
        evaluation.arguments() == null ? call.arguments() : evaluation.arguments(),
        evaluation.result() == null ? result : evaluation.result(),
        null);
  }

  private static List<RuleHit> merge(List<RuleHit> own, List<RuleHit> standard) {
    if (standard.isEmpty()) {
      return own;
    }
    List<RuleHit> all = new ArrayList<>(own);
    all.addAll(standard);
    all.sort(Comparator.comparing(RuleHit::id));
    return all;
  }

  private static Verdict strongest(List<RuleHit> hits, boolean enforcedOnly) {
    Verdict strongest = Verdict.ALLOW;
    for (RuleHit hit : hits) {
      if (!enforcedOnly || hit.enforced()) {
        strongest = strongest.or(hit.effect());
      }
    }
    return strongest;
  }

  private static Action action(Verdict enforced, boolean rewritten, boolean hostAsks) {
    return switch (enforced) {
      case DENY -> Action.REFUSE;
      case ASK -> hostAsks ? Action.ASK : Action.REFUSE;
      case ALLOW, WARN, REDACT -> rewritten ? Action.REWRITE : Action.PROCEED;
    };
  }

  /** Ids of the operator's rules that matched; they follow the standard ones, ascending. */
  static List<String> ids(List<RuleHit> hits) {
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
    Set<String> ids = new LinkedHashSet<>();
    for (Findings finding : findings) {
      finding.violations().forEach(id -> ids.add(id.value()));
    }
    ids.addAll(ids(own));
    return ids.isEmpty() ? List.of() : List.copyOf(ids);
  }

  private static List<AdvisoryFlag> flags(List<Findings> findings) {
    Set<AdvisoryFlag> flags = new LinkedHashSet<>();
    findings.forEach(finding -> flags.addAll(finding.flags()));
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
