package io.governor.shell;

import io.governor.shell.ScriptWord.Literal;
import io.governor.shell.ScriptWord.Part;
import java.util.ArrayList;
import java.util.List;

/** Alternatives in braces, {@code {a,b}}, as bash expands them before anything else. */
final class Braces {
  private static final int MAX_WORDS = 64;
  private static final int MAX_TEXT = 512;

  private Braces() {}

  /** The words; the word itself when it has no alternatives or more than could be of use. */
  static List<List<Part>> expand(List<Part> parts, ReadingBudget budget) {
    List<List<Part>> done = new ArrayList<>();
    List<List<Part>> left = new ArrayList<>(List.of(parts));
    while (!left.isEmpty()) {
      List<Part> next = left.remove(left.size() - 1);
      List<List<Part>> alternatives = alternatives(next);
      if (alternatives.isEmpty()) {
        done.add(next);
      } else {
        for (int i = alternatives.size() - 1; i >= 0; i--) {
          left.add(alternatives.get(i));
        }
      }
      boolean affordable = budget.admitExpansion(alternatives.size() * MAX_TEXT);
      if (done.size() + left.size() > MAX_WORDS || !affordable) {
        budget.incomplete();
        return List.of(parts);
      }
    }
    return done;
  }

  /** The words that the first braces make, the rest unexpanded; none where there are no braces. */
  private static List<List<Part>> alternatives(List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Literal literal && !literal.quoted()) {
        List<String> texts = alternatives(literal.text());
        if (!texts.isEmpty()) {
          return replace(parts, i, texts);
        }
      }
    }
    return List.of();
  }

  private static List<List<Part>> replace(List<Part> parts, int index, List<String> texts) {
    List<List<Part>> words = new ArrayList<>();
    for (String text : texts) {
      List<Part> word = new ArrayList<>(parts);
      word.set(index, new Literal(text, false));
      words.add(word);
    }
    return words;
  }

  /** The first innermost braces, so that what is left to expand shrinks with every step. */
  private static List<String> alternatives(String text) {
    int open = -1;
    for (int i = 0; i < text.length() && text.length() <= MAX_TEXT; i++) {
      if (text.charAt(i) == '{') {
        open = i;
      } else if (text.charAt(i) == '}' && open >= 0) {
        List<String> items = items(text.substring(open + 1, i));
        if (items.size() > 1) {
          return around(text, open, i + 1, items);
        }
        open = -1;
      }
    }
    return List.of();
  }

  private static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    int start = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
      items.add(text.substring(start, comma));
      start = comma + 1;
      if (items.size() > MAX_WORDS) {
        return List.of();
      }
    }
    items.add(text.substring(start));
    return items;
  }

  private static List<String> around(String text, int from, int to, List<String> items) {
    return items.stream().map(item -> text.substring(0, from) + item + text.substring(to)).toList();
  }
}
