package io.governor.cli;

import java.util.regex.Pattern;

/** How the command was called, so that what we suggest can be typed. Stateless. */
final class Typed {

  /** Where the launcher says how it was called. */
  private static final String COMMAND = "governor.command";

  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_./+-]+");

  private Typed() {}

  static String command() {
    String command = System.getProperty(COMMAND, "");
    return NEEDS_NO_QUOTES.matcher(command).matches() ? command : "governor";
  }
}
