package io.governor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where the command speaks: standard output holds the answer and nothing else, standard error
 * everything else. Colours appear only where a person looks, and never with {@code NO_COLOR}.
 */
final class Terminal {

  private static final String BOLD = "\u001b[1m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  /** Narrower than that, no table can be read. */
  private static final int NARROWEST = 40;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean inIsClosed;
  private final boolean outColours;
  private final boolean errColours;
  private final boolean outIsWatched;
  private final boolean errIsWatched;
  private final boolean inIsWatched;
  private final int width;

  Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> env) {
    this.in = in;
    this.out = out;
    this.err = err;
    // Where nobody opened a standard input, Java reads whatever file it happened to open first.
    this.inIsClosed = "closed".equals(env.get("GOVERNOR_STDIN"));
    List<String> watched = watched(env);
    boolean colours = env.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(env.get("TERM"));
    this.outColours = colours && watched.contains("out");
    this.errColours = colours && watched.contains("err");
    this.outIsWatched = watched.contains("out");
    this.errIsWatched = watched.contains("err");
    this.inIsWatched = watched.contains("in");
    this.width = width(env.getOrDefault("COLUMNS", ""));
  }

  private static int width(String columns) {
    boolean usable = columns.length() == 3 || columns.length() == 2;
    usable &= columns.chars().allMatch(c -> c >= '0' && c <= '9');
    return usable ? Math.max(NARROWEST, Integer.parseInt(columns)) : Table.WIDTH;
  }

  /** How many columns an answer may take: as many as {@code COLUMNS} says, 80 otherwise. */
  int width() {
    return width;
  }

  /**
   * The launcher asks the system which streams are terminals. Java itself cannot tell them apart,
   * and since 22 has a console even where no person is, so without the launcher there is none.
   */
  private static List<String> watched(Map<String, String> env) {
    return Arrays.asList(env.getOrDefault("GOVERNOR_TTY", "").split(",", -1));
  }

  /**
   * Standard input.
   *
   * @throws CommandFailure if it is closed, as the launcher saw
   */
  InputStream in() {
    if (inIsClosed) {
      throw CommandFailure.usage("standard input is closed");
    }
    return in;
  }

  /** Whether a person watches standard error. */
  boolean errIsWatched() {
    return errIsWatched;
  }

  /**
   * Whether a person who is there says yes; where nobody is there, what was typed is the answer.
   *
   * @throws IOException if standard input fails
   */
  boolean confirms(String question) throws IOException {
    if (!inIsWatched || !errIsWatched) {
      return true;
    }
    err.print(question + " [y/N] ");
    err.flush();
    StringBuilder answer = new StringBuilder();
    for (int c = in().read(); c >= 0 && c != '\n' && answer.length() < 80; c = in.read()) {
      answer.append((char) c);
    }
    String said = answer.toString().strip();
    return said.equalsIgnoreCase("y") || said.equalsIgnoreCase("yes");
  }

  boolean outColours() {
    return outColours;
  }

  boolean errColours() {
    return errColours;
  }

  /** Prints the answer. */
  void answer(String text) {
    out.print(text);
    out.flush();
  }

  /** Prints lines of the answer. */
  void answer(List<String> lines) {
    answer(String.join("\n", lines) + "\n");
  }

  /** Ends the line of an answer that may not have a line end, where only a person sees it. */
  void endLine() {
    if (outIsWatched && errIsWatched) {
      err.println();
    }
  }

  /** Says something beside the answer. */
  void note(String line) {
    err.println(Text.line(line));
  }

  /** Says what is wrong. */
  void complain(String text) {
    String shown = Text.lines(text);
    err.println((errColours ? RED + "governor:" + PLAIN : "governor:") + " " + shown);
  }

  /** Shows how far we are, on a line that the next one replaces. */
  void progress(String line) {
    err.print("\r" + Text.padded(line, Table.WIDTH - 1) + (line.isEmpty() ? "\r" : ""));
    err.flush();
  }

  PrintStream err() {
    return err;
  }

  PrintStream out() {
    return out;
  }

  /** A heading of the answer. */
  String heading(String text) {
    return outColours ? BOLD + text + PLAIN : text;
  }

  /** A table of the answer, its titles as heading. */
  List<String> table(Table table) {
    List<String> lines = new ArrayList<>(table.lines(width));
    lines.set(0, heading(lines.get(0)));
    return lines;
  }

  /** Text of the answer that a person should not miss. */
  String warning(String text) {
    return outColours ? YELLOW + text + PLAIN : text;
  }

  /** Text of the answer that says what was violated. */
  String violation(String text) {
    return outColours ? RED + text + PLAIN : text;
  }
}
