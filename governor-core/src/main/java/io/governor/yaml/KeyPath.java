package io.governor.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * The way to a value through mappings and lists, for people to read: {@code
 * high_consequence.operations[0].domain}; the document itself is {@code <root>}. Immutable.
 *
 * @param steps names (strings) and positions (integers from 0), from the root on
 */
public record KeyPath(List<Object> steps) {

  /** The document itself. */
  public static final KeyPath ROOT = new KeyPath(List.of());

  private static final int LONGEST_NAME = 64;

  public KeyPath {
    steps = List.copyOf(steps);
  }

  /** The path of names given. */
  public static KeyPath of(String... names) {
    return new KeyPath(List.of((Object[]) names));
  }

  /** The path of a member of the mapping here. */
  public KeyPath name(String name) {
    return then(name);
  }

  /** The path of an item of the list here. */
  public KeyPath item(int index) {
    return then(index);
  }

  /** The path without its last step; the root's is the root. */
  public KeyPath parent() {
    return new KeyPath(steps.subList(0, Math.max(0, steps.size() - 1)));
  }

  private KeyPath then(Object step) {
    List<Object> longer = new ArrayList<>(steps.size() + 1);
    longer.addAll(steps);
    longer.add(step);
    return new KeyPath(longer);
  }

  /** One line: names are cut at 64 characters, and control characters in them become {@code ?}. */
  @Override
  public String toString() {
    if (steps.isEmpty()) {
      return "<root>";
    }
    StringBuilder text = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof Integer index) {
        text.append('[').append((int) index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(shown((String) step));
      }
    }
    return text.toString();
  }

  /** A name for people: cut at 64 characters, on one line. */
  public static String shown(String name) {
    return oneLine(name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…");
  }

  /** The text with every control and formatting character as a question mark. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
