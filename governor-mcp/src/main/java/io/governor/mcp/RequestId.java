package io.governor.mcp;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request: a string or a number, and those are never the same id. Numbers that are
 * equal are, however they are written.
 */
record RequestId(Object value) {

  /**
   * The id a message bears.
   *
   * @return null for what JSON-RPC does not take as an id
   */
  static @Nullable RequestId of(@Nullable Object value) {
    if (value instanceof String) {
      return new RequestId(value);
    }
    if (value instanceof Number number) {
      return finite(number);
    }
    return null;
  }

  /** The id written as JSON, or null when it is none. */
  static @Nullable RequestId read(String json) {
    try {
      return of(StrictJson.parse(json, Frame.LIMITS));
    } catch (JsonProblem e) {
      return null;
    }
  }

  private static @Nullable RequestId finite(Number number) {
    try {
      BigDecimal exact = new BigDecimal(number.toString());
      return new RequestId(exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
