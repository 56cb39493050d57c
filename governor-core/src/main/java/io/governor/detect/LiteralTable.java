package io.governor.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Finds all of a set of ASCII literals, in any case, in one pass: the automaton of Aho and Corasick
 * (Communications of the ACM 18, 1975), written out as one table, so that a character costs one
 * look-up however many literals there are. Immutable; safe to share between threads.
 */
final class LiteralTable {

  private static final int ASCII = 128;

  /** The column of each ASCII character; column 0 is every character that no literal has. */
  private final byte[] columns;

  private final int width;

  /** Where to go from state row plus column; negative (complement) when a literal ends there. */
  private final int[] table;

  /** For the row of each state, by row number: the literals that end there, longest first. */
  private final int[][] ending;

  private final int[] lengths;

  LiteralTable(List<String> literals) {
    List<String> folded = literals.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    this.columns = columns(folded);
    this.width = maxColumn(columns) + 1;
    this.lengths = folded.stream().mapToInt(String::length).toArray();
    Builder builder = new Builder(folded, columns, width);
    this.table = builder.table();
    this.ending = builder.ending();
  }

  /** What to do where a literal ends. */
  interface Hit {
    void at(int literal, int from, int to);
  }

  void scan(String text, Hit hit) {
    int[] next = table;
    byte[] column = columns;
    int length = text.length();
    int row = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      row = next[row + (c < ASCII ? column[c] : 0)];
      if (row < 0) {
        row = ~row;
        report(row, i + 1, hit);
      }
    }
  }

  private void report(int row, int end, Hit hit) {
    for (int literal : ending[row / width]) {
      hit.at(literal, end - lengths[literal], end);
    }
  }

  private static byte[] columns(List<String> literals) {
    byte[] columns = new byte[ASCII];
    byte last = 0;
    for (String literal : literals) {
      for (int i = 0; i < literal.length(); i++) {
        char c = literal.charAt(i);
        if (columns[c] == 0) {
          columns[c] = ++last;
          columns[Character.toUpperCase(c)] = last;
        }
      }
    }
    return columns;
  }

  private static int maxColumn(byte[] columns) {
    int max = 0;
    for (byte column : columns) {
      max = Math.max(max, column);
    }
    return max;
  }

  /** Lays the automaton out. State numbers here, rows (number times width) in the result. */
  private static final class Builder {

    private final byte[] columns;
    private final int width;
    private final List<int[]> next = new ArrayList<>();
    private final List<int[]> ending = new ArrayList<>();

    Builder(List<String> literals, byte[] columns, int width) {
      this.columns = columns;
      this.width = width;
      addState();
      for (int i = 0; i < literals.size(); i++) {
        insert(literals.get(i), i);
      }
      closeUnderFailure();
    }

    private int addState() {
      int[] edges = new int[width];
      Arrays.fill(edges, -1);
      next.add(edges);
      ending.add(new int[0]);
      return next.size() - 1;
    }

    private void insert(String literal, int index) {
      int state = 0;
      for (int i = 0; i < literal.length(); i++) {
        int column = columns[literal.charAt(i)];
        int[] edges = next.get(state);
        if (edges[column] < 0) {
          edges[column] = addState();
        }
        state = edges[column];
      }
      ending.set(state, joined(ending.get(state), new int[] {index}));
    }

    /** Breadth first, so that the shorter suffix a state falls back to is complete before it. */
    private void closeUnderFailure() {
      int[] fallback = new int[next.size()];
      Deque<Integer> open = new ArrayDeque<>();
      open.add(0);
      while (!open.isEmpty()) {
        int state = open.remove();
        for (int column = 0; column < width; column++) {
          int onFailure = state == 0 ? 0 : next.get(fallback[state])[column];
          int target = next.get(state)[column];
          if (target < 0) {
            next.get(state)[column] = onFailure;
          } else {
            fallback[target] = onFailure;
            ending.set(target, joined(ending.get(target), ending.get(onFailure)));
            open.add(target);
          }
        }
      }
    }

    int[] table() {
      int[] table = new int[next.size() * width];
      for (int state = 0; state < next.size(); state++) {
        for (int column = 0; column < width; column++) {
          int target = next.get(state)[column];
          int row = target * width;
          table[state * width + column] = ending.get(target).length > 0 ? ~row : row;
        }
      }
      return table;
    }

    int[][] ending() {
      return ending.toArray(int[][]::new);
    }

    private static int[] joined(int[] first, int[] second) {
      int[] both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    }
  }
}
