package io.governor.hooks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result whose texts are not to be seen, in the form of the one there was: agents check it. */
final class WithheldResult {

  /** Words that say of what kind a part is; they are the agent's own. */
  private static final String KIND = "type";

  private static final int LONGEST_KIND = 32;

  private WithheldResult() {}

  /** The value with the message for every text in it; trees are as deep as payloads may be. */
  static @Nullable Object of(@Nullable Object value, String message) {
    if (value instanceof String text) {
      return text.isEmpty() ? text : message;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> withheld = new ArrayList<>();
      list.forEach(item -> withheld.add(of(item, message)));
      return withheld;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> withheld = new LinkedHashMap<>();
      map.forEach((name, item) -> withheld.put(name, member(name, item, message)));
      return withheld;
    }
    return value;
  }

  private static @Nullable Object member(Object name, @Nullable Object value, String message) {
    boolean kind =
        name.equals(KIND) && value instanceof String text && text.length() <= LONGEST_KIND;
    return kind ? value : of(value, message);
  }
}
