package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A table of words and what they do. Each row is {@code effects | word word …}, the effects in the
 * notation of {@link Effects}; {@code depends} in their place lists words whose effects are decided
 * in code. Two words joined by {@code +} are a pair: a sub-command of two words.
 */
final class EffectTable {
  private static final String DECIDED_IN_CODE = "depends";

  private final Map<String, List<Effect>> effects = new HashMap<>();
  private final Set<String> words = new HashSet<>();
  private final Set<String> firstOfPair = new HashSet<>();

  private EffectTable() {}

  static EffectTable of(String domain, String rows) {
    EffectTable table = new EffectTable();
    StringTokenizer each = new StringTokenizer(rows, "\n");
    while (each.hasMoreTokens()) {
      table.addRow(domain, each.nextToken());
    }
    return table;
  }

  private void addRow(String domain, String row) {
    int bar = row.indexOf('|');
    String notation = row.substring(0, bar).strip();
    @Nullable List<Effect> decided =
        notation.equals(DECIDED_IN_CODE) ? null : Effects.of(domain, notation);
    StringTokenizer entries = new StringTokenizer(row.substring(bar + 1));
    while (entries.hasMoreTokens()) {
      String entry = entries.nextToken();
      addWords(entry);
      if (decided != null) {
        addEffects(entry.replace('+', ' '), decided);
      }
    }
  }

  private void addWords(String entry) {
    int plus = entry.indexOf('+');
    if (plus < 0) {
      words.add(entry);
    } else {
      firstOfPair.add(entry.substring(0, plus));
      words.add(entry.substring(0, plus));
      words.add(entry.substring(plus + 1));
    }
  }

  private void addEffects(String key, List<Effect> keyEffects) {
    if (effects.put(key, keyEffects) != null) {
      throw new IllegalArgumentException("listed twice: " + key);
    }
  }

  /** The effects of a word or a pair, or null where the table does not settle them. */
  @Nullable List<Effect> effects(String key) {
    return effects.get(key);
  }

  /** Whether a word stands in this table, alone or in a pair. */
  boolean lists(String word) {
    return words.contains(word);
  }

  /**
   * The sub-command that names begin with: the first one, and the second where the table has pairs
   * with that first one.
   */
  List<String> subcommand(List<String> names) {
    int length = !names.isEmpty() && firstOfPair.contains(names.get(0)) ? 2 : 1;
    return names.subList(0, Math.min(length, names.size()));
  }

  /** What a sub-command does as far as this table settles it. */
  Outcome outcome(List<String> subcommand) {
    return outcome(subcommand, effects(String.join(" ", subcommand)));
  }

  /** A sub-command with effects decided elsewhere; null for effects not known. */
  Outcome outcome(List<String> subcommand, @Nullable List<Effect> decided) {
    return new Outcome(subcommand, this::lists, decided == null ? Effects.ONLY_UNKNOWN : decided);
  }

  /** The words and pairs whose effects the table settles. */
  Set<String> settled() {
    return Set.copyOf(effects.keySet());
  }
}
