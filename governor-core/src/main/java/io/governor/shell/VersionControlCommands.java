package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table "Version control" of the execution record, section 8.3, and that of gh below it. */
final class VersionControlCommands {
  private static final EffectTable GIT =
      EffectTable.of(
          "version_control",
          """
          read F                   | status log diff show blame ls-files rev-parse describe
          create F                 | commit init
          modify F                 | add merge cherry-pick revert am apply mv
          modify T                 | restore rebase
          delete T                 | rm clean
          network/read F, modify F | fetch
          depends                  | remote branch tag stash config clone pull push checkout switch reset worktree
          """);

  private static final EffectTable GH =
      EffectTable.of(
          "version_control",
          """
          network/read F             | pr+list pr+view pr+status repo+view run+list run+view
          network/modify F, create F | pr+create repo+create release+create
          network/modify F, modify F | pr+merge pr+edit pr+review pr+comment pr+close
          network/modify F, delete T | repo+delete release+delete
          """);

  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of("-C", "-c", "--git-dir", "--work-tree", "--namespace");

  private static final List<Effect> READ = effects("read F");
  private static final List<Effect> CREATE = effects("create F");
  private static final List<Effect> MODIFY = effects("modify F");
  private static final List<Effect> OVERWRITE = effects("modify T");
  private static final List<Effect> DELETE = effects("delete T");

  private VersionControlCommands() {}

  private static List<Effect> effects(String notation) {
    return Effects.of("version_control", notation);
  }

  static Outcome git(Arguments arguments) {
    Arguments command = arguments.fromFirstName(OPTIONS_WITH_VALUE);
    List<String> subcommand = GIT.subcommand(command.words());
    if (subcommand.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    @Nullable List<Effect> fixed = GIT.effects(subcommand.get(0));
    return GIT.outcome(
        subcommand, fixed != null ? fixed : dependent(subcommand.get(0), command.afterFirst()));
  }

  private static @Nullable List<Effect> dependent(String subcommand, Arguments arguments) {
    return switch (subcommand) {
      case "remote" ->
          arguments.words().stream().allMatch(Set.of("-v", "--verbose")::contains) ? READ : null;
      case "branch" -> reference(arguments, arguments.has("-d", "-D", "--delete"));
      case "tag" -> reference(arguments, arguments.has("-d", "--delete"));
      case "stash" -> stash(firstName(arguments));
      case "config" ->
          arguments.hasPrefix("--get") || arguments.has("-l", "--list") ? READ : MODIFY;
      case "clone" ->
          arguments.names().stream().anyMatch(Remote::isRemote)
              ? effects("network/read F, create F")
              : CREATE;
      case "pull" ->
          arguments.has("--rebase", "-r")
              ? effects("network/read F, modify T")
              : effects("network/read F, modify F");
      case "push" -> push(arguments);
      case "checkout" -> checkout(arguments);
      case "switch" -> switchBranch(arguments);
      case "reset" -> arguments.has("--hard") ? OVERWRITE : MODIFY;
      case "worktree" -> worktree(firstName(arguments));
      default -> null;
    };
  }

  private static String firstName(Arguments arguments) {
    return arguments.names().stream().findFirst().orElse("");
  }

  private static List<Effect> reference(Arguments arguments, boolean deletes) {
    if (deletes) {
      return DELETE;
    }
    return arguments.names().isEmpty() ? READ : CREATE;
  }

  private static @Nullable List<Effect> stash(String action) {
    return switch (action) {
      case "list" -> READ;
      case "pop", "apply" -> MODIFY;
      case "drop", "clear" -> DELETE;
      case "push", "" -> CREATE;
      default -> null;
    };
  }

  private static List<Effect> push(Arguments arguments) {
    boolean deletes =
        arguments.has("--delete", "-d")
            || arguments.names().stream().anyMatch(name -> name.startsWith(":"));
    if (deletes) {
      return effects("network/modify F, delete T");
    }
    boolean overwrites = arguments.has("--force", "-f", "--force-with-lease");
    return overwrites
        ? effects("network/modify F, modify T")
        : effects("network/modify F, modify F");
  }

  private static List<Effect> checkout(Arguments arguments) {
    if (arguments.has("-b", "-B", "--orphan")) {
      return CREATE;
    }
    return arguments.has("-f", "--force") || arguments.hasWord("--") ? OVERWRITE : MODIFY;
  }

  private static List<Effect> switchBranch(Arguments arguments) {
    if (arguments.has("-c", "-C", "--create", "--force-create")) {
      return CREATE;
    }
    return arguments.has("-f", "--force", "--discard-changes") ? OVERWRITE : MODIFY;
  }

  private static @Nullable List<Effect> worktree(String action) {
    return switch (action) {
      case "add" -> CREATE;
      case "remove" -> DELETE;
      default -> null;
    };
  }

  /** gh's sub-command is its first two names whatever the first one is. */
  static Outcome gh(Arguments arguments) {
    return GH.outcome(arguments.names().stream().limit(2).toList());
  }
}
