package io.governor.hooks.install;

import java.util.ArrayList;
import java.util.List;

/** What changes between two texts, by lines. Stateless. */
final class LineDiff {

  private static final int CONTEXT = 1;

  /** Beyond this many cells the middle is shown as replaced as a whole. */
  private static final long MOST_CELLS = 4_000_000;

  private enum Kind {
    SAME,
    GONE,
    NEW
  }

  private record Line(Kind kind, String text) {}

  private LineDiff() {}

  static String of(String name, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    List<Line> lines = lines(before.lines().toList(), after.lines().toList());
    StringBuilder out = new StringBuilder("--- " + name + "\n+++ " + name + "\n");
    int[] at = {1, 1};
    int next = 0;
    while (next < lines.size()) {
      next = hunk(lines, next, at, out);
    }
    return out.toString();
  }

  /** Writes the next hunk from a line on; gives the line behind it. */
  private static int hunk(List<Line> lines, int from, int[] at, StringBuilder out) {
    int first = from;
    while (first < lines.size() && lines.get(first).kind() == Kind.SAME) {
      first++;
    }
    int begin = Math.max(from, first - CONTEXT);
    advance(lines, from, begin, at);
    if (first == lines.size()) {
      return first;
    }
    int end = first;
    for (int i = first; i < lines.size() && i <= end + 2 * CONTEXT; i++) {
      end = lines.get(i).kind() == Kind.SAME ? end : i;
    }
    end = Math.min(lines.size(), end + 1 + CONTEXT);
    int[] start = at.clone();
    advance(lines, begin, end, at);
    out.append("@@ -").append(range(start[0], at[0])).append(" +");
    out.append(range(start[1], at[1])).append(" @@\n");
    lines.subList(begin, end).forEach(line -> out.append(shown(line)));
    return end;
  }

  private static String range(int start, int end) {
    return (end == start ? start - 1 : start) + "," + (end - start);
  }

  private static void advance(List<Line> lines, int from, int to, int[] at) {
    for (Line line : lines.subList(from, to)) {
      at[0] += line.kind() == Kind.NEW ? 0 : 1;
      at[1] += line.kind() == Kind.GONE ? 0 : 1;
    }
  }

  private static String shown(Line line) {
    char mark =
        switch (line.kind()) {
          case SAME -> ' ';
          case GONE -> '-';
          case NEW -> '+';
        };
    return mark + line.text() + "\n";
  }

  private static List<Line> lines(List<String> before, List<String> after) {
    int shorter = Math.min(before.size(), after.size());
    int head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    List<Line> lines = new ArrayList<>();
    before.subList(0, head).forEach(each -> lines.add(new Line(Kind.SAME, each)));
    lines.addAll(
        middle(
            before.subList(head, before.size() - tail), after.subList(head, after.size() - tail)));
    before
        .subList(before.size() - tail, before.size())
        .forEach(each -> lines.add(new Line(Kind.SAME, each)));
    return lines;
  }

  private static List<Line> middle(List<String> before, List<String> after) {
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    if ((long) before.size() * after.size() <= MOST_CELLS) {
      int[][] common = common(before, after);
      while (i < before.size() && j < after.size()) {
        if (before.get(i).equals(after.get(j))) {
          lines.add(new Line(Kind.SAME, before.get(i++)));
          j++;
        } else if (common[i + 1][j] >= common[i][j + 1]) {
          lines.add(new Line(Kind.GONE, before.get(i++)));
        } else {
          lines.add(new Line(Kind.NEW, after.get(j++)));
        }
      }
    }
    before.subList(i, before.size()).forEach(each -> lines.add(new Line(Kind.GONE, each)));
    after.subList(j, after.size()).forEach(each -> lines.add(new Line(Kind.NEW, each)));
    return lines;
  }

  /** How many lines the rests from each pair of places have in common, in order. */
  private static int[][] common(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
