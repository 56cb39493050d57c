package io.governor.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All commands of the tables, by name. */
final class KnownCommands {
  /** Tools whose name may carry the version of the language they belong to. */
  private static final List<String> VERSIONED = List.of("pip", "python");

  private static final Map<String, KnownCommand> BY_NAME = collect();

  private KnownCommands() {}

  private static Map<String, KnownCommand> collect() {
    Map<String, KnownCommand> all = new HashMap<>();
    for (Map<String, KnownCommand> family : families()) {
      family.forEach(
          (name, command) -> {
            if (all.put(name, command) != null) {
              throw new IllegalStateException("in two tables: " + name);
            }
          });
    }
    return Map.copyOf(all);
  }

  private static List<Map<String, KnownCommand>> families() {
    return List.of(
        FilesystemCommands.commands(),
        VersionControlCommands.commands(),
        PackageCommands.commands(),
        NetworkCommands.commands(),
        AwsCommand.commands(),
        CloudCommands.commands(),
        ProcessCommands.commands());
  }

  static String baseName(String executable) {
    return executable.substring(executable.lastIndexOf('/') + 1);
  }

  /** The command of this name, or null when no table lists it. */
  static @Nullable KnownCommand find(String name) {
    return BY_NAME.get(withoutVersion(name));
  }

  private static String withoutVersion(String name) {
    for (String tool : VERSIONED) {
      if (name.startsWith(tool) && isVersion(name.substring(tool.length()))) {
        return tool;
      }
    }
    return name;
  }

  /**
   * One digit, and up to two after a dot: the name is written as typed, so it must not have room
   * for more.
   */
  private static boolean isVersion(String text) {
    int dot = text.indexOf('.');
    String major = dot < 0 ? text : text.substring(0, dot);
    String minor = dot < 0 ? "0" : text.substring(dot + 1);
    return major.length() == 1
        && Syntax.areDigits(major)
        && minor.length() <= 2
        && Syntax.areDigits(minor);
  }
}
