package io.governor.standard;

import io.governor.json.CanonicalJson;
import io.governor.yaml.KeyPath;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A profile as data: its defaults, how a file is laid over them, and the form that its hash is
 * taken of (execution record, sections 7.1 to 7.3).
 */
final class ProfileData {

  static final String SCHEMA_VERSION = "schema_version";
  static final String SESSION_INTENT = "session_intent";
  static final String TASK_BOUNDARY = "task_boundary";
  static final String HIGH_CONSEQUENCE = "high_consequence";
  static final String OPERATIONS = "operations";

  private static final int MAX_DEPTH = 64;

  private ProfileData() {}

  /** The defaults; a new tree each time, because the caller may change it. */
  static Map<String, @Nullable Object> defaults() {
    Map<String, @Nullable Object> intent = new LinkedHashMap<>();
    intent.put("required", true);
    intent.put("demand_at", DemandAt.SESSION_START.word());
    intent.put("prompt_template", null);
    Map<String, @Nullable Object> boundary = new LinkedHashMap<>();
    boundary.put("signals", List.of());
    boundary.put("time_gap_seconds", 300L);
    boundary.put("dir_change_depth", 2L);
    boundary.put("on_match", "flag");
    Map<String, @Nullable Object> consequence = new LinkedHashMap<>();
    consequence.put("tools", List.of());
    consequence.put("on_match", "flag");
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put(SCHEMA_VERSION, 1L);
    data.put(SESSION_INTENT, intent);
    data.put(TASK_BOUNDARY, boundary);
    data.put(HIGH_CONSEQUENCE, consequence);
    return data;
  }

  /**
   * Lays data over the defaults: sections key by key, everything else whole. What is not of the
   * expected type is kept, so that it can be named.
   */
  static Map<String, @Nullable Object> merge(Map<String, @Nullable Object> given) {
    Map<String, @Nullable Object> merged = defaults();
    given.forEach(
        (name, value) -> {
          if (merged.get(name) instanceof Map<?, ?> section && value instanceof Map<?, ?> over) {
            Map<String, @Nullable Object> both = new LinkedHashMap<>();
            section.forEach((key, each) -> both.put((String) key, each));
            over.forEach((key, each) -> both.put((String) key, each));
            merged.put(name, both);
          } else {
            merged.put(name, value);
          }
        });
    return merged;
  }

  /** The text whose hash identifies the data. */
  static String canonicalText(Map<String, @Nullable Object> data) {
    Map<String, @Nullable Object> normal = new LinkedHashMap<>(data);
    if (data.get(HIGH_CONSEQUENCE) instanceof Map<?, ?> section
        && section.containsKey(OPERATIONS)) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(section);
      Object operations = copy.get(OPERATIONS);
      if (operations == null || List.of().equals(operations)) {
        copy.remove(OPERATIONS);
      } else if (operations instanceof List<?> list) {
        copy.put(OPERATIONS, sortedRules(list));
      }
      normal.put(HIGH_CONSEQUENCE, copy);
    }
    return CanonicalJson.text(normal);
  }

  /** Rules are alternatives, so neither their order nor a repetition changes what they mean. */
  private static List<@Nullable Object> sortedRules(List<?> rules) {
    Map<String, @Nullable Object> byText = new TreeMap<>();
    for (Object rule : rules) {
      Object normal = rule instanceof Map<?, ?> map ? sortedWords(map) : rule;
      byText.put(CanonicalJson.text(normal), normal);
    }
    return new ArrayList<>(byText.values());
  }

  private static Map<Object, @Nullable Object> sortedWords(Map<?, ?> rule) {
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>(rule);
    for (String predicate : List.of("domain", "action")) {
      if (copy.get(predicate) instanceof List<?> words) {
        Map<String, @Nullable Object> byText = new TreeMap<>();
        words.forEach(word -> byText.put(CanonicalJson.text(word), word));
        copy.put(predicate, new ArrayList<>(byText.values()));
      }
    }
    return copy;
  }

  /**
   * A copy of data from Java code in the types a file would give.
   *
   * @throws IllegalArgumentException for a value that no file could hold, with its path
   */
  static Map<String, @Nullable Object> copyOf(Map<?, ?> data) {
    return copyMap(data, KeyPath.ROOT);
  }

  private static Map<String, @Nullable Object> copyMap(Map<?, ?> map, KeyPath path) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("Profile keys must be strings: at " + path);
          }
          copy.put(name, copyValue(value, path.name(name)));
        });
    return copy;
  }

  private static @Nullable Object copyValue(@Nullable Object value, KeyPath path) {
    if (path.steps().size() > MAX_DEPTH) {
      throw new IllegalArgumentException("A profile is at most " + MAX_DEPTH + " levels deep");
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(map, path);
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(copyValue(item, path.item(copy.size())));
      }
      return copy;
    }
    return copyScalar(value, path);
  }

  private static @Nullable Object copyScalar(@Nullable Object value, KeyPath path) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Double) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float) {
      return Double.valueOf(value.toString());
    }
    throw new IllegalArgumentException(
        "A profile holds maps, lists, text, numbers, truth values and null: at " + path);
  }
}
