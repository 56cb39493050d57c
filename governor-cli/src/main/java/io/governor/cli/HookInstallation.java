package io.governor.cli;

import io.governor.file.Ownership;
import io.governor.file.StateRoot;
import io.governor.hooks.install.ClaudeCodeVersion;
import io.governor.hooks.install.HttpAddress;
import io.governor.hooks.install.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What setting up hooks needs to know of this run of the command. Stateless. */
final class HookInstallation {

  /** The folder of the launcher, which says it. */
  private static final String BIN = "governor.bin";

  private HookInstallation() {}

  static Machine machine(Invocation invocation) {
    return new Machine(home(invocation), invocation.stateRoot(), script(), invocation.env());
  }

  /** The same for whoever only looks, wherever this command was started from. */
  static Machine machineToRead(Invocation invocation) {
    return new Machine(
        home(invocation), invocation.stateRoot(), Path.of("governor-hook"), invocation.env());
  }

  static Path home(Invocation invocation) {
    String home = invocation.env().get("HOME");
    return home == null || home.isBlank() ? StateRoot.userHome() : Path.of(home).toAbsolutePath();
  }

  /**
   * The script that hooks run, beside the launcher.
   *
   * @throws CommandFailure if this was not started by the launcher, or the script is missing
   */
  static Path script() {
    String bin = System.getProperty(BIN, "");
    if (bin.isEmpty()) {
      throw CommandFailure.localIo(
          "where governor is installed is not known: run bin/governor, not its classes");
    }
    Path script = Path.of(bin).toAbsolutePath().normalize().resolve("governor-hook");
    if (!Files.isExecutable(script)) {
      throw CommandFailure.localIo(script + ": the installation is incomplete: expected a script");
    }
    return script;
  }

  /** What of us is run: the folders of an installation, or the files in a checkout. */
  static List<Path> programs() throws IOException {
    Path named = script();
    Path script = named.toRealPath();
    Path lib = script.resolveSibling("../lib").normalize();
    List<Path> programs = new ArrayList<>();
    if (Files.isRegularFile(lib.resolve("governor.jar"))) {
      programs.addAll(List.of(script.resolveSibling(""), lib));
    } else {
      programs.addAll(List.of(script, script.resolveSibling("governor")));
    }
    if (!named.equals(script)) {
      programs.add(named);
    }
    programs.removeIf(program -> program.toString().chars().anyMatch(Character::isISOControl));
    return programs;
  }

  /** Where the daemon listens, for an agent that may be told so. */
  static HttpAddress http(Invocation invocation, ClaudeCodeVersion version, @Nullable Path project)
      throws IOException {
    if (!version.failuresBlock()) {
      throw CommandFailure.usage(
          "--http is refused: "
              + claude(version)
              + " lets a call go on when an HTTP hook fails, and says nothing; without --http a"
              + " command is run, which can refuse in every version");
    }
    if (project != null) {
      throw CommandFailure.usage(
          "--http writes the daemon's token, which belongs in nobody's project: leave --project out");
    }
    return address(invocation);
  }

  /** Where the daemon listens over HTTP. */
  static HttpAddress address(Invocation invocation) throws IOException {
    Path run = invocation.stateRoot().resolve("run");
    Path port = run.resolve("http-port");
    Path token = run.resolve("http-token");
    if (!Files.isRegularFile(port, LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(token, LinkOption.NOFOLLOW_LINKS)) {
      throw CommandFailure.usage(
          "the daemon has never listened over HTTP: write hooks: {daemon: {http: true}} in "
              + invocation.stateRoot().resolve("config.yaml")
              + " and run governor daemon start");
    }
    Ownership.refuseIfOthersCanWrite(token);
    try {
      return new HttpAddress(
          Integer.parseInt(Files.readString(port).strip()), Files.readString(token).strip());
    } catch (NumberFormatException e) {
      throw CommandFailure.localIo(port + ": expected the number of a port");
    }
  }

  private static String claude(ClaudeCodeVersion version) {
    if (version.program() == null) {
      return "there is no claude on the PATH, and of an unknown version it must be feared that it";
    }
    return "Claude Code "
        + (version.version() == null ? "of an unknown version" : version.version());
  }

  /** What a version that lets failed hooks pass means. */
  static String withoutOnFailure(ClaudeCodeVersion version) {
    return (version.program() == null
            ? "There is no claude on the PATH, so its version is not known"
            : claude(version) + " does not know onFailure")
        + ": where the hook itself cannot be started or is killed, the call goes on.";
  }

  /** What is left to do for a person. */
  static List<String> next(String agent, boolean inProject) {
    String restart = "Sessions that are open keep what they began with: start them again.";
    String check = "Next: governor doctor " + agent + " shows whether it works.";
    if (agent.equals("codex")) {
      return List.of(trust(inProject), restart, check);
    }
    return List.of(restart, check);
  }

  /** What Codex wants before it runs a hook; without it, it passes over the hook in silence. */
  static String trust(boolean inProject) {
    String review =
        "Codex passes over a hook, without a word, until you have reviewed it, and again when its"
            + " command has changed: start codex, look at /hooks and trust what governor-hook runs.";
    return inProject
        ? review
            + " It also passes over the hooks of a project that its configuration does not trust"
            + " (trust_level in config.toml)."
        : review;
  }
}
