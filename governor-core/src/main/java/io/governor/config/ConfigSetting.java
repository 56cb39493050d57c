package io.governor.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value that an operator may set: where it stands in its section, what is accepted, and what
 * holds when nothing is said. Immutable; safe to share between threads.
 *
 * @param <T> what the value is read as
 */
public final class ConfigSetting<T> {

  private static final int LONGEST_TEXT = 4096;

  private final List<String> keys;
  private final String expected;
  private final Map<String, T> words;
  private final Function<Object, @Nullable T> reading;
  private final @Nullable T defaultValue;
  private final String defaultInWords;

  private ConfigSetting(
      String key,
      String expected,
      Map<String, T> words,
      Function<Object, @Nullable T> reading,
      @Nullable T defaultValue,
      String defaultInWords) {
    this.keys = List.of(key.split("\\.", -1));
    this.expected = expected;
    this.words = words;
    this.reading = reading;
    this.defaultValue = defaultValue;
    this.defaultInWords = defaultInWords;
  }

  /**
   * A text of at most 4096 characters that has no default value.
   *
   * @param key the way to it in its section, such as {@code daemon.idle}
   * @param expected what the text is, for messages: {@code the path of a policy file}
   * @param otherwise what holds without it, for people
   */
  public static ConfigSetting<String> text(String key, String expected, String otherwise) {
    return new ConfigSetting<>(key, expected, Map.of(), value -> shortText(value), null, otherwise);
  }

  /** True or false. */
  public static ConfigSetting<Boolean> flag(String key, boolean defaultValue) {
    return new ConfigSetting<>(
        key,
        "true or false",
        Map.of(),
        value -> value instanceof Boolean flag ? flag : null,
        defaultValue,
        String.valueOf(defaultValue));
  }

  /**
   * One of an enum's constants, by its name in lower case, that has no default value.
   *
   * @param otherwise what holds without it, for people
   */
  public static <E extends Enum<E>> ConfigSetting<E> word(
      String key, Class<E> type, String otherwise) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return new ConfigSetting<>(
        key, "", words, value -> value instanceof String s ? words.get(s) : null, null, otherwise);
  }

  /** An ISO 8601 duration of days, hours, minutes and seconds, both bounds included. */
  public static ConfigSetting<Duration> duration(
      String key, Duration least, Duration most, Duration defaultValue) {
    return new ConfigSetting<>(
        key,
        "an ISO 8601 duration from " + least + " to " + inDays(most) + ", such as " + defaultValue,
        Map.of(),
        value -> duration(value, least, most),
        defaultValue,
        defaultValue.toString());
  }

  /** Java itself writes days as hours. */
  private static String inDays(Duration duration) {
    boolean whole = Duration.ofDays(duration.toDays()).equals(duration);
    return whole ? "P" + duration.toDays() + "D" : duration.toString();
  }

  private static @Nullable String shortText(Object value) {
    return value instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT
        ? text
        : null;
  }

  private static @Nullable Duration duration(Object value, Duration least, Duration most) {
    if (!(value instanceof String text) || text.length() > 64) {
      return null;
    }
    try {
      Duration duration = Duration.parse(text);
      return duration.compareTo(least) < 0 || duration.compareTo(most) > 0 ? null : duration;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The way to it in its section. */
  public List<String> keys() {
    return keys;
  }

  /** What holds when nothing is said, or null when that is no value. */
  public @Nullable T defaultValue() {
    return defaultValue;
  }

  /** The same for people. */
  public String defaultInWords() {
    return defaultInWords;
  }

  /** What is accepted, for messages; empty where {@link #words} says it. */
  String expected() {
    return expected;
  }

  /** The words that are accepted; empty when it is not of words. */
  Map<String, T> words() {
    return words;
  }

  /** The value as it is used, or null when it is not accepted. */
  @Nullable T read(Object scalar) {
    return reading.apply(scalar);
  }
}
