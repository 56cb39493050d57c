package io.governor;

import io.governor.event.AdvisoryFlag;
import io.governor.event.GovernorMember.PolicyRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a tool call, or about its result. Immutable; safe to share between
 * threads. Same input, same decision.
 *
 * @param call the call, always with an id: the host's or one of ours
 * @param verdict what the rules say, whatever their mode
 * @param action what the adapter must do
 * @param rules the rules that matched and take part in the verdict, ascending by id
 * @param violations ids of everything recorded on the events of this decision, standard rules
 *     included
 * @param flags remarks recorded on the events of this decision
 * @param consequence what enforcement of the first standard violation would have meant, or null
 * @param failedRules rules that threw instead of answering
 * @param arguments what to run the call with: the call's own arguments unless the action is REWRITE
 * @param result what to hand on; null while the call itself was judged
 * @param refusal why the call is refused when no rule is: it could not be recorded; null otherwise
 * @param detections what detectors found, as far as rules asked them: detector and count, ascending
 * @param risk the call's risk; null where none is weighed
 * @param policy the policy that decided; null where there is none
 */
public record Decision(
    ToolCall call,
    Verdict verdict,
    Action action,
    List<RuleHit> rules,
    List<String> violations,
    List<AdvisoryFlag> flags,
    @Nullable String consequence,
    List<RuleId> failedRules,
    ToolArguments arguments,
    @Nullable ToolResult result,
    @Nullable String refusal,
    Map<String, Integer> detections,
    @Nullable RiskScore risk,
    @Nullable PolicyRef policy) {

  private static final String NOBODY_ASKED =
      ", which needs a person's approval; nobody could be asked";

  public Decision {
    rules = List.copyOf(rules);
    violations = List.copyOf(violations);
    flags = List.copyOf(flags);
    failedRules = List.copyOf(failedRules);
    detections =
        detections.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(detections));
  }

  /** Whether the verdict is acted on, rather than recorded only. */
  public boolean enforced() {
    for (RuleHit hit : rules) {
      if (hit.enforced() && hit.effect() == verdict) {
        return true;
      }
    }
    return refusal != null;
  }

  /** Whether the call must not run, or the result must not be handed on. */
  public boolean refused() {
    return action == Action.REFUSE;
  }

  /**
   * What the model or the user should be told beside a call that proceeds: one line per rule that
   * warns.
   */
  public List<String> warnings() {
    List<String> notes = new ArrayList<>();
    for (RuleHit hit : rules) {
      boolean told = hit.mode() == Mode.WARN || (hit.enforced() && hit.effect() == Verdict.WARN);
      if (told) {
        notes.add("Warning by rule " + sentence(hit, ""));
      }
    }
    return List.copyOf(notes);
  }

  /**
   * What to answer the model for a call that does not run: rule, reason and suggestion; never
   * argument values. Empty when the call proceeds without anything to say.
   */
  public String message() {
    if (refusal != null) {
      return refusal;
    }
    return switch (action) {
      case REFUSE -> "Refused by rule " + sentence(deciding(), NOBODY_ASKED);
      case ASK -> "A person must agree by rule " + sentence(deciding(), "");
      case PROCEED, REWRITE -> String.join("\n", warnings());
    };
  }

  private RuleHit deciding() {
    RuleHit strongest = null;
    for (RuleHit hit : rules) {
      if (hit.enforced() && (strongest == null || hit.effect().compareTo(strongest.effect()) > 0)) {
        strongest = hit;
      }
    }
    if (strongest == null) {
      throw new IllegalStateException("a call is kept from running only by an enforced rule");
    }
    return strongest;
  }

  private static String sentence(RuleHit hit, String ifAsking) {
    StringBuilder text = new StringBuilder(hit.id().value());
    text.append(hit.effect() == Verdict.ASK ? ifAsking : "").append('.');
    if (hit.reason() != null) {
      text.append(' ').append(hit.reason());
    }
    if (hit.suggestion() != null) {
      text.append(' ').append(hit.suggestion());
    }
    return text.toString();
  }

  /** Names the decision without arguments or results. */
  @Override
  public String toString() {
    return "Decision["
        + call.name()
        + ": "
        + verdict
        + ", "
        + action
        + ", rules "
        + violations
        + "]";
  }
}
