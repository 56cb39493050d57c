package io.governor.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the doctor found out about one thing.
 *
 * @param state how it is
 * @param what what was looked at, in a word or two
 * @param text what was found, and what to do
 */
record Diagnosis(State state, String what, String text) {

  /** How a thing is. */
  enum State {
    WELL("ok"),
    /** Worth knowing; nothing to mend here. */
    NOTE("note"),
    /** It could be neither shown nor refuted. */
    UNPROVEN("unproven"),
    WRONG("WRONG");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  private static final int MARGIN = 12;

  static Diagnosis well(String what, String text) {
    return new Diagnosis(State.WELL, what, text);
  }

  static Diagnosis note(String what, String text) {
    return new Diagnosis(State.NOTE, what, text);
  }

  static Diagnosis unproven(String what, String text) {
    return new Diagnosis(State.UNPROVEN, what, text);
  }

  static Diagnosis wrong(String what, String text) {
    return new Diagnosis(State.WRONG, what, text);
  }

  List<String> lines(Terminal terminal) {
    List<String> lines =
        new ArrayList<>(Paragraph.of("  " + state.word, what + ": " + text, MARGIN));
    String first = lines.get(0);
    lines.set(
        0,
        switch (state) {
          case WRONG -> terminal.violation(first);
          case UNPROVEN -> terminal.warning(first);
          default -> first;
        });
    return lines;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", state.name().toLowerCase(Locale.ROOT));
    json.put("what", what);
    json.put("text", text);
    return json;
  }
}
