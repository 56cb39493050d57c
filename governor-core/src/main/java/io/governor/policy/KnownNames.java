package io.governor.policy;

import io.governor.RuleId;
import io.governor.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The names that policies use and do not define. */
final class KnownNames {

  /** The families of detectors. */
  static final Set<String> FAMILIES = Set.of("secret", "personal", "content");

  /** The score of risk over a threshold: what it says follows from the threshold. */
  static final RuleId RISK = RuleId.of("GOV-003");

  /** What is decided without a rule of the operator's. */
  static final Map<String, RuleId> STANDARD_RULES = standardRules();

  private KnownNames() {}

  private static Map<String, RuleId> standardRules() {
    Map<String, RuleId> rules = new LinkedHashMap<>();
    addRules("POL-00", 5, rules);
    addRules("GOV-00", 7, rules);
    return rules;
  }

  private static void addRules(String prefix, int last, Map<String, RuleId> rules) {
    for (int number = 1; number <= last; number++) {
      rules.put(prefix + number, RuleId.of(prefix + number));
    }
  }

  /** Whether only the library gives out ids like this one. */
  static boolean isReserved(String id) {
    return id.startsWith("POL-") || id.startsWith("GOV-");
  }

  /** The constants by their words in lower case, in their order. */
  static <E extends Enum<E>> Map<String, E> lowerCase(E[] constants) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return words;
  }

  /** Effects by their words, in this order. */
  static Map<String, Verdict> effects(Verdict... verdicts) {
    Map<String, Verdict> words = new LinkedHashMap<>();
    for (Verdict verdict : verdicts) {
      words.put(verdict.wireName(), verdict);
    }
    return words;
  }

  /** The constants by their names. */
  static <E extends Enum<E>> Map<String, E> names(E[] constants) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(constant.name(), constant);
    }
    return words;
  }

  /** Words that stand for themselves. */
  static Map<String, String> words(String... words) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String word : words) {
      map.put(word, word);
    }
    return map;
  }

  /** The constants by their words. */
  static <E extends Enum<E>> Map<String, E> by(E[] constants, Function<E, String> word) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(word.apply(constant), constant);
    }
    return words;
  }
}
