package io.governor.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What rules warn of, told to the model beside the result of a tool. */
final class Notes {

  private Notes() {}

  /** The result with one more text; as it is where nothing is to be told, or nobody would read. */
  static @Nullable Object beside(@Nullable Object result, List<String> before, List<String> after) {
    Set<String> notes = new LinkedHashSet<>(before);
    notes.addAll(after);
    if (notes.isEmpty()
        || !(result instanceof Map<?, ?> members)
        || !(members.get("content") instanceof List<?> content)) {
      return result;
    }
    List<@Nullable Object> told = new ArrayList<>(content);
    told.add(Map.of("type", "text", "text", String.join("\n", notes)));
    Map<Object, @Nullable Object> beside = new LinkedHashMap<>(members);
    beside.put("content", told);
    return beside;
  }
}
