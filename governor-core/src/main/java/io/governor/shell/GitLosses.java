package io.governor.shell;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What git's sub-commands would lose (git's manual pages). Work counts as lost when neither a
 * commit nor the remote repository holds it any more.
 */
final class GitLosses {

  @FunctionalInterface
  private interface Rule {
    @Nullable Loss judge(Operands operands);
  }

  private static final Set<String> OFF = Set.of("false", "no", "off", "0", "");
  private static final Option.Valued NO_VALUES = new Option.Valued("", Set.of());

  private static final Map<String, Option.Valued> VALUED =
      Map.of(
          "checkout",
              new Option.Valued(
                  "bBU",
                  Set.of(
                      "--orphan",
                      "--conflict",
                      "--pathspec-from-file",
                      "--inter-hunk-context",
                      "--unified")),
          "switch",
              new Option.Valued(
                  "cC", Set.of("--create", "--force-create", "--orphan", "--conflict")),
          "restore",
              new Option.Valued("sU", Set.of("--source", "--conflict", "--pathspec-from-file")),
          "clean", new Option.Valued("e", Set.of("--exclude")),
          "push",
              new Option.Valued("o", Set.of("--push-option", "--repo", "--receive-pack", "--exec")),
          "branch",
              new Option.Valued(
                  "u", Set.of("--set-upstream-to", "--sort", "--contains", "--format")),
          "commit",
              new Option.Valued("mFCct", Set.of("--message", "--file", "--author", "--date")));

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("checkout", GitLosses::checkout),
          Map.entry("switch", GitLosses::switchBranch),
          Map.entry("restore", GitLosses::restore),
          Map.entry("reset", GitLosses::reset),
          Map.entry("push", GitLosses::push),
          Map.entry("branch", GitLosses::branch),
          Map.entry("stash", GitLosses::stash),
          Map.entry("worktree", GitLosses::worktree),
          Map.entry("reflog", GitLosses::reflog),
          Map.entry("gc", GitLosses::gc),
          Map.entry("filter-branch", operands -> Loss.HISTORY),
          Map.entry("filter-repo", operands -> Loss.HISTORY));

  private GitLosses() {}

  static @Nullable Loss loss(String subcommand, List<String> arguments, List<String> settings) {
    Operands operands = Operands.of(arguments, VALUED.getOrDefault(subcommand, NO_VALUES));
    if (operands.hasExactly("--help", "--version")
        || operands.options().stream().anyMatch(o -> o.is("-h"))) {
      return null;
    }
    if (subcommand.equals("clean")) {
      return clean(operands, settings);
    }
    @Nullable Rule rule = RULES.get(subcommand);
    return rule == null ? null : rule.judge(operands);
  }

  private static @Nullable Loss checkout(Operands operands) {
    if (operands.has("-f") || operands.hasExactly("--force")) {
      return Loss.CHECKOUT_FORCE;
    }
    if (operands.hasExactly("-b", "-B", "--orphan")) {
      return null;
    }
    boolean paths =
        operands.afterDashes() > 0
            || operands.has("--pathspec-from-file")
            || operands.names().size() > 1
            || operands.names().stream().anyMatch(GitLosses::isPathspec);
    return paths ? Loss.CHECKOUT_PATHS : null;
  }

  /** What no branch can be called (git-check-ref-format), so it names files. */
  private static boolean isPathspec(String name) {
    return name.equals(".")
        || name.equals("..")
        || name.startsWith("./")
        || name.startsWith("../")
        || name.startsWith(":")
        || name.endsWith("/")
        || name.indexOf('*') >= 0
        || name.indexOf('?') >= 0;
  }

  private static @Nullable Loss switchBranch(Operands operands) {
    boolean discards = operands.has("-f", "--discard-changes") || operands.hasExactly("--force");
    return discards ? Loss.SWITCH_FORCE : null;
  }

  private static @Nullable Loss restore(Operands operands) {
    boolean stagedOnly = operands.hasExactly("-S", "--staged") && !operands.has("-W", "--worktree");
    return stagedOnly ? null : Loss.RESTORE;
  }

  private static @Nullable Loss reset(Operands operands) {
    if (operands.has("--hard")) {
      return Loss.RESET_HARD;
    }
    return operands.has("--merge") ? Loss.RESET_MERGE : null;
  }

  private static @Nullable Loss clean(Operands operands, List<String> settings) {
    boolean unguarded = settings.stream().anyMatch(GitLosses::allowsClean);
    boolean forced = operands.has("-f", "--force") || unguarded;
    return forced && !operands.hasExactly("-n", "--dry-run") ? Loss.CLEAN_FORCE : null;
  }

  private static boolean allowsClean(String setting) {
    String lower = setting.toLowerCase(Locale.ROOT);
    int equals = lower.indexOf('=');
    boolean off = equals > 0 && OFF.contains(lower.substring(equals + 1));
    return off && lower.startsWith("clean.requireforce=");
  }

  private static @Nullable Loss push(Operands operands) {
    boolean lease = operands.hasExactly("--force-with-lease", "--force-if-includes");
    boolean dryRun = operands.hasExactly("-n", "--dry-run");
    boolean forced = operands.hasExactly("-f", "--force");
    boolean overwrites =
        operands.hasExactly("--mirror")
            || operands.names().stream().anyMatch(name -> name.startsWith("+"));
    if (dryRun) {
      return null;
    }
    if (overwrites || (forced && !lease)) {
      return Loss.PUSH_FORCE;
    }
    boolean deletes =
        operands.hasExactly("-d", "--delete", "--prune")
            || operands.names().stream()
                .anyMatch(name -> name.startsWith(":") && name.length() > 1);
    return deletes ? Loss.PUSH_DELETE : null;
  }

  private static @Nullable Loss branch(Operands operands) {
    boolean deletes = operands.hasExactly("-d", "--delete");
    boolean forced = operands.hasExactly("-f", "--force");
    return operands.hasExactly("-D") || (deletes && forced) ? Loss.BRANCH_DELETE : null;
  }

  private static @Nullable Loss stash(Operands operands) {
    boolean drops = startsWith(operands, "drop") || startsWith(operands, "clear");
    return drops ? Loss.STASH_DROP : null;
  }

  private static @Nullable Loss worktree(Operands operands) {
    boolean forced = operands.has("-f", "--force");
    return startsWith(operands, "remove") && forced ? Loss.WORKTREE_FORCE : null;
  }

  private static @Nullable Loss reflog(Operands operands) {
    boolean drops = startsWith(operands, "expire") || startsWith(operands, "delete");
    return drops && !operands.hasExactly("-n", "--dry-run") ? Loss.HISTORY : null;
  }

  private static @Nullable Loss gc(Operands operands) {
    boolean now =
        operands.options().stream()
            .anyMatch(
                option ->
                    option.is("--prune")
                        && ("now".equals(option.value()) || "all".equals(option.value())));
    return now ? Loss.HISTORY : null;
  }

  private static boolean startsWith(Operands operands, String word) {
    return !operands.names().isEmpty() && operands.names().get(0).equals(word);
  }
}
