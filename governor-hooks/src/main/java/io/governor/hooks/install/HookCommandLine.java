package io.governor.hooks.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command that an agent's configuration holds: how it is written, and which of the commands
 * there are ours. Stateless.
 */
final class HookCommandLine {

  /** The script that hooks run. */
  static final String SCRIPT = "governor-hook";

  private static final String LAUNCHER = "governor";

  private HookCommandLine() {}

  /**
   * The command, for a POSIX shell.
   *
   * @param home a folder that is written as {@code $HOME}, so that the configuration fits several
   *     machines; the root of the file system for none
   */
  static String of(Path script, Path home, Path stateRoot, boolean enforce, String agent) {
    StringBuilder command = new StringBuilder(quoted(script, home));
    if (enforce) {
      command.append(" --enforce");
    }
    command.append(" --home ").append(quoted(stateRoot, home));
    return command.append(' ').append(agent).toString();
  }

  static String quoted(Path path, Path home) {
    boolean below = path.startsWith(home) && home.getNameCount() > 0;
    String rest = below ? path.subpath(home.getNameCount(), path.getNameCount()).toString() : "";
    return below ? "\"$HOME/" + escaped(rest) + '"' : '"' + escaped(path.toString()) + '"';
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c == '$' || c == '`') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /**
   * Whether a command is one of ours for an agent, wherever it was installed, and nothing else: a
   * line of somebody's own in which ours is a part is theirs.
   */
  static boolean isOurs(@Nullable String command, String agent) {
    List<String> words = command == null ? null : words(command);
    if (words == null || words.size() < 2 || !words.get(words.size() - 1).equals(agent)) {
      return false;
    }
    String name = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
    List<String> rest = words.subList(1, words.size() - 1);
    return (name.equals(SCRIPT) && areOptions(rest))
        || (name.equals(LAUNCHER) && rest.equals(List.of("hook")));
  }

  private static boolean areOptions(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--enforce", "--cold" -> {}
        case "--home" -> i++;
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  /** The words of a simple command; null when it is anything more. */
  private static @Nullable List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        begun = true;
      } else if (c == '\\' && i + 1 < command.length()) {
        word.append(command.charAt(++i));
        begun = true;
      } else if (c == ' ' && !quoted) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else if (!quoted && "|&;<>()'\n\t`*?#~".indexOf(c) >= 0) {
        return null;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return quoted ? null : words;
  }
}
