package io.governor.shell;

import io.governor.shell.TouchedPath.Reach;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commands that do something to all that is below a path, or put something below it (POSIX.1-2017,
 * Utilities; GNU coreutils; rsync, git and tar by their manuals). For those the name of a folder
 * above says as much as the name itself.
 */
final class Trees {
  private static final Option.Valued NO_VALUES = new Option.Valued("", Set.of());
  private static final Option.Valued TARGET =
      new Option.Valued("tmogS", Set.of("--target-directory", "--mode", "--owner", "--group"));
  private static final Set<String> COPYING =
      Set.of("cp", "mv", "ln", "install", "rsync", "scp", "gcp", "gmv", "gln", "ginstall");

  /** They may bring links into being, their own or those of what they copy. */
  private static final Set<String> LINKING =
      Set.of("ln", "gln", "link", "mount", "mv", "cp", "rsync", "tar", "unzip", "git", "mklink");

  private Trees() {}

  static void of(String program, List<String> arguments, ScriptWalker walker, Findings findings) {
    if (LINKING.contains(program)) {
      findings.links();
    }
    boolean options = program.equals("shopt") || program.equals("setopt") || program.equals("set");
    if ((options || Scripts.isShell(program)) && arguments.stream().anyMatch(Trees::showsDots)) {
      findings.dots();
    }
    Operands operands = Operands.of(arguments, COPYING.contains(program) ? TARGET : NO_VALUES);
    if (COPYING.contains(program)) {
      copied(program, operands, walker, findings);
    } else {
      note(operands.names(), reach(program, operands), walker, findings);
    }
  }

  private static boolean showsDots(String word) {
    String plain = word.toLowerCase(java.util.Locale.ROOT).replace("_", "");
    return plain.equals("dotglob") || plain.equals("globdots");
  }

  private static Reach reach(String program, Operands operands) {
    return switch (program) {
      case "rm", "grm" -> operands.has("-r", "-R", "--recursive") ? Reach.WHOLE : Reach.NAMED;
      case "chmod", "chown", "chgrp", "chattr", "setfacl" ->
          operands.has("-R", "--recursive") ? Reach.INTO : Reach.NAMED;
      case "rename", "trash", "trash-put", "rmdir", "shred", "tee", "mount", "umount", "mkdir" ->
          Reach.INTO;
      case "git" -> ofGit(operands.names());
      default -> Reach.NAMED;
    };
  }

  private static Reach ofGit(List<String> words) {
    String subcommand = words.isEmpty() ? "" : words.get(0);
    return switch (subcommand) {
      case "rm", "mv" -> Reach.WHOLE;
      case "checkout", "restore", "clone", "worktree", "submodule", "clean" -> Reach.INTO;
      default -> Reach.NAMED;
    };
  }

  private static void note(
      List<String> words, Reach reach, ScriptWalker walker, Findings findings) {
    if (reach != Reach.NAMED) {
      words.stream()
          .filter(Touched::isPath)
          .forEach(word -> findings.hint(walker.written(word), reach));
    }
  }

  private static void copied(
      String program, Operands operands, ScriptWalker walker, Findings findings) {
    @Nullable String target = target(operands);
    List<String> names = operands.names();
    List<String> sources = names;
    if (target == null && names.size() > 1) {
      target = names.get(names.size() - 1);
      sources = names.subList(0, names.size() - 1);
    }
    if (program.endsWith("mv")) {
      note(sources, Reach.WHOLE, walker, findings);
    }
    if (target != null && Touched.isPath(target)) {
      into(target, sources, walker, findings);
      boolean tree = operands.has("-r", "-R", "-a", "--recursive", "--archive");
      boolean renames = program.endsWith("mv") || program.endsWith("ln");
      if (tree || (renames && !target.endsWith("/"))) {
        note(List.of(target), Reach.INTO, walker, findings);
      }
    }
  }

  private static @Nullable String target(Operands operands) {
    return operands.options().stream()
        .filter(option -> option.is("-t", "--target-directory"))
        .map(option -> option.value() == null ? "" : option.value())
        .findFirst()
        .orElse(null);
  }

  /** In a folder the sources keep their last names. */
  private static void into(
      String target, List<String> sources, ScriptWalker walker, Findings findings) {
    for (String source : sources) {
      String path = source.endsWith("/") ? source.substring(0, source.length() - 1) : source;
      String name = KnownCommands.baseName(path);
      if (Touched.isPath(name)) {
        findings.hint(walker.written(target + "/" + name), Reach.NAMED);
      }
    }
  }
}
