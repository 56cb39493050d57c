package io.governor.standard;

import io.governor.standard.ProfileFinding.Kind;
import io.governor.yaml.KeyPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one operation rule of a profile and finds what is wrong with it. Used once. */
final class OperationRuleReading {

  private static final String SKIPPED = "; the rule is skipped";

  private final KeyPath path;
  private final List<ProfileFinding> findings = new ArrayList<>();

  OperationRuleReading(KeyPath path) {
    this.path = path;
  }

  List<ProfileFinding> findings() {
    return findings;
  }

  /** The rule, or nothing when it is malformed. */
  Optional<OperationRule> read(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> rule)) {
      found(path, "must be a mapping of domain, action, destructive");
      return Optional.empty();
    }
    for (Object key : rule.keySet()) {
      if (!Set.of("domain", "action", "destructive").contains(key)) {
        String message = "unknown key; known: domain, action, destructive" + SKIPPED;
        findings.add(ProfileFinding.ofKey(Kind.IGNORED, path.name((String) key), message));
      }
    }
    OperationRule read =
        new OperationRule(
            words(rule, "domain", OperationRule.DOMAINS),
            words(rule, "action", OperationRule.ACTIONS),
            destructive(rule));
    return findings.isEmpty() ? Optional.of(read) : Optional.empty();
  }

  private @Nullable Set<String> words(Map<?, ?> rule, String predicate, Set<String> known) {
    if (!rule.containsKey(predicate)) {
      return null;
    }
    KeyPath at = path.name(predicate);
    Object value = rule.get(predicate);
    if (!(value instanceof List<?> list)) {
      return Set.of(word(value, at, known));
    }
    if (list.isEmpty()) {
      found(at, "an empty list matches nothing");
    }
    Set<String> words = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      words.add(word(list.get(i), at.item(i), known));
    }
    return words;
  }

  private String word(@Nullable Object value, KeyPath at, Set<String> known) {
    if (value instanceof String word && known.contains(word)) {
      return word;
    }
    found(at, "unknown word; known: " + String.join(", ", new TreeSet<>(known)));
    return "";
  }

  private @Nullable Boolean destructive(Map<?, ?> rule) {
    Object value = rule.get("destructive");
    if (rule.containsKey("destructive") && !(value instanceof Boolean)) {
      found(path.name("destructive"), "must be true or false");
    }
    return value instanceof Boolean destructive ? destructive : null;
  }

  private void found(KeyPath at, String message) {
    findings.add(ProfileFinding.ofValue(Kind.IGNORED, at, message + SKIPPED));
  }
}
