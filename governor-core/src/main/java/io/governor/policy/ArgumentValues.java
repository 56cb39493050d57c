package io.governor.policy;

import io.governor.json.Decimals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When two values of JSON are equal. */
final class ArgumentValues {

  private ArgumentValues() {}

  /** Equal as JSON: numbers by value, objects whatever the order of their members. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Decimals.compare(a, b) == 0;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return equalItems(a, b);
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return equalMembers(a, b);
    }
    return left == null ? right == null : left.equals(right);
  }

  private static boolean equalItems(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMembers(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> member : left.entrySet()) {
      if (!right.containsKey(member.getKey())
          || !equal(member.getValue(), right.get(member.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
