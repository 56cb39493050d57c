package io.governor;

import com.google.re2j.Pattern;
import io.governor.pattern.LinearPattern;
import io.governor.pattern.PatternProblem;

/**
 * A pattern over tool names: {@code *} any run of characters, {@code ?} one character, {@code
 * [a-z]} and {@code [!a-z]} a set, {@code {a,b}} either. Matches whole names, case-sensitively, in
 * time linear in the name. Immutable; safe to share between threads.
 */
final class Glob {

  private final String source;
  private final boolean exact;
  private final LinearPattern pattern;

  private Glob(String source, boolean exact, LinearPattern pattern) {
    this.source = source;
    this.exact = exact;
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException if a bracket or brace is not closed, or the glob is too long
   */
  static Glob of(String glob) {
    StringBuilder regex = new StringBuilder("(?s)");
    boolean exact = true;
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> i = set(glob, i, regex);
        case '{' -> {
          regex.append("(?:");
          braces++;
        }
        case '}' -> {
          regex.append(braces > 0 ? ")" : "\\}");
          braces = Math.max(0, braces - 1);
        }
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
      exact &= "*?[{".indexOf(c) < 0;
    }
    if (braces > 0) {
      throw new IllegalArgumentException("glob: expected } to close {");
    }
    return new Glob(glob, exact, compile("\\A(?:" + regex + ")\\z"));
  }

  private static LinearPattern compile(String regex) {
    try {
      return LinearPattern.compile(regex);
    } catch (PatternProblem e) {
      throw new IllegalArgumentException("glob: " + e.getMessage(), e);
    }
  }

  private static int set(String glob, int open, StringBuilder regex) {
    int close = glob.indexOf(']', open + 2);
    if (close < 0) {
      throw new IllegalArgumentException("glob: expected ] to close [ at column " + (open + 1));
    }
    String members = glob.substring(open + 1, close);
    boolean negated = members.startsWith("!");
    regex.append(negated ? "[^" : "[");
    regex.append(
        (negated ? members.substring(1) : members).replace("\\", "\\\\").replace("[", "\\["));
    regex.append(']');
    return close;
  }

  /** Whether the pattern is a plain name. */
  boolean isExact() {
    return exact;
  }

  boolean matches(String name) {
    return exact ? source.equals(name) : pattern.find(name);
  }

  @Override
  public String toString() {
    return source;
  }
}
