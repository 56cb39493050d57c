package io.governor.mcp.sdk;

import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree as a mapper leaves it: mostly JSON, but for what only its writer would have turned. */
final class WireTree {

  /** The id of the only request of a connection. */
  static final int ID = 1;

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(1000, 16 << 20, 1 << 16, 64L << 20, 4_000_000, true);

  private WireTree() {}

  /**
   * The tree in UTF-8.
   *
   * @throws IllegalArgumentException for what is no value of JSON
   */
  static byte[] bytes(@Nullable Object tree) {
    return CanonicalJson.text(plain(tree)).getBytes(StandardCharsets.UTF_8);
  }

  /** A request of a connection that holds no other. */
  static byte[] request(String method, Object params) {
    return bytes(Map.of("jsonrpc", "2.0", "id", ID, "method", method, "params", params));
  }

  /** Its answer. */
  static byte[] answer(String member, Object value) {
    return bytes(Map.of("jsonrpc", "2.0", "id", ID, member, value));
  }

  /** The members of a message, with numbers of the types that a mapper gives them. */
  static Map<?, ?> members(byte[] message) throws JsonProblem {
    return mapped(StrictJson.parse(message, LIMITS)) instanceof Map<?, ?> members
        ? members
        : Map.of();
  }

  private static @Nullable Object mapped(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put(name, mapped(member)));
      return members;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(mapped(item)));
      return items;
    }
    if (value instanceof Long number && number.intValue() == number) {
      return number.intValue();
    }
    return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put(name, plain(member)));
      return members;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    boolean noNumber =
        (value instanceof Double real && !Double.isFinite(real))
            || (value instanceof Float single && !Float.isFinite(single));
    return noNumber ? String.valueOf(value) : value;
  }
}
