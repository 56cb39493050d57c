package io.governor.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether objects of a host are JSON values, as a reader of this library builds them: numbers
 * are bounded as in a text.
 */
public final class JsonTree {

  private static final String BEYOND =
      "expected numbers of at most "
          + Decimals.MAX_DIGITS
          + " digits with an exponent of at most "
          + Decimals.MAX_EXPONENT;

  private int left;

  private JsonTree(int values) {
    this.left = values;
  }

  /**
   * What keeps a tree from being JSON within the limits, or null. A tree that contains itself is
   * too deep.
   */
  public static @Nullable String problem(@Nullable Object value, StrictJson.Limits limits) {
    return new JsonTree((int) Math.min(limits.maxTokens(), Integer.MAX_VALUE))
        .look(value, limits.depth());
  }

  private @Nullable String look(@Nullable Object value, int depth) {
    if (depth < 0) {
      return "expected fewer levels of objects and arrays";
    }
    if (left-- <= 0) {
      return "expected fewer values";
    }
    if (value instanceof Map<?, ?> members) {
      return lookAtMembers(members, depth - 1);
    }
    if (value instanceof List<?> items) {
      return lookAtItems(items, depth - 1);
    }
    if (!isScalar(value)) {
      return "expected JSON values: maps, lists, strings, numbers, booleans and nulls";
    }
    return isBounded(value) ? null : BEYOND;
  }

  private static boolean isBounded(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return Decimals.isBounded(decimal);
    }
    return !(value instanceof BigInteger integer) || Decimals.isBounded(integer);
  }

  private @Nullable String lookAtMembers(Map<?, ?> members, int depth) {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String problem =
          member.getKey() instanceof String
              ? look(member.getValue(), depth)
              : "expected names that are strings";
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String lookAtItems(List<?> items, int depth) {
    for (Object item : items) {
      String problem = look(item, depth);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static boolean isScalar(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue());
    }
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal;
  }
}
