package io.governor;

import io.governor.event.GovernorMember.SessionChange;
import io.governor.event.GovernorMember.Withdrawal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What rules do to the rest of a session when they fire: withdraw tools, or pause it. Immutable;
 * safe to share between threads.
 */
final class Contractions {

  private final Map<Place, Contraction> rules;

  private record Place(RuleId id, Rule.Stage stage) {}

  private record Contraction(List<Withdrawal> withdraws, boolean pauses) {

    static Contraction of(Rule rule) {
      String id = rule.id().value();
      return new Contraction(
          rule.contract().stream().distinct().map(tool -> new Withdrawal(tool, id)).toList(),
          rule.pauses());
    }
  }

  private Contractions(Map<Place, Contraction> rules) {
    this.rules = Map.copyOf(rules);
  }

  /**
   * @throws IllegalArgumentException if a glob is malformed
   */
  static Contractions of(List<Rule> rules) {
    Map<Place, Contraction> found = new HashMap<>();
    for (Rule rule : rules) {
      if (rule.pauses() || !rule.contract().isEmpty()) {
        check(rule);
        found.put(new Place(rule.id(), rule.stage()), Contraction.of(rule));
      }
    }
    checkSize(found);
    return new Contractions(found);
  }

  /** A rule that is asked at both stages names its tools once. */
  private static void checkSize(Map<Place, Contraction> rules) {
    Set<Withdrawal> all = new HashSet<>();
    int characters = 0;
    for (Contraction each : rules.values()) {
      for (Withdrawal withdrawal : each.withdraws()) {
        characters += all.add(withdrawal) ? withdrawal.tool().length() : 0;
      }
    }
    if (all.size() > Rule.MOST_WITHDRAWN || characters > Rule.MOST_WITHDRAWN_CHARACTERS) {
      throw new IllegalArgumentException(
          "rules: contract: expected at most "
              + Rule.MOST_WITHDRAWN
              + " names and globs of "
              + Rule.MOST_WITHDRAWN_CHARACTERS
              + " characters in all rules together, got "
              + all.size()
              + " of "
              + characters);
    }
  }

  private static void check(Rule rule) {
    try {
      FoldedGlobs.globs(rule.contract());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("rule " + rule.id() + ": contract: " + e.getMessage(), e);
    }
  }

  /**
   * What a decision changes for its session. A rule that could not be evaluated has not fired.
   *
   * @param withdrawn what is withdrawn already
   * @param paused whether it is paused already
   */
  SessionChange by(Decision decision, Rule.Stage stage, Withdrawn withdrawn, boolean paused) {
    if (rules.isEmpty() || decision.rules().isEmpty()) {
      return SessionChange.NONE;
    }
    Fired fired = new Fired(withdrawn);
    for (RuleHit hit : decision.rules()) {
      Contraction contraction = rules.get(new Place(hit.id(), stage));
      if (contraction != null && !decision.failedRules().contains(hit.id())) {
        fired.add(contraction, hit.mode() == Mode.ENFORCE);
      }
    }
    return fired.change(paused);
  }

  /** The first of the decision's rules that pauses its session. */
  String pausing(Decision decision, Rule.Stage stage) {
    for (RuleHit hit : decision.rules()) {
      Contraction contraction = rules.get(new Place(hit.id(), stage));
      if (contraction != null && contraction.pauses() && hit.mode() == Mode.ENFORCE) {
        return hit.id().value();
      }
    }
    throw new IllegalStateException("asked only where a rule pauses");
  }

  /** The rules of one decision. */
  private static final class Fired {
    private final Withdrawn withdrawn;
    private final Map<String, Withdrawal> done = new HashMap<>();
    private final List<Withdrawal> withdrew = new ArrayList<>();
    private final List<Withdrawal> would = new ArrayList<>();
    private boolean pauses;
    private boolean wouldPause;

    Fired(Withdrawn withdrawn) {
      this.withdrawn = withdrawn;
    }

    void add(Contraction contraction, boolean enforced) {
      pauses |= enforced && contraction.pauses();
      wouldPause |= !enforced && contraction.pauses();
      for (Withdrawal withdrawal : contraction.withdraws()) {
        if (withdrawn.holds(withdrawal)) {
          continue;
        }
        if (!enforced) {
          would.add(withdrawal);
        } else if (done.putIfAbsent(withdrawal.tool(), withdrawal) == null) {
          withdrew.add(withdrawal);
        }
      }
    }

    SessionChange change(boolean paused) {
      SessionChange change =
          new SessionChange(withdrew, would, pauses && !paused, wouldPause && !paused, false);
      return change.equals(SessionChange.NONE) ? SessionChange.NONE : change;
    }
  }
}
