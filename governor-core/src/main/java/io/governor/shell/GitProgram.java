package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** {@code git}: its own options, aliases given on the command line, and the sub-command. */
final class GitProgram implements Program {
  private static final Option.Valued GLOBAL =
      new Option.Valued(
          "Cc",
          Set.of(
              "--git-dir",
              "--work-tree",
              "--namespace",
              "--exec-path",
              "--super-prefix",
              "--config-env",
              "--attr-source",
              "--list-cmds"));
  private static final String ALIAS = "alias.";

  @Override
  public void run(List<String> arguments, Programs programs) {
    int at = Prefixes.endOfOptions(arguments, GLOBAL);
    if (at < arguments.size()) {
      List<String> settings = settings(arguments.subList(0, at));
      String subcommand = arguments.get(at);
      List<String> rest = arguments.subList(at + 1, arguments.size());
      @Nullable String alias = alias(settings, subcommand);
      if (alias == null) {
        programs.loss(GitLosses.loss(subcommand, rest, settings));
      } else {
        runAlias(alias, rest, programs);
      }
    }
  }

  private static List<String> settings(List<String> options) {
    return Option.read(new Arguments(options, false), GLOBAL).stream()
        .filter(option -> option.is("-c"))
        .map(option -> option.value() == null ? "" : option.value())
        .toList();
  }

  private static @Nullable String alias(List<String> settings, String subcommand) {
    String prefix = ALIAS + subcommand + "=";
    return settings.stream()
        .filter(setting -> setting.startsWith(prefix))
        .map(setting -> setting.substring(prefix.length()))
        .findFirst()
        .orElse(null);
  }

  private static void runAlias(String alias, List<String> rest, Programs programs) {
    if (alias.startsWith("!")) {
      programs.walker().script(alias.substring(1) + " " + String.join(" ", rest));
      return;
    }
    List<String> words = new ArrayList<>(List.of("git"));
    StringTokenizer tokens = new StringTokenizer(alias);
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    words.addAll(rest);
    programs.run(words);
  }
}
