package io.governor.mcp.pin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two definitions of a tool, and whether it widens: the schemas are JSON
 * Schema (draft 2020-12), of which the keywords that servers use are known by what they allow, and
 * of every other one only whether it changed. Used once, by one thread.
 */
final class Differences {

  /** As many are told; and so deep is looked, deeper only whether something differs. */
  static final int MOST = 200;

  private static final int DEPTH = 32;
  private static final int QUOTED = 400;

  private static final Set<String> UPPER =
      Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
  private static final Set<String> LOWER =
      Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");
  private static final Set<String> NESTED = Set.of("items", "contains", "propertyNames");
  private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");
  private static final Set<String> WORDS = Set.of("title", "description", "examples", "$comment");
  private static final Set<String> NOTES = Set.of("default", "deprecated", "readOnly", "writeOnly");

  private final List<Difference> found = new ArrayList<>();

  private Differences() {}

  /** What widens first, then in the order of the definitions; never empty. */
  static List<Difference> between(ToolDefinition pinned, ToolDefinition seen) {
    Differences differences = new Differences();
    if (pinned.text() == null || seen.text() == null) {
      differences.add("", "is too long to be compared", true);
    } else {
      differences.definitions(pinned.members(), seen.members());
    }
    differences.found.sort(Comparator.comparing(difference -> !difference.widens()));
    return differences.found.subList(0, Math.min(MOST, differences.found.size()));
  }

  private void definitions(Map<?, ?> before, Map<?, ?> after) {
    for (String word : List.of("title", "description")) {
      if (!Objects.equals(before.get(word), after.get(word))) {
        add("/" + word, words(before, after, word), false);
      }
    }
    schema("/inputSchema", before.get("inputSchema"), after.get("inputSchema"), DEPTH);
    if (!Objects.equals(before.get("outputSchema"), after.get("outputSchema"))) {
      add("/outputSchema", changed(before, after, "outputSchema"), false);
    }
    annotations(before.get("annotations"), after.get("annotations"));
  }

  private void annotations(@Nullable Object before, @Nullable Object after) {
    Map<?, ?> old = before instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> now = after instanceof Map<?, ?> map ? map : Map.of();
    for (Object key : keys(old, now)) {
      if (!Objects.equals(old.get(key), now.get(key))) {
        boolean harmless =
            ("readOnlyHint".equals(key) && Boolean.TRUE.equals(now.get(key)))
                || ("destructiveHint".equals(key) && Boolean.FALSE.equals(now.get(key)));
        String at = Pointers.child("/annotations", String.valueOf(key));
        add(at, harmless ? "claims now to do less" : changed(old, now, key), harmless);
      }
    }
  }

  private void schema(String at, @Nullable Object before, @Nullable Object after, int depth) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (!(before instanceof Map<?, ?> old) || !(after instanceof Map<?, ?> now) || depth == 0) {
      // A schema that is true or absent takes everything, one that is false nothing.
      add(at, "changed", !Boolean.FALSE.equals(after) && !Boolean.TRUE.equals(before));
      return;
    }
    for (Object key : keys(old, now)) {
      if (!Objects.equals(old.get(key), now.get(key))) {
        keyword(at, String.valueOf(key), old, now, depth - 1);
      }
    }
  }

  private void keyword(String at, String key, Map<?, ?> old, Map<?, ?> now, int depth) {
    Object before = old.get(key);
    Object after = now.get(key);
    String place = Pointers.child(at, key);
    if (NAMED.contains(key)) {
      properties(place, before, after, depth);
    } else if (NESTED.contains(key) && before != null && after != null) {
      schema(place, before, after, depth);
    } else if (key.equals("additionalProperties") || key.equals("unevaluatedProperties")) {
      others(place, before, after, depth);
    } else if (key.equals("required")) {
      required(place, texts(before), texts(after));
    } else if (key.equals("type")) {
      types(place, texts(before), texts(after));
    } else if (key.equals("enum")) {
      values(place, before, after);
    } else if (UPPER.contains(key) || LOWER.contains(key)) {
      bound(place, UPPER.contains(key), before, after);
    } else if (CHOICES.contains(key)) {
      choices(place, before, after, depth);
    } else {
      boolean words = WORDS.contains(key) || NOTES.contains(key);
      boolean onlyAdded = before == null && !words;
      add(place, words ? words(old, now, key) : changed(old, now, key), !words && !onlyAdded);
    }
  }

  private void properties(String at, @Nullable Object before, @Nullable Object after, int depth) {
    Map<?, ?> old = before instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> now = after instanceof Map<?, ?> map ? map : Map.of();
    for (Object key : keys(old, now)) {
      String place = Pointers.child(at, String.valueOf(key));
      if (!old.containsKey(key)) {
        add(place, "is a new parameter", true);
      } else if (!now.containsKey(key)) {
        add(place, "is gone", false);
      } else {
        schema(place, old.get(key), now.get(key), depth);
      }
    }
  }

  private void others(String at, @Nullable Object before, @Nullable Object after, int depth) {
    if (before instanceof Map<?, ?> && after instanceof Map<?, ?>) {
      schema(at, before, after, depth);
    } else if (Boolean.FALSE.equals(after)) {
      add(at, "takes no other parameters any more", false);
    } else {
      boolean tookAll = before == null || Boolean.TRUE.equals(before);
      add(at, tookAll ? "takes fewer other parameters" : "takes other parameters", !tookAll);
    }
  }

  private void required(String at, Set<String> before, Set<String> after) {
    before.stream()
        .filter(name -> !after.contains(name))
        .forEach(name -> add(Pointers.child(at, name), "is not required any more", true));
    after.stream()
        .filter(name -> !before.contains(name))
        .forEach(name -> add(Pointers.child(at, name), "is required now", false));
  }

  private void types(String at, Set<String> before, Set<String> after) {
    boolean number = before.contains("number") && after.contains("integer");
    boolean narrower =
        !after.isEmpty()
            && (before.isEmpty()
                || after.stream()
                    .allMatch(type -> before.contains(type) || (number && type.equals("integer"))));
    add(at, "was " + list(before) + ", is " + list(after), !narrower);
  }

  private void values(String at, @Nullable Object before, @Nullable Object after) {
    if (!(before instanceof List<?> old) || !(after instanceof List<?> now)) {
      boolean gone = after == null;
      add(at, gone ? "is not limited to certain values any more" : "takes certain values", gone);
      return;
    }
    Set<Object> known = new LinkedHashSet<>(old);
    long more = now.stream().filter(value -> !known.contains(value)).count();
    String what = more == 0 ? "takes fewer values" : "takes " + more + " more " + values(more);
    add(at, what, more > 0);
  }

  private static String values(long count) {
    return count == 1 ? "value" : "values";
  }

  private void bound(String at, boolean upper, @Nullable Object before, @Nullable Object after) {
    if (before instanceof Number old && after instanceof Number now) {
      int order = Double.compare(now.doubleValue(), old.doubleValue());
      add(at, "was " + old + ", is " + now, upper ? order >= 0 : order <= 0);
    } else {
      add(at, after == null ? "is gone" : "is new", after == null || before != null);
    }
  }

  private void choices(String at, @Nullable Object before, @Nullable Object after, int depth) {
    if (before instanceof List<?> old && after instanceof List<?> now && old.size() == now.size()) {
      for (int i = 0; i < old.size(); i++) {
        schema(Pointers.child(at, String.valueOf(i)), old.get(i), now.get(i), depth);
      }
      return;
    }
    boolean narrower =
        before == null
            || (before instanceof List<?> old
                && after instanceof List<?> now
                && new LinkedHashSet<>(old).containsAll(now));
    add(at, narrower ? "has fewer alternatives" : "has other alternatives", !narrower);
  }

  private void add(String at, String what, boolean widens) {
    if (found.size() < 10 * MOST) {
      found.add(new Difference(at, what, widens));
    }
  }

  private static String changed(Map<?, ?> before, Map<?, ?> after, Object key) {
    if (!before.containsKey(key)) {
      return "is new";
    }
    return after.containsKey(key) ? "changed" : "is gone";
  }

  /** Texts are quoted from where they begin to differ. */
  private static String words(Map<?, ?> before, Map<?, ?> after, String key) {
    if (!(before.get(key) instanceof String old) || !(after.get(key) instanceof String now)) {
      return changed(before, after, key);
    }
    int same = 0;
    while (same < Math.min(old.length(), now.length()) && old.charAt(same) == now.charAt(same)) {
      same++;
    }
    return "was " + quoted(old, same) + ", is " + quoted(now, same);
  }

  private static String quoted(String text, int from) {
    String rest = text.substring(from, Math.min(text.length(), from + QUOTED));
    return (from > 0 ? "\"…" : "\"") + rest + (from + QUOTED < text.length() ? "…\"" : "\"");
  }

  private static Set<Object> keys(Map<?, ?> before, Map<?, ?> after) {
    Set<Object> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys;
  }

  private static Set<String> texts(@Nullable Object value) {
    Set<String> texts = new LinkedHashSet<>();
    if (value instanceof List<?> items) {
      items.forEach(item -> texts.add(String.valueOf(item)));
    } else if (value != null) {
      texts.add(String.valueOf(value));
    }
    return texts;
  }

  private static String list(Set<String> texts) {
    return texts.isEmpty() ? "any" : String.join(" or ", texts);
  }
}
