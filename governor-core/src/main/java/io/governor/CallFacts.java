package io.governor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may look at. Immutable; valid only during the evaluation.
 *
 * @param call the call
 * @param operation what the call does, as classified
 * @param target the system it touches, as classified
 * @param agent who calls
 * @param intent what the session is for, or null when nothing was declared
 * @param origin the adapter the call came through
 * @param sessionId the session
 * @param result the result; null while the call itself is judged
 */
public record CallFacts(
    ToolCall call,
    Operation operation,
    String target,
    Agent agent,
    @Nullable Intent intent,
    Origin origin,
    String sessionId,
    @Nullable ToolResult result) {

  /**
   * The argument at a JSON pointer (RFC 6901), or null when there is none.
   *
   * @throws IllegalArgumentException if the pointer neither is empty nor begins with a slash
   */
  public @Nullable Object argument(String pointer) {
    if (!pointer.isEmpty() && pointer.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "argument pointer: expected a text that begins with a slash");
    }
    Object value = call.arguments().asMap();
    int start = 1;
    while (start <= pointer.length() && value != null) {
      int end = pointer.indexOf('/', start);
      end = end < 0 ? pointer.length() : end;
      value = child(value, pointer.substring(start, end).replace("~1", "/").replace("~0", "~"));
      start = end + 1;
    }
    return value;
  }

  /** The text at a JSON pointer, or the empty text when there is none. */
  public String text(String pointer) {
    return argument(pointer) instanceof String text ? text : "";
  }

  /**
   * The number at a JSON pointer, or NaN when there is none; every comparison with NaN is false.
   */
  public double number(String pointer) {
    return argument(pointer) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static @Nullable Object child(Object parent, String name) {
    if (parent instanceof Map<?, ?> object) {
      return object.get(name);
    }
    if (parent instanceof List<?> array && isIndex(name)) {
      int index = Integer.parseInt(name);
      return index < array.size() ? array.get(index) : null;
    }
    return null;
  }

  private static boolean isIndex(String name) {
    return !name.isEmpty()
        && name.length() <= 9
        && name.chars().allMatch(c -> c >= '0' && c <= '9')
        && (name.length() == 1 || name.charAt(0) != '0');
  }

  /** Names the call without its arguments. */
  @Override
  public String toString() {
    return "CallFacts[" + call + ", " + operation + " " + target + "]";
  }
}
