package io.governor.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One text for one value: JSON with names sorted by code point and no white space, escapes and
 * numbers as in the execution record, sections 1 and 4, with every digit. Equal trees give equal
 * texts whatever the order of their maps, and trees that differ in a value never do, so a hash of
 * the text identifies the value; 1 and 1.0 have a text each. Any thread may use it.
 */
public final class CanonicalJson {

  /** By code point; {@link String#compareTo} puts the surrogates before U+E000. */
  private static final Comparator<String> BY_CODE_POINT = CanonicalJson::compareCodePoints;

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(128, 64 << 20, 64 << 20, 64L << 20, 16_000_000);

  private final JsonWriter out = new JsonWriter(256);

  private CanonicalJson() {}

  /**
   * The canonical text of a tree of maps with string names, lists, text, numbers, truth values and
   * null, as a JSON or YAML reader of this library builds it; the tree must be free of cycles.
   *
   * @throws IllegalArgumentException for any other object in the tree
   */
  public static String text(@Nullable Object value) {
    CanonicalJson json = new CanonicalJson();
    json.write(value);
    return new String(json.out.buffer(), 0, json.out.length(), StandardCharsets.US_ASCII);
  }

  /**
   * The tree of a canonical text of at most 64 Mi characters; besides JSON it takes the infinities
   * and NaN, which {@link #text} may have written. Numbers that are not written as whole ones are
   * read as doubles.
   */
  public static @Nullable Object parse(String canonicalText) throws JsonProblem {
    return StrictJson.parseCanonical(canonicalText, LIMITS);
  }

  private void write(@Nullable Object value) {
    if (value == null || value instanceof String) {
      out.value((String) value);
    } else if (value instanceof Boolean flag) {
      out.value(flag);
    } else if (Decimals.isLong(value)) {
      out.value(((Number) value).longValue());
    } else if (value instanceof Number number) {
      out.raw(numberText(number).getBytes(StandardCharsets.US_ASCII));
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map);
    } else if (value instanceof List<?> list) {
      writeList(list);
    } else {
      throw new IllegalArgumentException("No JSON value: " + value.getClass().getName());
    }
  }

  private static String numberText(Number number) {
    if (number instanceof BigInteger) {
      return number.toString();
    }
    if (number instanceof BigDecimal decimal) {
      return JsonNumbers.text(decimal);
    }
    if (number instanceof Double || number instanceof Float) {
      return JsonNumbers.text(Decimals.nearest(number));
    }
    throw new IllegalArgumentException("No JSON value: " + number.getClass().getName());
  }

  private void writeMap(Map<?, ?> map) {
    List<String> names = new ArrayList<>(map.size());
    for (Object name : map.keySet()) {
      if (!(name instanceof String text)) {
        throw new IllegalArgumentException("No JSON value: a map with a name that is not a string");
      }
      names.add(text);
    }
    names.sort(BY_CODE_POINT);
    out.beginObject();
    for (int i = 0; i < names.size(); i++) {
      separate(i);
      out.value(names.get(i)).raw(':');
      write(map.get(names.get(i)));
    }
    out.endObject();
  }

  private void writeList(List<?> list) {
    out.beginArray();
    for (int i = 0; i < list.size(); i++) {
      separate(i);
      write(list.get(i));
    }
    out.endArray();
  }

  private void separate(int index) {
    if (index > 0) {
      out.raw(',');
    }
  }

  static int compareCodePoints(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // A surrogate stands for a character above every other one of the two.
        boolean surrogateDiffers = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogateDiffers ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
