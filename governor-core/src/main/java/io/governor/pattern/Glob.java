package io.governor.pattern;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over names: {@code *} any run of characters, {@code ?} one character, {@code [a-z]} and
 * {@code [!a-z]} a set, {@code {a,b}} either. Matches whole names, case-sensitively, in time linear
 * in the name. Immutable; safe to share between threads.
 */
public final class Glob {

  private final String source;
  private final boolean exact;

  // What lies between the stars where there is nothing else to a glob, else null.
  private final @Nullable List<String> pieces;
  private final @Nullable LinearPattern pattern;

  private Glob(
      String source,
      boolean exact,
      @Nullable List<String> pieces,
      @Nullable LinearPattern pattern) {
    this.source = source;
    this.exact = exact;
    this.pieces = pieces;
    this.pattern = pattern;
  }

  /**
   * Reads a glob.
   *
   * @throws IllegalArgumentException if a bracket or brace is not closed, or the glob is too long
   */
  public static Glob of(String glob) {
    boolean simple = glob.indexOf('?') < 0 && glob.indexOf('[') < 0 && glob.indexOf('{') < 0;
    if (simple && glob.length() <= LinearPattern.MAX_LENGTH) {
      boolean exact = glob.indexOf('*') < 0;
      return new Glob(glob, exact, exact ? null : pieces(glob), null);
    }
    return new Glob(glob, false, null, compile("\\A(?:" + regex(glob) + ")\\z"));
  }

  private static List<String> pieces(String glob) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int star = glob.indexOf('*'); star >= 0; star = glob.indexOf('*', start)) {
      pieces.add(glob.substring(start, star));
      start = star + 1;
    }
    pieces.add(glob.substring(start));
    return pieces;
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder("(?s)");
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
    }
    if (braces > 0) {
      throw new IllegalArgumentException("glob: expected } to close {");
    }
    return regex.toString();
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

  /** Whether it is a plain name. */
  public boolean isExact() {
    return exact;
  }

  /** Whether it matches every name. */
  public boolean isEverything() {
    return pieces != null && pieces.stream().allMatch(String::isEmpty);
  }

  /** Whether the whole name matches. */
  public boolean matches(String name) {
    if (pieces != null) {
      return matches(pieces, name);
    }
    return pattern == null ? source.equals(name) : pattern.find(name);
  }

  /** First and last piece are anchored; each one between is taken where it first occurs. */
  private static boolean matches(List<String> pieces, String name) {
    String first = pieces.get(0);
    String last = pieces.get(pieces.size() - 1);
    int end = name.length() - last.length();
    if (end < first.length() || !name.startsWith(first) || !name.endsWith(last)) {
      return false;
    }
    int at = first.length();
    for (int i = 1; i < pieces.size() - 1; i++) {
      String piece = pieces.get(i);
      int found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      at = found + piece.length();
    }
    return true;
  }

  /** The glob as it was written. */
  @Override
  public String toString() {
    return source;
  }
}
