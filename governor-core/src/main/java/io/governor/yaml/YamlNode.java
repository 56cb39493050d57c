package io.governor.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML document and where it stands. Immutable; safe to share between threads. Aliases
 * and merge keys are already resolved, so a node may occur in several places of the tree; the
 * reader bounds how large the whole tree is when it is walked.
 */
public sealed interface YamlNode {

  /** Where the value begins in its file. */
  Place place();

  /**
   * The value as plain data: {@link LinkedHashMap}, {@link ArrayList} and the values of scalars.
   */
  @Nullable Object data();

  /** The node at a path from here, or null when there is none. */
  default @Nullable YamlNode find(KeyPath path) {
    YamlNode node = this;
    for (Object step : path.steps()) {
      node = node == null ? null : node.child(step);
    }
    return node;
  }

  /** Where the value at a path from here begins, or null when there is none. */
  default @Nullable Place valuePlace(KeyPath path) {
    YamlNode node = find(path);
    return node == null ? null : node.place();
  }

  /** Where the key at the end of a path from here stands, or null when there is none. */
  default @Nullable Place keyPlace(KeyPath path) {
    Object last = path.steps().get(path.steps().size() - 1);
    if (find(path.parent()) instanceof Mapping mapping && last instanceof String name) {
      Entry entry = mapping.entries().get(name);
      return entry == null ? null : entry.keyPlace();
    }
    return null;
  }

  private @Nullable YamlNode child(Object step) {
    if (this instanceof Mapping mapping && step instanceof String name) {
      Entry entry = mapping.entries().get(name);
      return entry == null ? null : entry.value();
    }
    if (this instanceof Sequence list && step instanceof Integer index) {
      return index < list.items().size() ? list.items().get(index) : null;
    }
    return null;
  }

  /**
   * A single value.
   *
   * @param value a string, {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link
   *     java.math.BigDecimal}, {@link Boolean} or null
   */
  record Scalar(Place place, @Nullable Object value) implements YamlNode {

    @Override
    public @Nullable Object data() {
      return value;
    }

    @Override
    public String toString() {
      return "Scalar[" + place + "]";
    }
  }

  /** A list. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public List<@Nullable Object> data() {
      List<@Nullable Object> data = new ArrayList<>(items.size());
      for (YamlNode item : items) {
        data.add(item.data());
      }
      return data;
    }

    @Override
    public String toString() {
      return "Sequence[" + place + ", " + items.size() + " items]";
    }
  }

  /** A mapping from names to values, in the order of the file. */
  record Mapping(Place place, Map<String, Entry> entries) implements YamlNode {

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public Map<String, @Nullable Object> data() {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      entries.forEach((name, entry) -> data.put(name, entry.value().data()));
      return data;
    }

    @Override
    public String toString() {
      return "Mapping[" + place + ", " + entries.size() + " entries]";
    }
  }

  /** A member of a mapping: where its name stands, and its value. */
  record Entry(Place keyPlace, YamlNode value) {}
}
