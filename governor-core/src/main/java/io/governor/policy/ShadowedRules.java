package io.governor.policy;

import io.governor.Mode;
import io.governor.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds rules that never decide, because another one always does. Used once, by one thread. */
final class ShadowedRules {

  private final List<RuleReading.Found> rules;
  private final List<RuleReach> reaches;
  private final Effort effort;
  private final Map<Integer, Integer> shadows = new TreeMap<>();
  private final Map<List<@Nullable Object>, List<RuleReach>> alike = new HashMap<>();

  /**
   * @param mode the mode of rules that name none
   */
  ShadowedRules(List<RuleReading.Found> rules, Mode mode, Effort effort) {
    this.rules = rules;
    this.effort = effort;
    this.reaches = RuleReach.all(RuleReading.rules(rules), mode, effort);
    for (RuleReach reach : reaches) {
      alike.computeIfAbsent(key(reach), each -> new ArrayList<>()).add(reach);
    }
  }

  /** Warns of each at its place. */
  void warn() {
    find().forEach(this::warn);
  }

  /** The rules that never decide, by their place in the list, each with one that always does. */
  Map<Integer, Integer> find() {
    ToolLookup lookup = new ToolLookup(reaches, effort);
    for (RuleReach reach : reaches) {
      if (reach.mode() != Mode.OFF && !find(reach, alike(reach))) {
        find(reach, lookup.rulesAbout(reach.rule().tools().get(0)));
      }
    }
    return shadows;
  }

  /** Rules of equal tools and condition are compared even where the effort is spent. */
  private List<RuleReach> alike(RuleReach reach) {
    return alike.getOrDefault(key(reach), List.of());
  }

  private static List<@Nullable Object> key(RuleReach reach) {
    return Arrays.asList(new HashSet<>(reach.rule().tools()), reach.rule().when());
  }

  private boolean find(RuleReach reach, List<RuleReach> others) {
    for (RuleReach other : others) {
      if (other.mayCover(reach)) {
        if (isShadowed(reach, other)) {
          shadows.put(reach.place(), other.place());
          return true;
        }
        if (!effort.spend(1)) {
          return false;
        }
      }
    }
    return false;
  }

  /** Of two that do the same, the first stays. */
  private boolean isShadowed(RuleReach reach, RuleReach by) {
    return reach.place() != by.place()
        && by.covers(reach, effort)
        && !isUnder(by.place(), reach.place())
        && (by.place() < reach.place() || !reach.covers(by, effort));
  }

  /** Whether the one is told to be superfluous because of the other, perhaps by way of a third. */
  private boolean isUnder(int one, int other) {
    Integer above = shadows.get(one);
    while (above != null && above != other) {
      above = shadows.get(above);
    }
    return above != null;
  }

  private void warn(int shadowed, int by) {
    PolicyRule rule = rules.get(shadowed).rule();
    PolicyRule other = rules.get(by).rule();
    Located place = rules.get(by).at();
    boolean contradicts =
        rule.effect() != other.effect() && reaches.get(shadowed).mode() == Mode.ENFORCE;
    rules
        .get(shadowed)
        .at()
        .warn(
            rule.id()
                + " never decides: "
                + other.id()
                + ", "
                + place.where()
                + ", matches every call that it matches, with an effect and mode as strong"
                + (contradicts ? contradiction(rule.effect(), other.effect()) : ""));
  }

  private static String contradiction(Verdict weaker, Verdict stronger) {
    return "; the two contradict each other, and "
        + stronger.wireName()
        + " decides over "
        + weaker.wireName();
  }
}
