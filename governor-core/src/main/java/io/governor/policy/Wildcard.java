package io.governor.policy;

import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts that have characters in common with a glob: known characters, sets of them, any one, and
 * runs of any. Two can be compared. Immutable.
 */
final class Wildcard {

  /** How many alternatives the braces of a glob may make. */
  private static final int MOST_ALTERNATIVES = 64;

  /** The largest product of two lengths that are compared token by token. */
  private static final int MOST_CELLS = 1 << 14;

  private static final Token ANY = new Token(-1, "?");
  private static final Token RUN = new Token(-2, "*");

  /**
   * One place of a text.
   *
   * @param character the character there, or negative where it is not known
   * @param set the glob for it otherwise
   */
  private record Token(int character, String set) {

    static Token of(int character) {
      return new Token(character, "");
    }

    /** Whether this place takes every character that the other takes. */
    boolean includes(Token other) {
      return equals(ANY) || equals(other) || takes(other.character);
    }

    /** Whether some character may stand in both; sets of characters are not compared. */
    boolean meets(Token other) {
      return includes(other) || other.includes(this) || (character < 0 && other.character < 0);
    }

    private boolean takes(int other) {
      return other >= 0 && character < 0 && Glob.of(set).matches(Character.toString(other));
    }
  }

  private final List<Token> tokens;

  private Wildcard(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Wildcard beginningWith(String prefix) {
    List<Token> tokens = literal(prefix);
    tokens.add(RUN);
    return new Wildcard(tokens);
  }

  static Wildcard with(String part) {
    List<Token> tokens = literal(part);
    tokens.add(0, RUN);
    tokens.add(RUN);
    return new Wildcard(tokens);
  }

  private static List<Token> literal(String text) {
    List<Token> tokens = new ArrayList<>();
    text.codePoints().forEach(c -> tokens.add(Token.of(c)));
    return tokens;
  }

  /** What a glob matches, by the alternatives of its braces; empty where those are too many. */
  static List<Wildcard> of(String glob) {
    List<List<Token>> read = new Reader(glob).sequence(false);
    return read.size() > MOST_ALTERNATIVES ? List.of() : read.stream().map(Wildcard::new).toList();
  }

  /** Reads a glob that is well-formed. */
  private static final class Reader {
    private final String glob;
    private int at;

    Reader(String glob) {
      this.glob = glob;
    }

    List<List<Token>> sequence(boolean inBraces) {
      List<List<Token>> read = List.of(List.of());
      while (at < glob.length() && !(inBraces && ",}".indexOf(glob.charAt(at)) >= 0)) {
        read = product(read, next());
      }
      return read;
    }

    private List<List<Token>> next() {
      int c = glob.codePointAt(at);
      int start = at;
      at += Character.charCount(c);
      return switch (c) {
        case '*' -> List.of(List.of(RUN));
        case '?' -> List.of(List.of(ANY));
        case '[' -> {
          at = glob.indexOf(']', start + 2) + 1;
          yield List.of(List.of(new Token(-3, glob.substring(start, at))));
        }
        case '{' -> braces();
        default -> List.of(List.of(Token.of(c)));
      };
    }

    private List<List<Token>> braces() {
      List<List<Token>> choices = new ArrayList<>(sequence(true));
      while (glob.charAt(at++) == ',') {
        choices.addAll(sequence(true));
      }
      return choices;
    }

    private static List<List<Token>> product(List<List<Token>> left, List<List<Token>> right) {
      List<List<Token>> all = new ArrayList<>();
      for (List<Token> first : left) {
        for (List<Token> second : right) {
          List<Token> both = new ArrayList<>(first);
          both.addAll(second);
          all.add(both);
        }
        if (all.size() > MOST_ALTERNATIVES) {
          return all;
        }
      }
      return all;
    }
  }

  /** The characters of the shortest text. */
  long least() {
    return tokens.stream().filter(token -> !token.equals(RUN)).count();
  }

  /** The characters of the longest text, or -1 where there is none. */
  long most() {
    return tokens.contains(RUN) ? -1 : tokens.size();
  }

  /** Whether some text may be of both. */
  boolean meets(Wildcard other) {
    if ((long) tokens.size() * other.tokens.size() > MOST_CELLS) {
      return beginningsMeet(other);
    }
    // Whether the rests of both from here on meet, by rows from the end.
    boolean[] below = new boolean[other.tokens.size() + 1];
    for (int i = tokens.size(); i >= 0; i--) {
      boolean[] row = new boolean[below.length];
      for (int j = other.tokens.size(); j >= 0; j--) {
        row[j] = restsMeet(i, other, j, row, below);
      }
      below = row;
    }
    return below[0];
  }

  private boolean restsMeet(int i, Wildcard other, int j, boolean[] row, boolean[] below) {
    boolean mine = i < tokens.size();
    boolean others = j < other.tokens.size();
    if (mine && tokens.get(i).equals(RUN)) {
      return below[j] || (others && row[j + 1]);
    }
    if (others && other.tokens.get(j).equals(RUN)) {
      return row[j + 1] || (mine && below[j]);
    }
    if (!mine || !others) {
      return mine == others;
    }
    return tokens.get(i).meets(other.tokens.get(j)) && below[j + 1];
  }

  private boolean beginningsMeet(Wildcard other) {
    int common = Math.min(tokens.size(), other.tokens.size());
    for (int i = 0; i < common; i++) {
      if (tokens.get(i).equals(RUN) || other.tokens.get(i).equals(RUN)) {
        return true;
      }
      if (!tokens.get(i).meets(other.tokens.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether every text of the other is certainly of this one too. */
  boolean includes(Wildcard other) {
    if ((long) tokens.size() * other.tokens.size() > MOST_CELLS) {
      return tokens.equals(other.tokens) || tokens.equals(List.of(RUN));
    }
    boolean[] below = new boolean[other.tokens.size() + 1];
    for (int i = tokens.size(); i >= 0; i--) {
      boolean[] row = new boolean[below.length];
      for (int j = other.tokens.size(); j >= 0; j--) {
        row[j] = restIncludes(i, other, j, row, below);
      }
      below = row;
    }
    return below[0];
  }

  private boolean restIncludes(int i, Wildcard other, int j, boolean[] row, boolean[] below) {
    boolean others = j < other.tokens.size();
    if (i == tokens.size()) {
      return !others;
    }
    if (tokens.get(i).equals(RUN)) {
      return below[j] || (others && row[j + 1]);
    }
    return others
        && !other.tokens.get(j).equals(RUN)
        && tokens.get(i).includes(other.tokens.get(j))
        && below[j + 1];
  }

  /** Whether some text may be of one of these and one of those; none are not known. */
  static boolean anyMeet(List<Wildcard> some, List<Wildcard> others) {
    return some.isEmpty()
        || others.isEmpty()
        || some.stream().anyMatch(one -> others.stream().anyMatch(one::meets));
  }

  /** Whether every text of one of those is certainly of one of these. */
  static boolean allIncluded(List<Wildcard> in, List<Wildcard> some) {
    return !some.isEmpty()
        && some.stream().allMatch(one -> in.stream().anyMatch(each -> each.includes(one)));
  }
}
