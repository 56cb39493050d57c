package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All commands of the tables, by name. No family is read before one of its commands is asked for: a
 * process that classifies one command needs one of them.
 */
final class KnownCommands {
  /** Tools whose name may carry the version of the language they belong to. */
  private static final List<String> VERSIONED = List.of("pip", "python");

  private KnownCommands() {}

  static String baseName(String executable) {
    return executable.substring(executable.lastIndexOf('/') + 1);
  }

  /** The command of this name, or null when no table lists it. */
  static @Nullable KnownCommand find(String name) {
    String tool = withoutVersion(name);
    return switch (tool) {
      case "sed" -> FilesystemCommands::sed;
      case "gzip" -> FilesystemCommands::gzip;
      case "tar" -> FilesystemCommands::tar;
      case "tee" -> FilesystemCommands::tee;
      case "git", "hg", "svn" -> VersionControlCommands::git;
      case "gh" -> VersionControlCommands::gh;
      case "pip",
          "pipx",
          "uv",
          "poetry",
          "npm",
          "pnpm",
          "yarn",
          "brew",
          "apt",
          "apt-get",
          "cargo",
          "gem",
          "go",
          "conda" ->
          arguments -> PackageCommands.outcome(tool, arguments);
      case "curl" -> NetworkCommands::curl;
      case "wget" -> NetworkCommands::wget;
      case "scp" -> NetworkCommands::scp;
      case "rsync" -> NetworkCommands::rsync;
      case "aws" -> AwsCommand::aws;
      case "gcloud", "az" -> CloudCommands::verbLast;
      case "kubectl" -> CloudCommands::kubectl;
      case "terraform", "tofu" -> CloudCommands::terraform;
      case "helm" -> CloudCommands::helm;
      case "pulumi" -> CloudCommands::pulumi;
      case "java", "make", "pytest", "tox" -> ProcessCommands::program;
      case "python" -> ProcessCommands::python;
      case "node" -> ProcessCommands::node;
      case "ruby", "perl" -> ProcessCommands::rubyOrPerl;
      case "docker", "podman" -> ProcessCommands::container;
      case "sh", "bash", "zsh", "eval", "xargs", "source", "." -> arguments -> Outcome.UNKNOWN;
      default -> fixed(tool);
    };
  }

  /** What does the same whatever its arguments are. */
  private static @Nullable KnownCommand fixed(String name) {
    @Nullable List<Effect> filesystem = FilesystemCommands.FIXED.effects(name);
    @Nullable List<Effect> effects =
        filesystem == null ? NetworkCommands.FIXED.effects(name) : filesystem;
    return effects == null ? null : arguments -> Outcome.of(effects);
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
