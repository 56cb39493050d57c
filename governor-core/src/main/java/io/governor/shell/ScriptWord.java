package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One word of a script as parts that keep what the shell would do with them. Immutable.
 *
 * @param parts its parts in order; none for {@code ''}
 */
record ScriptWord(List<Part> parts) {

  /** A piece of a word. */
  sealed interface Part {}

  /**
   * Text that stands for itself.
   *
   * @param text the text, escapes taken off
   * @param quoted whether quotes or a backslash kept the shell from reading more into it
   */
  record Literal(String text, boolean quoted) implements Part {
    @Override
    public String toString() {
      return "Literal[" + text.length() + " characters]";
    }
  }

  /**
   * The value of a variable.
   *
   * @param name its name
   * @param quoted whether its value stays one word
   * @param fallback what stands for it when it is unset, or null for nothing
   */
  record Variable(String name, boolean quoted, @Nullable String fallback) implements Part {
    @Override
    public String toString() {
      return "Variable";
    }
  }

  /**
   * A value only a running shell knows: of a substitution, an arithmetic, an array.
   *
   * @param inside what it could be, or be made of, as far as the text says
   * @param variable whether a variable holds it
   */
  record Unknown(List<ScriptWord> inside, boolean variable) implements Part {
    @Override
    public String toString() {
      return "Unknown[" + inside.size() + " words]";
    }
  }

  ScriptWord {
    parts = List.copyOf(parts);
  }

  /** The word when it is one piece of unquoted text, as reserved words and names are, or null. */
  @Nullable String bareText() {
    return parts.size() == 1 && parts.get(0) instanceof Literal literal && !literal.quoted()
        ? literal.text()
        : null;
  }

  /** The word when nothing in it depends on a running shell, or null. */
  @Nullable String literalText() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Literal literal)) {
        return null;
      }
      text.append(literal.text());
    }
    return text.toString();
  }

  /** Whether the text says what a value could be that only a running shell knows. */
  boolean hasAlternatives() {
    return parts.stream()
        .anyMatch(
            part ->
                (part instanceof Unknown unknown && !unknown.inside().isEmpty())
                    || (part instanceof Variable variable && variable.fallback() != null));
  }

  /** The words its values could be or be made of, one level deep. */
  List<ScriptWord> inside() {
    List<ScriptWord> inside = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Unknown unknown) {
        inside.addAll(unknown.inside());
      }
    }
    return inside;
  }

  boolean hasQuoted() {
    return parts.stream().anyMatch(part -> part instanceof Literal literal && literal.quoted());
  }

  /**
   * The name this word assigns to, or null. Names of digits first are taken too: what some shell
   * takes for an assignment must not hide the command after it.
   */
  @Nullable String assignedName() {
    if (parts.isEmpty() || !(parts.get(0) instanceof Literal first) || first.quoted()) {
      return null;
    }
    int equals = first.text().indexOf('=');
    int end = equals > 0 && first.text().charAt(equals - 1) == '+' ? equals - 1 : equals;
    return end > 0 && isName(first.text(), end) ? first.text().substring(0, end) : null;
  }

  /** Whether the assignment adds to a value instead of replacing it. */
  boolean appends() {
    return parts.get(0) instanceof Literal first && first.text().contains("+=");
  }

  /** What stands after the first {@code =}. */
  ScriptWord assignedValue() {
    Literal first = (Literal) parts.get(0);
    List<Part> value = new ArrayList<>(parts);
    value.set(0, new Literal(first.text().substring(first.text().indexOf('=') + 1), false));
    return new ScriptWord(value);
  }

  private static boolean isName(String text, int end) {
    return text.chars().limit(end).allMatch(ScriptWord::isNameCharacter);
  }

  static boolean isNameCharacter(int c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Sizes only: a word is what the user typed. */
  @Override
  public String toString() {
    return "ScriptWord[" + parts.size() + " parts]";
  }
}
