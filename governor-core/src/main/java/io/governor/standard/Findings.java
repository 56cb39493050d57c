package io.governor.standard;

import io.governor.RuleId;
import io.governor.event.AdvisoryFlag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the standard rules found on one event. Immutable.
 *
 * @param flags remarks, each at most once
 * @param violations rules that were violated; an event has those of its own type only
 * @param consequence the sentence that goes with the first violation, or null
 */
public record Findings(
    List<AdvisoryFlag> flags, List<RuleId> violations, @Nullable String consequence) {

  /** Nothing to remark. */
  public static final Findings NONE = new Findings(List.of(), List.of(), null);

  public Findings {
    flags = List.copyOf(flags);
    violations = List.copyOf(violations);
  }
}
