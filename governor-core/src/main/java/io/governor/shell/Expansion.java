package io.governor.shell;

import io.governor.shell.ScriptWord.Literal;
import io.governor.shell.ScriptWord.Part;
import io.governor.shell.ScriptWord.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a word into the words a shell would make of it: braces, tilde, variables, splitting
 * (POSIX.1-2017, 2.6). Patterns stay as typed, values that are not known become {@link Unknown}.
 * Used by one thread.
 */
final class Expansion {
  private static final int MAX_WORD = 1 << 16;

  private final Variables variables;
  private final Places places;
  private final ReadingBudget budget;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private boolean likely;
  private boolean unsure;

  Expansion(Variables variables, Places places, ReadingBudget budget) {
    this.variables = variables;
    this.places = places;
    this.budget = budget;
  }

  /** Takes for a value that is not known what the text says it could be. */
  Expansion likely() {
    likely = true;
    return this;
  }

  /** Whether a variable was used whose value is not known for sure. */
  boolean unsure() {
    return unsure;
  }

  /**
   * @param directory where the shell is at that moment, or null when that is not known
   */
  List<String> words(ScriptWord source, @Nullable String directory) {
    for (List<Part> parts : Braces.expand(source.parts(), budget)) {
      expand(parts, directory);
    }
    return words;
  }

  /** The word as one, as the value of a variable is taken. */
  String text(ScriptWord source, @Nullable String directory) {
    expand(source.parts(), directory);
    return String.join(" ", words);
  }

  private void expand(List<Part> parts, @Nullable String directory) {
    append(parts, directory);
    endWord();
  }

  private void append(List<Part> parts, @Nullable String directory) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part instanceof Literal literal) {
        literal(literal, i == 0);
      } else if (part instanceof Variable variable) {
        variable(variable, directory);
      } else if (part instanceof ScriptWord.Unknown unknown) {
        unknown(unknown, directory);
      }
    }
  }

  private void unknown(ScriptWord.Unknown unknown, @Nullable String directory) {
    unsure |= unknown.variable();
    if (likely && !unknown.inside().isEmpty()) {
      append(unknown.inside().get(0).parts(), directory);
    } else {
      append(String.valueOf(Unknown.VALUE));
    }
  }

  private void literal(Literal literal, boolean first) {
    String text = literal.text();
    begun = true;
    if (first && !literal.quoted() && text.startsWith("~")) {
      tilde(text);
    } else {
      append(text);
    }
  }

  private void tilde(String text) {
    int slash = text.indexOf('/');
    String user = slash < 0 ? text : text.substring(0, slash);
    append(user.equals("~") ? home() : String.valueOf(Unknown.VALUE));
    append(text.substring(user.length()));
  }

  private String home() {
    @Nullable String set = variables.get("HOME");
    if (set != null) {
      return set;
    }
    return places.home() == null ? String.valueOf(Unknown.VALUE) : places.home();
  }

  private void variable(Variable variable, @Nullable String directory) {
    String value = value(variable, directory);
    boolean known = Unknown.isKnown(value) || value.equals(String.valueOf(Unknown.TEMPORARY));
    unsure |= !known && "?#$!-".indexOf(variable.name()) < 0;
    if (likely && !known && variable.fallback() != null) {
      literal(new Literal(variable.fallback(), variable.quoted()), !begun);
    } else if (variable.quoted()) {
      begun = true;
      append(value);
    } else {
      split(value);
    }
  }

  private void split(String value) {
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      if (Syntax.isBlank(value.charAt(i)) || value.charAt(i) == '\n') {
        append(value.substring(start, i));
        endWord();
        start = i + 1;
      }
    }
    append(value.substring(start));
  }

  private String value(Variable variable, @Nullable String directory) {
    @Nullable String set = variables.get(variable.name());
    if (set != null) {
      return set;
    }
    return switch (variable.name()) {
      case "HOME" -> home();
      case "IFS" -> " ";
      case "TMPDIR" -> temporary(variable.fallback());
      case "PWD" -> directory(directory);
      default -> String.valueOf(Unknown.VALUE);
    };
  }

  private static String temporary(@Nullable String fallback) {
    boolean safe = fallback == null || Places.isTemporary(fallback);
    return String.valueOf(safe ? Unknown.TEMPORARY : Unknown.VALUE);
  }

  /** Where nobody told the starting directory, a dot names it as well. */
  private static String directory(@Nullable String directory) {
    if (directory == null) {
      return String.valueOf(Unknown.VALUE);
    }
    return directory.startsWith("/") ? directory : "./" + directory;
  }

  private void append(String text) {
    boolean fits =
        text.length() + word.length() <= MAX_WORD && budget.admitExpansion(text.length());
    begun |= !text.isEmpty();
    word.append(fits ? text : String.valueOf(Unknown.VALUE));
  }

  private void endWord() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }
}
