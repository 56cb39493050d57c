package io.governor.shell;

import java.util.List;
import java.util.Set;

/** {@code find}: its expression may delete and may run commands (POSIX.1-2017; GNU findutils). */
final class FindProgram implements Program {
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-name",
          "-iname",
          "-path",
          "-ipath",
          "-wholename",
          "-iwholename",
          "-regex",
          "-iregex",
          "-regextype",
          "-lname",
          "-ilname",
          "-type",
          "-xtype",
          "-size",
          "-user",
          "-group",
          "-uid",
          "-gid",
          "-perm",
          "-newer",
          "-anewer",
          "-cnewer",
          "-samefile",
          "-inum",
          "-links",
          "-mtime",
          "-atime",
          "-ctime",
          "-mmin",
          "-amin",
          "-cmin",
          "-used",
          "-fstype",
          "-context",
          "-maxdepth",
          "-mindepth",
          "-printf",
          "-fprint",
          "-fprint0",
          "-fls",
          "-D");
  private static final Set<String> RUNNING = Set.of("-exec", "-execdir", "-ok", "-okdir");
  private static final String FOUND = String.valueOf(Unknown.VALUE);

  private static final Set<String> NAMING =
      Set.of("-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-lname");

  @Override
  public void run(List<String> arguments, Programs programs) {
    named(arguments, programs);
    int at = 0;
    while (at < arguments.size()) {
      String word = arguments.get(at);
      if (RUNNING.contains(word)) {
        int end = endOfCommand(arguments, at + 1);
        runFound(arguments.subList(at + 1, end), programs);
        at = end + 1;
      } else {
        programs.loss(word.equals("-delete") ? Loss.FIND_DELETE : null);
        at += WITH_VALUE.contains(word) ? 2 : 1;
      }
    }
  }

  /** What a test is looking for may stand anywhere below the places it begins at. */
  private static void named(List<String> arguments, Programs programs) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (NAMING.contains(arguments.get(i))) {
        programs.hint(FOUND + "/" + arguments.get(i + 1));
      }
    }
  }

  private static int endOfCommand(List<String> arguments, int start) {
    int end = start;
    while (end < arguments.size() && !ends(arguments, end)) {
      end++;
    }
    return end;
  }

  private static boolean ends(List<String> arguments, int at) {
    String word = arguments.get(at);
    return word.equals(";") || (word.equals("+") && arguments.get(at - 1).equals("{}"));
  }

  private static void runFound(List<String> command, Programs programs) {
    programs.run(command.stream().map(word -> word.replace("{}", FOUND)).toList(), null);
  }
}
