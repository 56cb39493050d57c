package io.governor.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The programs this package knows more about than their name. */
final class KnownPrograms {
  private KnownPrograms() {}

  /** What a program of this name does; nothing worth a word when it is not known. */
  static Program find(String name) {
    @Nullable Program program = named(name);
    if (program == null) {
      program = named(withoutVersion(name));
    }
    return program == null ? rules(name) : program;
  }

  /** Whether a program of this name could lose something. */
  static boolean isKnown(String name) {
    return named(name) != null || LossTable.lists(name) || Prefixes.has(name);
  }

  private static Program rules(String name) {
    return (arguments, programs) -> programs.loss(LossTable.loss(name, arguments));
  }

  /** {@code python3.11}, {@code perl5.36.0}, {@code mkfs.ext4}. */
  static String withoutVersion(String name) {
    if (name.startsWith("mkfs.")) {
      return "mkfs";
    }
    int end = name.length();
    while (end > 0 && (Character.isDigit(name.charAt(end - 1)) || name.charAt(end - 1) == '.')) {
      end--;
    }
    return name.substring(0, end);
  }

  private static @Nullable Program named(String name) {
    return switch (name) {
      case "find", "gfind" -> new FindProgram();
      case "git" -> new GitProgram();
      case "java", "javaw" -> new JavaProgram();
      case "rm", "grm" -> (arguments, programs) -> programs.loss(Removal.loss(arguments, programs));
      case "chmod", "chown", "chgrp" ->
          (arguments, programs) -> programs.loss(Removal.modes(arguments, programs));
      case "dd" -> (arguments, programs) -> programs.loss(Devices.dd(arguments));
      case "tee", "cp", "mv", "install" ->
          (arguments, programs) -> programs.loss(Devices.anyOf(last(arguments, name)));
      default -> inFamilies(name);
    };
  }

  private static @Nullable Program inFamilies(String name) {
    @Nullable Program program = Interpreters.find(name);
    if (program == null) {
      program = InputRunners.find(name);
    }
    if (program == null) {
      program = Scripts.find(name);
    }
    return program == null ? ShellState.find(name) : program;
  }

  private static List<String> last(List<String> arguments, String name) {
    boolean every = name.equals("tee") || arguments.isEmpty();
    return every ? arguments : arguments.subList(arguments.size() - 1, arguments.size());
  }
}
