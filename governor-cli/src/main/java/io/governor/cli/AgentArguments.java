package io.governor.cli;

import io.governor.mcp.AgentTool.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent gave to one of its tools, read strictly. Stateless. */
final class AgentArguments {

  private AgentArguments() {}

  /**
   * Refuses what a tool's schema has no property for: a misnamed one would be one that is missing.
   */
  static void known(Map<String, @Nullable Object> given, Map<String, ?> schema) throws Refusal {
    List<String> names = new ArrayList<>();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.keySet().forEach(name -> names.add(String.valueOf(name)));
    }
    if (!names.containsAll(given.keySet())) {
      names.sort(null);
      throw new Refusal(
          "arguments: expected "
              + (names.isEmpty() ? "none" : "none but " + String.join(", ", names)));
    }
  }

  static @Nullable String optionalText(Map<String, @Nullable Object> given, String name, int most)
      throws Refusal {
    Object value = given.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && !text.isBlank() && text.length() <= most) {
      return text;
    }
    throw new Refusal(name + ": expected a text of 1 to " + most + " characters");
  }

  static String text(Map<String, @Nullable Object> given, String name, int most) throws Refusal {
    String text = optionalText(given, name, most);
    if (text == null) {
      throw new Refusal(name + ": expected a text of 1 to " + most + " characters");
    }
    return text;
  }

  static int whole(
      Map<String, @Nullable Object> given, String name, int least, int most, int otherwise)
      throws Refusal {
    Object value = given.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long number && number >= least && number <= most) {
      return number.intValue();
    }
    throw new Refusal(name + ": expected a whole number from " + least + " to " + most);
  }

  static List<String> texts(Map<String, @Nullable Object> given, String name, int most, int longest)
      throws Refusal {
    if (!(given.get(name) instanceof List<?> items) || items.isEmpty() || items.size() > most) {
      throw new Refusal(name + ": expected a list of 1 to " + most + " texts");
    }
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text) || text.isBlank() || text.length() > longest) {
        throw new Refusal(name + ": expected texts of 1 to " + longest + " characters");
      }
      texts.add(text);
    }
    return texts;
  }
}
