package io.governor.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long a pattern is with its counted repetitions written out. The library bounds each count at
 * 1000 but not counts inside counts, so a pattern of thirty characters can ask for gigabytes. The
 * estimate need not understand what it counts; a pattern it misreads is one that does not compile.
 */
final class PatternSize {

  /** The most that a pattern may make, in characters to match. */
  static final int MAX = 20_000;

  private final String pattern;
  private final Deque<Long> outer = new ArrayDeque<>();
  private int at;
  private long size;
  private long last;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  static long of(String pattern) {
    return new PatternSize(pattern).measure();
  }

  static boolean fits(String pattern) {
    return of(pattern) <= MAX;
  }

  private long measure() {
    while (at < pattern.length() && size <= MAX) {
      char c = pattern.charAt(at++);
      switch (c) {
        case '(' -> {
          outer.push(size);
          size = 0;
          last = 0;
        }
        case ')' -> close();
        case '{' -> repeat();
        case '\\' -> {
          skipEscape();
          add(1);
        }
        case '[' -> {
          skipClass();
          add(1);
        }
        case '*', '+', '?', '|' -> size++;
        default -> add(1);
      }
    }
    return size;
  }

  private void add(long atom) {
    last = atom;
    size += atom;
  }

  private void close() {
    if (!outer.isEmpty()) {
      long group = size + 1;
      size = outer.pop();
      add(group);
    }
  }

  private void repeat() {
    int end = pattern.indexOf('}', at);
    String inside = end < 0 ? "" : pattern.substring(at, end);
    if (!inside.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      add(1);
      return;
    }
    int comma = inside.indexOf(',');
    String most =
        comma < 0 || inside.endsWith(",") ? inside.replace(",", "") : inside.substring(comma + 1);
    long copies = Long.parseLong(most) + (inside.endsWith(",") ? 1 : 0);
    size += last * Math.max(0, copies - 1);
    last *= Math.max(1, copies);
    at = end + 1;
  }

  private void skipEscape() {
    if (at >= pattern.length()) {
      return;
    }
    char c = pattern.charAt(at++);
    if (c == 'Q') {
      int end = pattern.indexOf("\\E", at);
      int stop = end < 0 ? pattern.length() : end;
      size += stop - at;
      at = end < 0 ? stop : end + 2;
    } else if ((c == 'p' || c == 'P' || c == 'x') && pattern.startsWith("{", at)) {
      int end = pattern.indexOf('}', at);
      at = end < 0 ? pattern.length() : end + 1;
    }
  }

  private void skipClass() {
    at += pattern.startsWith("^", at) ? 1 : 0;
    at += pattern.startsWith("]", at) ? 1 : 0;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      int named = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
      if (named >= 0) {
        at = named + 2;
      } else {
        at += pattern.charAt(at) == '\\' ? 2 : 1;
      }
    }
    at++;
  }
}
