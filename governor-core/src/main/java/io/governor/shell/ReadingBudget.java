package io.governor.shell;

/**
 * What reading one command text may cost, nested texts included, and whether all of it could be
 * read. Used by one thread.
 */
final class ReadingBudget {
  /** Characters of one text; what is beyond is not read. */
  static final int MAX_TEXT = 1 << 20;

  /** Substitutions, subshells, parameters, wrappers and texts within each other. */
  static final int MAX_DEPTH = 48;

  static final int MAX_COMMANDS = 20_000;

  /** Characters of all texts together: a text that is read again as a script costs again. */
  private int charactersLeft = 4 * MAX_TEXT;

  private int commandsLeft = MAX_COMMANDS;
  private int depth;
  private boolean complete = true;
  private boolean exhausted;

  boolean complete() {
    return complete;
  }

  /** Something could not be read or cannot be known. */
  void incomplete() {
    complete = false;
  }

  /** Whether a bound ended the reading before the end of the text. */
  boolean exhausted() {
    return exhausted;
  }

  private void exhaust() {
    exhausted = true;
    complete = false;
  }

  /** The part of a text that may be read. */
  String admit(String text) {
    int length = Math.min(text.length(), Math.min(MAX_TEXT, charactersLeft));
    charactersLeft -= length;
    if (length < text.length()) {
      exhaust();
    }
    return text.substring(0, length);
  }

  /** Whether this much text may be made from variables, inputs and patterns. */
  boolean admitExpansion(int characters) {
    if (characters > charactersLeft) {
      exhaust();
      return false;
    }
    charactersLeft -= characters;
    return true;
  }

  /** Whether one more command may be taken. */
  boolean admitCommand() {
    if (commandsLeft == 0) {
      exhaust();
      return false;
    }
    commandsLeft--;
    return true;
  }

  /** Whether one level more may be entered; each success is paired with {@link #leave}. */
  boolean enter() {
    if (depth == MAX_DEPTH) {
      exhaust();
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }
}
