package io.governor.shell;

import io.governor.shell.Redirection.Operator;
import java.util.List;

/**
 * A simple command of a script: words, assignments before them included, and redirections.
 *
 * @param words its words in order
 * @param redirects its redirections in order, here-documents left out
 * @param piped whether the command before feeds it
 */
record ScriptCommand(List<ScriptWord> words, List<Redirect> redirects, boolean piped) {

  /** A redirection with its target. */
  record Redirect(Operator operator, ScriptWord target) {
    @Override
    public String toString() {
      return "Redirect[" + operator + "]";
    }
  }

  ScriptCommand {
    words = List.copyOf(words);
    redirects = List.copyOf(redirects);
  }

  /** Sizes only: words are what the user typed. */
  @Override
  public String toString() {
    return "ScriptCommand[" + words.size() + " words, " + redirects.size() + " redirects]";
  }
}
