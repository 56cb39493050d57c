package io.governor.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The programs this package knows more about than their name. */
final class KnownPrograms {
  private static final Map<String, Program> BY_NAME = collect();

  private KnownPrograms() {}

  /** What a program of this name does; nothing worth a word when it is not known. */
  static Program find(String name) {
    @Nullable Program program = BY_NAME.get(name);
    if (program == null) {
      program = BY_NAME.get(withoutVersion(name));
    }
    return program == null ? rules(name) : program;
  }

  /** Whether a program of this name could lose something. */
  static boolean isKnown(String name) {
    return BY_NAME.containsKey(name) || LossTable.lists(name) || Prefixes.has(name);
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

  private static Map<String, Program> collect() {
    Map<String, Program> all = new HashMap<>();
    all.putAll(ShellState.programs());
    all.putAll(Scripts.programs());
    all.putAll(InputRunners.programs());
    all.putAll(Interpreters.programs());
    all.put("find", new FindProgram());
    all.put("gfind", new FindProgram());
    all.put("git", new GitProgram());
    all.put("java", new JavaProgram());
    all.put("javaw", new JavaProgram());
    for (String name : Set.of("rm", "grm")) {
      all.put(name, (arguments, programs) -> programs.loss(Removal.loss(arguments, programs)));
    }
    for (String name : Set.of("chmod", "chown", "chgrp")) {
      all.put(name, (arguments, programs) -> programs.loss(Removal.modes(arguments, programs)));
    }
    all.put("dd", (arguments, programs) -> programs.loss(Devices.dd(arguments)));
    for (String name : Set.of("tee", "cp", "mv", "install")) {
      all.put(name, (arguments, programs) -> programs.loss(Devices.anyOf(last(arguments, name))));
    }
    return Map.copyOf(all);
  }

  private static List<String> last(List<String> arguments, String name) {
    boolean every = name.equals("tee") || arguments.isEmpty();
    return every ? arguments : arguments.subList(arguments.size() - 1, arguments.size());
  }
}
