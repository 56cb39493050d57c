package io.governor.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping of a document while it is written. Used by one thread. */
final class Tree {

  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** The mapping of one key. */
  static Map<String, @Nullable Object> of(String key, @Nullable Object value) {
    Tree tree = new Tree();
    tree.put(key, value);
    return tree.members;
  }

  void put(String key, @Nullable Object value) {
    members.put(key, value);
  }

  void putUnlessNull(String key, @Nullable Object value) {
    if (value != null) {
      members.put(key, value);
    }
  }

  void putUnlessEmpty(String key, List<?> items) {
    if (!items.isEmpty()) {
      members.put(key, items);
    }
  }

  void putUnlessEmpty(String key, Map<String, @Nullable Object> mapping) {
    if (!mapping.isEmpty()) {
      members.put(key, mapping);
    }
  }

  /** A single name without a list around it. */
  void putNames(String key, List<String> names) {
    members.put(key, names.size() == 1 ? names.get(0) : names);
  }

  Map<String, @Nullable Object> members() {
    return members;
  }
}
