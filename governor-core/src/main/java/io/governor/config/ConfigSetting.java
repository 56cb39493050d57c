package io.governor.config;

import io.governor.json.Decimals;
import java.math.BigDecimal;
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

  /**
   * How many items a list may have.
   *
   * @param most at least 1
   */
  record Items(int least, int most) {

    boolean accept(int size) {
      return size >= least && size <= most;
    }
  }

  private final List<String> keys;
  private final String expected;
  private final Map<String, T> words;
  private final Function<Object, @Nullable T> reading;
  private final @Nullable T defaultValue;
  private final String defaultInWords;
  private final @Nullable Items items;
  private final Function<Object, ? extends @Nullable Object> itemReading;

  private ConfigSetting(
      String key,
      String expected,
      Map<String, T> words,
      Function<Object, @Nullable T> reading,
      @Nullable T defaultValue,
      String defaultInWords) {
    this(key, expected, words, reading, defaultValue, defaultInWords, null, value -> null);
  }

  private ConfigSetting(
      String key,
      String expected,
      Map<String, T> words,
      Function<Object, @Nullable T> reading,
      @Nullable T defaultValue,
      String defaultInWords,
      @Nullable Items items,
      Function<Object, ? extends @Nullable Object> itemReading) {
    this.keys = List.of(key.split("\\.", -1));
    this.expected = expected;
    this.words = words;
    this.reading = reading;
    this.defaultValue = defaultValue;
    this.defaultInWords = defaultInWords;
    this.items = items;
    this.itemReading = itemReading;
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

  /**
   * A text of at most 4096 characters that has a form of its own, without a default value.
   *
   * @param expected what is accepted, for messages
   * @param form the value, or null when the text does not have the form
   * @param otherwise what holds without it, for people
   */
  public static <T> ConfigSetting<T> formed(
      String key, String expected, Function<String, @Nullable T> form, String otherwise) {
    return new ConfigSetting<>(
        key, expected, Map.of(), value -> formed(value, form), null, otherwise);
  }

  /**
   * A list of texts of at most 4096 characters each, empty when nothing is said.
   *
   * @param expected what an item is, for messages
   * @param form the value of an item, or null when the text does not have the form
   * @param least how many items a list that is written has at least
   * @param most how many at most
   * @param otherwise what holds without it, for people
   */
  public static <T> ConfigSetting<List<T>> list(
      String key,
      String expected,
      Function<String, @Nullable T> form,
      int least,
      int most,
      String otherwise) {
    return new ConfigSetting<>(
        key,
        expected,
        Map.of(),
        value -> null,
        List.of(),
        otherwise,
        new Items(least, most),
        value -> formed(value, form));
  }

  /** A whole number, both bounds included. */
  public static ConfigSetting<Long> number(
      String key, long least, long most, long defaultValue, String otherwise) {
    return new ConfigSetting<>(
        key,
        "a whole number from " + least + " to " + most,
        Map.of(),
        value -> value instanceof Long n && n >= least && n <= most ? n : null,
        defaultValue,
        otherwise);
  }

  /**
   * A decimal number that has no default value, both bounds included, exactly as it is written.
   *
   * @param scale how many decimals it has at most
   * @param otherwise what holds without it, for people
   */
  public static ConfigSetting<BigDecimal> decimal(
      String key, BigDecimal least, BigDecimal most, int scale, String otherwise) {
    return new ConfigSetting<>(
        key,
        "a number from "
            + least.toPlainString()
            + " to "
            + most.toPlainString()
            + " with at most "
            + scale
            + " decimals",
        Map.of(),
        value -> decimal(value, least, most, scale),
        null,
        otherwise);
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

  /**
   * The same without a default value.
   *
   * @param otherwise what holds without it, for people
   */
  public static ConfigSetting<Duration> optionalDuration(
      String key, Duration least, Duration most, String otherwise) {
    return new ConfigSetting<>(
        key,
        "an ISO 8601 duration from " + least + " to " + inDays(most) + ", such as " + least,
        Map.of(),
        value -> duration(value, least, most),
        null,
        otherwise);
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

  private static <T> @Nullable T formed(Object value, Function<String, @Nullable T> form) {
    String text = shortText(value);
    return text == null ? null : form.apply(text);
  }

  private static @Nullable BigDecimal decimal(
      Object value, BigDecimal least, BigDecimal most, int scale) {
    BigDecimal number = Decimals.of(value);
    boolean accepted =
        number != null
            && number.compareTo(least) >= 0
            && number.compareTo(most) <= 0
            && number.stripTrailingZeros().scale() <= scale;
    return accepted ? number : null;
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

  /** How many items there may be, or null when it is no list. */
  @Nullable Items items() {
    return items;
  }

  /** An item as it is used, or null when it is not accepted. */
  @Nullable Object readItem(Object scalar) {
    return itemReading.apply(scalar);
  }

  /** The value as it is used, or null when it is not accepted. */
  @Nullable T read(Object scalar) {
    return reading.apply(scalar);
  }
}
