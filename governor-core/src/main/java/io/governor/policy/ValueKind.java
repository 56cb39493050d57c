package io.governor.policy;

import io.governor.policy.Comparison.JsonType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there may be where a pointer points: nothing, or a value of one of JSON's types. */
enum ValueKind {
  ABSENT,
  NULL,
  BOOLEAN,
  NUMBER,
  TEXT,
  ARRAY,
  OBJECT;

  static ValueKind of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof String) {
      return TEXT;
    }
    if (value instanceof Boolean) {
      return BOOLEAN;
    }
    if (value instanceof Number) {
      return NUMBER;
    }
    return value instanceof List<?> ? ARRAY : value instanceof Map<?, ?> ? OBJECT : ABSENT;
  }

  /** Whether all values of this kind are of the type. */
  boolean isOf(JsonType type) {
    return name().equals(type.name());
  }
}
