package io.governor.policy;

import io.governor.json.CanonicalJson;
import io.governor.yaml.PlainScalars;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree of plain data as YAML for people, or on one line as JSON. Texts stand without
 * quotes only where YAML 1.1 and 1.2 both read them as what they are. Used once, by one thread.
 */
final class YamlText {

  /** Longer keys must be announced: a parser looks ahead so far only. */
  private static final int LONGEST_KEY = 120;

  /** A list of scalars stays on one line up to here. */
  private static final int LINE = 100;

  private final StringBuilder out = new StringBuilder();

  /** A block of YAML. */
  String document(Map<String, @Nullable Object> tree) {
    block(tree, 0);
    return out.toString();
  }

  /** One line that is JSON, and YAML too. */
  String flow(Object tree) {
    json(tree);
    return out.toString();
  }

  private void block(Map<?, ?> mapping, int indent) {
    boolean first = true;
    for (Map.Entry<?, ?> entry : mapping.entrySet()) {
      if (!first) {
        indent(indent);
      }
      first = false;
      key(String.valueOf(entry.getKey()), indent);
      value(entry.getValue(), indent);
    }
  }

  private void key(String key, int indent) {
    String text = scalar(key);
    if (text.length() > LONGEST_KEY) {
      out.append("? ").append(text).append('\n');
      indent(indent);
    } else {
      out.append(text);
    }
    out.append(':');
  }

  private void value(@Nullable Object value, int indent) {
    if (value instanceof Map<?, ?> mapping && !mapping.isEmpty()) {
      out.append('\n');
      indent(indent + 2);
      block(mapping, indent + 2);
    } else if (value instanceof List<?> items && !isShort(items)) {
      out.append('\n');
      items(items, indent + 2);
    } else {
      out.append(' ').append(inline(value)).append('\n');
    }
  }

  private void items(List<?> items, int indent) {
    for (Object item : items) {
      indent(indent);
      if (item instanceof Map<?, ?> mapping && !mapping.isEmpty()) {
        out.append("- ");
        block(mapping, indent + 2);
      } else if (item instanceof List<?> list && !isShort(list)) {
        out.append("-\n");
        items(list, indent + 2);
      } else {
        out.append("- ").append(inline(item)).append('\n');
      }
    }
  }

  private void indent(int columns) {
    out.append(" ".repeat(columns));
  }

  private static boolean isShort(List<?> items) {
    return items.stream().noneMatch(item -> item instanceof Map || item instanceof List)
        && inline(items).length() <= LINE;
  }

  private static String inline(@Nullable Object value) {
    if (value instanceof String text) {
      return scalar(text);
    }
    if (value instanceof List<?> items) {
      return "[" + String.join(", ", items.stream().map(YamlText::inline).toList()) + "]";
    }
    if (value instanceof Map) {
      return "{}";
    }
    return CanonicalJson.text(value);
  }

  private static String scalar(String text) {
    if (isPlain(text)) {
      return text;
    }
    return isPattern(text) ? "'" + text + "'" : quoted(text);
  }

  /** Single quotes leave backslashes alone, of which patterns are full. */
  private static boolean isPattern(String text) {
    return text.indexOf('\\') >= 0 && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\'');
  }

  /** Words of letters and digits with single blanks and a few marks inside, and nothing else. */
  private static boolean isPlain(String text) {
    if (text.isEmpty() || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = i + 1 < text.length();
      if (!isLetter(c) && !isDigit(c) && "._-/".indexOf(c) < 0 && !(c == ' ' && inside)) {
        return false;
      }
    }
    return PlainScalars.YAML_1_1.resolve(text) instanceof String
        && PlainScalars.YAML_1_2.resolve(text) instanceof String;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void json(@Nullable Object value) {
    if (value instanceof Map<?, ?> mapping) {
      out.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : mapping.entrySet()) {
        out.append(separator).append(quoted(String.valueOf(entry.getKey()))).append(": ");
        json(entry.getValue());
        separator = ", ";
      }
      out.append('}');
    } else if (value instanceof List<?> items) {
      out.append('[');
      String separator = "";
      for (Object item : items) {
        out.append(separator);
        json(item);
        separator = ", ";
      }
      out.append(']');
    } else {
      out.append(value instanceof String text ? quoted(text) : CanonicalJson.text(value));
    }
  }

  /** In double quotes, with the escapes that JSON and YAML share. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (mayStand(c)) {
            quoted.append(c);
          } else {
            quoted.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** Not what cannot be seen, and not what some reader takes for the end of a line. */
  private static boolean mayStand(char c) {
    return Character.isSurrogate(c)
        || (c >= ' ' && c < 0x7f)
        || (c > 0xa0
            && c < 0xfffe
            && Character.getType(c) != Character.FORMAT
            && Character.getType(c) != Character.LINE_SEPARATOR
            && Character.getType(c) != Character.PARAGRAPH_SEPARATOR);
  }
}
