package io.governor.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the configuration that one module owns. Immutable.
 *
 * @param name the key in the file; one of {@link ConfigFile#SECTIONS}
 * @param settings everything the section may hold
 */
public record ConfigSection(String name, List<ConfigSetting<?>> settings) {

  public ConfigSection {
    settings = List.copyOf(settings);
    if (!ConfigFile.SECTIONS.contains(name)) {
      throw new IllegalArgumentException("no section of the configuration: " + name);
    }
  }

  /** The keys that are known in the mapping at a path of this section. */
  Collection<String> keysAt(List<String> path) {
    Collection<String> keys = new LinkedHashSet<>();
    for (ConfigSetting<?> setting : below(path)) {
      keys.add(setting.keys().get(path.size()));
    }
    return keys;
  }

  /** The setting at a path, or null where there is a mapping of several. */
  @Nullable ConfigSetting<?> at(List<String> path) {
    for (ConfigSetting<?> setting : settings) {
      if (setting.keys().equals(path)) {
        return setting;
      }
    }
    return null;
  }

  private List<ConfigSetting<?>> below(List<String> path) {
    List<ConfigSetting<?>> below = new ArrayList<>();
    for (ConfigSetting<?> setting : settings) {
      List<String> keys = setting.keys();
      if (keys.size() > path.size() && keys.subList(0, path.size()).equals(path)) {
        below.add(setting);
      }
    }
    return below;
  }
}
