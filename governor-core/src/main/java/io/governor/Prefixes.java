package io.governor;

import io.governor.RuleIndex.ModedRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Rules by how a text begins. All prefixes of a text stand in one chain below the greatest prefix
 * that is not above it in the order of texts, so one search finds them. Immutable.
 */
final class Prefixes {

  private final String[] sorted;
  private final ModedRule[][] rules;

  /** The longest other prefix that begins this one, or -1. */
  private final int[] parents;

  private Prefixes(String[] sorted, ModedRule[][] rules, int[] parents) {
    this.sorted = sorted;
    this.rules = rules;
    this.parents = parents;
  }

  static Prefixes of(Map<String, List<ModedRule>> byPrefix) {
    String[] sorted = byPrefix.keySet().stream().sorted().toArray(String[]::new);
    ModedRule[][] rules = new ModedRule[sorted.length][];
    int[] parents = new int[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      rules[i] = byPrefix.getOrDefault(sorted[i], List.of()).toArray(ModedRule[]::new);
      int parent = i - 1;
      while (parent >= 0 && !sorted[i].startsWith(sorted[parent])) {
        parent = parents[parent];
      }
      parents[i] = parent;
    }
    return new Prefixes(sorted, rules, parents);
  }

  void forBeginningsOf(String text, Consumer<ModedRule> asked) {
    if (sorted.length == 0) {
      return;
    }
    int found = Arrays.binarySearch(sorted, text);
    int at = found >= 0 ? found : -found - 2;
    for (; at >= 0; at = parents[at]) {
      if (text.startsWith(sorted[at])) {
        for (ModedRule rule : rules[at]) {
          asked.accept(rule);
        }
      }
    }
  }
}
