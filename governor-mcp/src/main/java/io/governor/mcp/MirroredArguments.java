package io.governor.mcp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool that go with its call over HTTP as header fields {@code Mcp-Param-*} too,
 * by what its schema says under {@code x-mcp-header} (specification 2026-07-28, streamable HTTP,
 * custom headers from tool parameters). Immutable.
 */
final class MirroredArguments {

  static final MirroredArguments NONE = new MirroredArguments(List.of());

  static final String PREFIX = "Mcp-Param-";

  /** As many of a tool's are remembered, so deep. */
  private static final int MAX = 64;

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private record Field(String name, List<String> path) {}

  private final List<Field> fields;

  private MirroredArguments(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /** What a schema of arguments says; declarations that the specification rules out are nobody's. */
  static MirroredArguments of(@Nullable Object schema) {
    List<Field> found = new ArrayList<>();
    find(schema, List.of(), found);
    return found.isEmpty() ? NONE : new MirroredArguments(found);
  }

  private static void find(@Nullable Object schema, List<String> path, List<Field> found) {
    if (!(schema instanceof Map<?, ?> members) || path.size() > MAX) {
      return;
    }
    if (members.get("x-mcp-header") instanceof String name && isToken(name) && !path.isEmpty()) {
      add(new Field(name, path), found);
    }
    if (members.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((name, each) -> find(each, joined(path, name.toString()), found));
    }
  }

  private static void add(Field field, List<Field> found) {
    if (found.size() < MAX && found.stream().noneMatch(each -> isSame(each, field))) {
      found.add(field);
    }
  }

  private static boolean isSame(Field one, Field other) {
    return one.name().toLowerCase(Locale.ROOT).equals(other.name().toLowerCase(Locale.ROOT));
  }

  private static List<String> joined(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /** RFC 9110, section 5.6.2. */
  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.length() <= 256
        && name.chars()
            .allMatch(
                c ->
                    (c >= '0' && c <= '9')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }

  /** Tells the fields that go with a call's arguments, names and values as they are written. */
  void forEach(@Nullable Object arguments, BiConsumer<String, String> to) {
    for (Field field : fields) {
      String text = text(at(arguments, field.path()));
      if (text != null) {
        to.accept(PREFIX + field.name(), HeaderText.of(text));
      }
    }
  }

  private static @Nullable Object at(@Nullable Object arguments, List<String> path) {
    Object value = arguments;
    for (String name : path) {
      value = value instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return value;
  }

  /** How an argument is written in a field; null for one that has none. */
  static @Nullable String text(@Nullable Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    return value instanceof Number number ? text(number) : null;
  }

  /** Without a fraction or an exponent that says nothing, as far as no long text comes of it. */
  private static String text(Number number) {
    BigDecimal exact = new BigDecimal(number.toString());
    return Math.abs((long) exact.scale()) > 64
        ? number.toString()
        : exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return "MirroredArguments[" + fields.size() + "]";
  }
}
