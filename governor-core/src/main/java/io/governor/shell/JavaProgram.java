package io.governor.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code java}: the program it runs is a jar or a class (the manual of the {@code java} command). A
 * jar counts by its name without version and ending, a class by its full name.
 */
final class JavaProgram implements Program {
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--add-reads",
          "--add-exports",
          "--add-opens",
          "--limit-modules",
          "--patch-module",
          "--source",
          "--enable-native-access");

  @Override
  public void run(List<String> arguments, Programs programs) {
    int at = 0;
    while (at < arguments.size() && Arguments.isOption(arguments.get(at)) && !runs(arguments, at)) {
      at += WITH_VALUE.contains(arguments.get(at)) ? 2 : 1;
    }
    int named = at < arguments.size() && runs(arguments, at) ? at + 1 : at;
    if (named < arguments.size()) {
      programs.ran(name(arguments.get(named)), arguments.subList(named + 1, arguments.size()));
    }
  }

  private static boolean runs(List<String> arguments, int at) {
    String option = arguments.get(at);
    return option.equals("-jar") || option.equals("-m") || option.equals("--module");
  }

  private static String name(String operand) {
    String base = KnownCommands.baseName(operand);
    String plain =
        base.toLowerCase(Locale.ROOT).endsWith(".jar")
            ? base.substring(0, base.length() - 4)
            : base;
    if (plain.length() == base.length() || plain.isEmpty()) {
      return base;
    }
    for (int dash = plain.indexOf('-'); dash > 0; dash = plain.indexOf('-', dash + 1)) {
      if (dash + 1 < plain.length() && Character.isDigit(plain.charAt(dash + 1))) {
        return plain.substring(0, dash);
      }
    }
    return plain;
  }
}
