package io.governor.config;

import io.governor.yaml.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds in one section. Immutable; safe to share between threads. */
public final class ConfigValues {

  private final Map<ConfigSetting<?>, Given> given;

  ConfigValues(Map<ConfigSetting<?>, Given> given) {
    this.given = Map.copyOf(given);
  }

  /** A value of the file and where it stands. */
  record Given(Object value, Place place) {}

  /** The value that the file or the default gives, or null when neither does. */
  @SuppressWarnings("unchecked") // a setting's value was read by that setting
  public <T> @Nullable T find(ConfigSetting<T> setting) {
    Given value = given.get(setting);
    return value == null ? setting.defaultValue() : (T) value.value();
  }

  /**
   * The value of a setting that has a default.
   *
   * @throws IllegalArgumentException if it has none and the file says nothing
   */
  public <T> T get(ConfigSetting<T> setting) {
    T value = find(setting);
    if (value == null) {
      throw new IllegalArgumentException("no default: " + String.join(".", setting.keys()));
    }
    return value;
  }

  /** Where the file says it, or null when it does not. */
  public @Nullable Place place(ConfigSetting<?> setting) {
    Given value = given.get(setting);
    return value == null ? null : value.place();
  }
}
