package io.governor.policy;

import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mapping of the document, read key by key. */
final class Fields {

  private final Located at;
  private final Map<String, YamlNode.Entry> entries;

  Fields(Located at, YamlNode.Mapping mapping) {
    this.at = at;
    this.entries = mapping.entries();
  }

  Located at() {
    return at;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The keys, in the order of the document. */
  Collection<String> keys() {
    return entries.keySet();
  }

  /** Says which keys are unknown. */
  void knowOnly(Collection<String> known) {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        String meant = Words.meant(key, known);
        refuseKey(key, "unknown key" + (meant.isEmpty() ? "; known here: " + list(known) : meant));
      }
    }
  }

  private static String list(Collection<String> known) {
    return String.join(", ", known);
  }

  void refuseKey(String key, String message) {
    at.problems().error(keyPlace(key), at.path().name(key), message);
  }

  Place keyPlace(String key) {
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? at.node().place() : entry.keyPlace();
  }

  /** The value of a key, or null when it is not there. */
  @Nullable Located get(String key) {
    YamlNode.Entry entry = entries.get(key);
    KeyPath path = at.path().name(key);
    return entry == null ? null : new Located(entry.value(), path, at.problems());
  }

  /** The value of a key that must be there; what is expected is said otherwise. */
  @Nullable Located required(String key, String what) {
    Located value = get(key);
    if (value == null) {
      at.problems().error(at.node().place(), at.path().name(key), "missing; expected " + what);
    }
    return value;
  }

  /** What is read from a key, or null when it is not there or wrong. */
  <T> @Nullable T read(String key, Function<Located, @Nullable T> reading) {
    Located value = get(key);
    return value == null ? null : reading.apply(value);
  }

  /** What is read from a key, or the default when it is not there or wrong. */
  <T> T read(String key, Function<Located, @Nullable T> reading, T otherwise) {
    T value = read(key, reading);
    return value == null ? otherwise : value;
  }

  /** A text, or null when it is not there or wrong, as for all that follow. */
  @Nullable String text(String key, String what, int longest) {
    Located value = get(key);
    return value == null ? null : value.text(what, longest);
  }

  @Nullable String anyText(String key, String what, int longest) {
    Located value = get(key);
    return value == null ? null : value.anyText(what, longest);
  }

  @Nullable Boolean flag(String key) {
    Located value = get(key);
    return value == null ? null : value.flag();
  }

  boolean flag(String key, boolean otherwise) {
    Boolean flag = flag(key);
    return flag == null ? otherwise : flag;
  }

  <T> @Nullable T word(String key, Map<String, T> words) {
    Located value = get(key);
    return value == null ? null : value.word(words);
  }

  <T> T word(String key, Map<String, T> words, T otherwise) {
    T meaning = word(key, words);
    return meaning == null ? otherwise : meaning;
  }

  long whole(String key, long least, long most, long otherwise) {
    Located value = get(key);
    Long number = value == null ? null : value.whole(least, most);
    return number == null ? otherwise : number;
  }

  /** A text or a list of them; none when it is not there or wrong. */
  List<String> texts(String key, String what, int most) {
    Located value = get(key);
    return value == null ? List.of() : value.texts(what, most);
  }

  /** The members of a list; none when it is not there or wrong. */
  List<Located> items(String key, int most) {
    Located value = get(key);
    List<Located> items = value == null ? null : value.items("a list", most);
    return items == null ? List.of() : items;
  }

  /** All values, in the order of the document. */
  List<Located> values() {
    List<Located> values = new ArrayList<>(entries.size());
    for (String key : entries.keySet()) {
      Located value = get(key);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }
}
