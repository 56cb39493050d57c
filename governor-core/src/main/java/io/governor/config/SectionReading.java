package io.governor.config;

import io.governor.policy.Words;
import io.governor.yaml.KeyPath;
import io.governor.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one section, and finds everything that is wrong with it. Used once, by one thread. */
final class SectionReading {

  private final ConfigSection section;
  private final List<ConfigProblem> problems;
  private final Map<ConfigSetting<?>, ConfigValues.Given> given = new HashMap<>();

  SectionReading(ConfigSection section, List<ConfigProblem> problems) {
    this.section = section;
    this.problems = problems;
  }

  ConfigValues read(YamlNode node) {
    mapping(node, List.of());
    return new ConfigValues(given);
  }

  private void mapping(YamlNode node, List<String> path) {
    Collection<String> known = section.keysAt(path);
    if (node instanceof YamlNode.Scalar scalar && scalar.value() == null) {
      return; // a key with everything below it in comments
    }
    if (!(node instanceof YamlNode.Mapping mapping)) {
      refuse(node, path, "expected a mapping with " + Words.list(known));
      return;
    }
    for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (known.contains(key)) {
        value(entry.getValue().value(), longer(path, key));
      } else {
        problems.add(unknown(key, entry.getValue(), keyPath(path), known));
      }
    }
  }

  static ConfigProblem unknown(
      String key, YamlNode.Entry entry, KeyPath parent, Collection<String> known) {
    String meant = Words.meant(key, known);
    String all =
        known.isEmpty() ? "; nothing is known here" : "; known here: " + String.join(", ", known);
    String message = "unknown key" + (meant.isEmpty() ? all : meant);
    return new ConfigProblem(entry.keyPlace(), parent.name(key), message);
  }

  private void value(YamlNode node, List<String> path) {
    ConfigSetting<?> setting = section.at(path);
    if (setting == null) {
      mapping(node, path);
      return;
    }
    ConfigSetting.Items items = setting.items();
    if (items != null) {
      list(node, path, setting, items);
      return;
    }
    Object scalar = scalar(node);
    Object value = scalar == null ? null : setting.read(scalar);
    if (value == null) {
      refuse(node, path, "expected " + expected(setting, scalar));
    } else {
      given.put(setting, new ConfigValues.Given(value, node.place()));
    }
  }

  private void list(
      YamlNode node, List<String> path, ConfigSetting<?> setting, ConfigSetting.Items items) {
    if (!(node instanceof YamlNode.Sequence list) || !items.accept(list.items().size())) {
      refuse(
          node,
          path,
          "expected a list of "
              + items.least()
              + " to "
              + items.most()
              + " items, each "
              + setting.expected());
      return;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      YamlNode item = list.items().get(i);
      Object scalar = scalar(item);
      Object value = scalar == null ? null : setting.readItem(scalar);
      if (value == null) {
        String message = "expected " + setting.expected();
        problems.add(new ConfigProblem(item.place(), keyPath(path).item(i), message));
      } else {
        values.add(value);
      }
    }
    given.put(setting, new ConfigValues.Given(List.copyOf(values), node.place()));
  }

  private static @Nullable Object scalar(YamlNode node) {
    return node instanceof YamlNode.Scalar each ? each.value() : null;
  }

  private static String expected(ConfigSetting<?> setting, @Nullable Object scalar) {
    Collection<String> words = setting.words().keySet();
    if (words.isEmpty()) {
      return setting.expected();
    }
    return Words.list(words) + (scalar instanceof String word ? Words.meant(word, words) : "");
  }

  private void refuse(YamlNode node, List<String> path, String message) {
    problems.add(new ConfigProblem(node.place(), keyPath(path), message));
  }

  private KeyPath keyPath(List<String> path) {
    KeyPath keyPath = KeyPath.of(section.name());
    for (String key : path) {
      keyPath = keyPath.name(key);
    }
    return keyPath;
  }

  private static List<String> longer(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return List.copyOf(longer);
  }
}
