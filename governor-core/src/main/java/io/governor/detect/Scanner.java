package io.governor.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks through a text once for the literals of all built-in detectors, and asks each only around
 * its own; then lets the host's detectors look. Immutable; safe to share between threads.
 */
final class Scanner {

  private final Recognizer[] recognizers;
  private final Detector[] own;

  /** The number under which each recogniser, then each detector of the host, reports. */
  private final int[] owners;

  private final LiteralTable literals;

  /** For each literal, the recognisers to ask. */
  private final int[][] asked;

  /** Whether a literal is a digit: only the first of a run of digits is of interest. */
  private final boolean[] digit;

  Scanner(List<Recognizer> recognizers, List<Detector> own, List<String> names) {
    this.recognizers = recognizers.toArray(Recognizer[]::new);
    this.own = own.toArray(Detector[]::new);
    this.owners = new int[recognizers.size() + own.size()];
    for (int i = 0; i < recognizers.size(); i++) {
      owners[i] = names.indexOf(recognizers.get(i).name());
    }
    for (int i = 0; i < own.size(); i++) {
      owners[recognizers.size() + i] = names.indexOf(own.get(i).name());
    }
    Map<String, List<Integer>> byLiteral = byLiteral(recognizers);
    this.literals = new LiteralTable(List.copyOf(byLiteral.keySet()));
    this.asked =
        byLiteral.values().stream()
            .map(indexes -> indexes.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.digit = new boolean[asked.length];
    int index = 0;
    for (String literal : byLiteral.keySet()) {
      digit[index++] = literal.length() == 1 && Characters.isDigit(literal.charAt(0));
    }
  }

  private static Map<String, List<Integer>> byLiteral(List<Recognizer> recognizers) {
    Map<String, List<Integer>> byLiteral = new LinkedHashMap<>();
    for (int i = 0; i < recognizers.size(); i++) {
      for (String literal : recognizers.get(i).literals()) {
        byLiteral.computeIfAbsent(literal, unused -> new ArrayList<>()).add(i);
      }
    }
    return byLiteral;
  }

  /** Reports what the selected detectors find in a text without markers. */
  void scan(String text, Selection selection, Spans found) {
    literals.scan(text, (literal, from, to) -> hit(text, literal, from, to, selection, found));
    for (int i = 0; i < own.length; i++) {
      int owner = owners[recognizers.length + i];
      if (selection.has(owner)) {
        found.ownedBy(owner);
        inWindows(text, own[i], found);
      }
    }
  }

  /** Reports what is found in the value of a member because of the literals in its name. */
  void scanMember(String name, String value, Selection selection, Spans found) {
    literals.scan(name, (literal, from, to) -> member(literal, name, value, selection, found));
  }

  private void member(int literal, String name, String value, Selection selection, Spans found) {
    for (int index : asked[literal]) {
      if (selection.has(owners[index])) {
        found.ownedBy(owners[index]);
        recognizers[index].lookAtMember(name, value, found);
      }
    }
  }

  private void hit(String text, int literal, int from, int to, Selection selection, Spans found) {
    if (digit[literal] && Characters.isDigit(Characters.at(text, from - 1))) {
      return;
    }
    for (int index : asked[literal]) {
      if (selection.has(owners[index])) {
        found.ownedBy(owners[index]);
        recognizers[index].look(text, from, to, found);
      }
    }
  }

  private static void inWindows(String text, Detector detector, Spans found) {
    if (text.length() <= Detectors.WINDOW) {
      detector.find(text, found);
      return;
    }
    int base = found.offset();
    int from = 0;
    while (true) {
      int to = Math.min(text.length(), from + Detectors.WINDOW);
      found.within(base + from, base + to);
      detector.find(text.substring(from, to), found);
      if (to == text.length()) {
        break;
      }
      from = to - Detectors.OVERLAP;
    }
    found.within(base, base + text.length());
  }
}
