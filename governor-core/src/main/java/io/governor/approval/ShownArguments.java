package io.governor.approval;

import io.governor.ToolArguments;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as a person reads them before agreeing: the values, not the spelling the model chose,
 * as JSON over several lines. What is no JSON object is shown as it came.
 */
final class ShownArguments {

  /** Deeper levels stand below one another, lest blanks take the room. */
  private static final int MOST_INDENTED = 10;

  private final BoundedText out;

  private ShownArguments(BoundedText out) {
    this.out = out;
  }

  /**
   * @param bound how many UTF-16 characters are kept
   */
  static BoundedText of(ToolArguments arguments, int bound) {
    BoundedText out = new BoundedText(bound);
    String text = arguments.text();
    if (text != null && arguments.problem() != null) {
      return out.visible(text, false);
    }
    new ShownArguments(out).value(arguments.asMap(), 0);
    return out;
  }

  private void value(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> members) {
      object(members, depth);
    } else if (value instanceof List<?> items) {
      array(items, depth);
    } else if (value instanceof String text) {
      string(text);
    } else {
      out.visible(String.valueOf(value), false);
    }
  }

  private void object(Map<?, ?> members, int depth) {
    out.plain("{");
    int at = 0;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      line(at++, depth + 1);
      string(String.valueOf(member.getKey()));
      out.plain(": ");
      value(member.getValue(), depth + 1);
    }
    end(at, depth);
    out.plain("}");
  }

  private void array(List<?> items, int depth) {
    out.plain("[");
    int at = 0;
    for (Object item : items) {
      line(at++, depth + 1);
      value(item, depth + 1);
    }
    end(at, depth);
    out.plain("]");
  }

  private void line(int index, int depth) {
    out.plain(index == 0 ? "\n" : ",\n").plain("  ".repeat(Math.min(depth, MOST_INDENTED)));
  }

  private void end(int count, int depth) {
    if (count > 0) {
      out.plain("\n").plain("  ".repeat(Math.min(depth, MOST_INDENTED)));
    }
  }

  private void string(String text) {
    out.plain("\"").visible(text, true).plain("\"");
  }
}
