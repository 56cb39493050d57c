package io.governor.json;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The size measure of the execution record, section 4: characters of the JSON text divided by four,
 * at least 1. The text is counted, never written. A value that cannot be sized (a cycle, more than
 * {@value #MAX_DEPTH} levels, more than 2^26 items or 2^27 characters, an object that throws) has
 * size 1. Any thread may use it; the value must not change meanwhile, or its size is arbitrary.
 */
public final class JsonSize {

  private static final int MAX_DEPTH = 512;
  private static final long MAX_ITEMS = 1L << 26;
  private static final long MAX_CHARACTERS = 1L << 27;
  private static final int INFINITY_LENGTH = 8;

  private long characters;
  private long items;

  private JsonSize() {}

  /**
   * The size of a tree of maps, collections, arrays, text, numbers, truth values and null. Any
   * other object counts as the JSON string of its text form. Never throws because of the value.
   */
  public static long tokens(@Nullable Object value) {
    JsonSize size = new JsonSize();
    try {
      size.add(value, 0);
    } catch (Exception | StackOverflowError | LinkageError e) {
      return 1;
    }
    return tokensOf(size.characters);
  }

  /** The size of a text as a JSON string. */
  public static long tokensOfText(String text) {
    return tokensOf(stringLength(text));
  }

  private static long tokensOf(long characters) {
    return Math.max(1, characters / 4);
  }

  private void add(@Nullable Object value, int depth) {
    if (++items > MAX_ITEMS || characters > MAX_CHARACTERS || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("a value without a size");
    }
    if (value == null || Boolean.TRUE.equals(value)) {
      characters += 4;
    } else if (Boolean.FALSE.equals(value)) {
      characters += 5;
    } else if (value instanceof CharSequence text) {
      characters += stringLength(text);
    } else if (value instanceof Number number) {
      characters += numberLength(number);
    } else if (value instanceof Map<?, ?> map) {
      addMap(map, depth);
    } else if (value instanceof Collection<?> list) {
      addCollection(list, depth);
    } else if (value.getClass().isArray()) {
      addArray(value, depth);
    } else {
      characters += stringLength(value.toString());
    }
  }

  // The n - 1 separators of two characters and the two brackets make two characters per item.

  private void addMap(Map<?, ?> map, int depth) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      characters += 4;
      characters += stringLength(key instanceof CharSequence text ? text : String.valueOf(key));
      add(entry.getValue(), depth + 1);
    }
    characters += map.isEmpty() ? 2 : 0;
  }

  private void addCollection(Collection<?> list, int depth) {
    for (Object item : list) {
      characters += 2;
      add(item, depth + 1);
    }
    characters += list.isEmpty() ? 2 : 0;
  }

  private void addArray(Object array, int depth) {
    int length = Array.getLength(array);
    for (int i = 0; i < length; i++) {
      characters += 2;
      add(Array.get(array, i), depth + 1);
    }
    characters += length == 0 ? 2 : 0;
  }

  private static long numberLength(Number number) {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicInteger
        || number instanceof AtomicLong) {
      return longLength(number.longValue());
    }
    if (number instanceof BigInteger integer) {
      return JsonNumbers.length(integer);
    }
    if (number instanceof BigDecimal decimal && decimal.scale() == 0) {
      return JsonNumbers.length(decimal.unscaledValue());
    }
    // A float is read by its text: 0.1f stands for 0.1 wherever it is written.
    double value =
        number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
    return Double.isInfinite(value) ? INFINITY_LENGTH : JsonNumbers.text(value).length();
  }

  private static int longLength(long value) {
    int length = value < 0 ? 2 : 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    return length;
  }

  private static long stringLength(CharSequence text) {
    long length = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c <= 0x7e && c != '"' && c != '\\') {
        length++;
      } else {
        length += JsonWriter.shortEscape(c) == 0 ? 6 : 2;
      }
    }
    return length;
  }
}
