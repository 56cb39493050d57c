package io.governor.shell;

import io.governor.shell.TouchedPath.Reach;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options that make a program start in another directory, so that its operands mean other files.
 */
final class Directories {
  private static final Set<String> OPTIONS =
      Set.of("-C", "-D", "--directory", "--chdir", "--cwd", "--work-tree");

  private Directories() {}

  static void of(List<String> arguments, ScriptWalker walker, Findings findings) {
    of(arguments, arguments.size(), walker, findings);
  }

  /**
   * @param own how many of the words may be such options; the rest is another command's
   */
  static void of(List<String> arguments, int own, ScriptWalker walker, Findings findings) {
    @Nullable String directory = null;
    for (int i = 0; i < arguments.size() && (i < own || directory != null); i++) {
      String argument = arguments.get(i);
      String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      String given = i < own ? directory(argument, next) : "";
      if (!given.isEmpty()) {
        directory = walker.written(given);
        findings.hint(directory, Reach.INTO);
      } else if (directory != null && !argument.startsWith("-") && Touched.isPath(argument)) {
        boolean absolute = PathName.beginsAnywhere(argument);
        findings.hint(absolute ? argument : directory + "/" + argument, Reach.NAMED);
      }
    }
  }

  private static String directory(String argument, String next) {
    if (OPTIONS.contains(argument)) {
      return Touched.isPath(next) ? next : "";
    }
    int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
    boolean valued = equals > 0 && OPTIONS.contains(argument.substring(0, equals));
    boolean attached = argument.startsWith("-C") && argument.length() > 2;
    return valued ? argument.substring(equals + 1) : attached ? argument.substring(2) : "";
  }
}
