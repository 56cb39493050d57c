package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.hooks.install.ClaudeCodeVersion;
import io.governor.hooks.install.FileChange;
import io.governor.hooks.install.HookEnvironment;
import io.governor.hooks.install.HttpAddress;
import io.governor.hooks.install.InstallException;
import io.governor.hooks.install.InstallOptions;
import io.governor.hooks.install.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor init}: puts our hooks into a coding agent's configuration, or takes them out. */
@Command(
    name = "init",
    description = {
      "Put hooks into a coding agent's own configuration, or take them out.",
      "Shows what changes, asks where a person looks on, and applies it otherwise."
    })
final class InitCommand implements Callable<Integer> {

  private static final String CLAUDE_CODE = "claude-code";

  private final Invocation invocation;

  @Parameters(
      paramLabel = "AGENT",
      description =
          "claude-code, codex, gemini; from their documentation: cursor, copilot-cli, windsurf,"
              + " cline, kiro, droid, opencode.")
  private String agent = "";

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "Edit the configuration of this project instead of your own.")
  private @Nullable Path project;

  @Option(
      names = "--enforce",
      description = "Refuse a call when no answer can be had; writes a policy where there is none.")
  private boolean enforce;

  @Option(
      names = "--http",
      description = "Claude Code: ask the daemon over HTTP, where a failed hook can refuse.")
  private boolean http;

  @Option(
      names = "--commands",
      description = "Claude Code: write the slash commands governor-status and governor-pulse too.")
  private boolean commands;

  @Option(names = "--dry-run", description = "Show what would change and change nothing.")
  private boolean dryRun;

  @Option(names = "--remove", description = "Take the hooks out again.")
  private boolean remove;

  InitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (!Installation.agents().contains(agent)) {
      throw CommandFailure.usage(
          "there is no agent \""
              + agent
              + "\"; expected "
              + String.join(", ", Installation.agents()));
    }
    if ((http || commands) && !agent.equals(CLAUDE_CODE)) {
      throw CommandFailure.usage("--http and --commands are for claude-code");
    }
    try {
      return run();
    } catch (InstallException e) {
      throw CommandFailure.usage(e.text());
    } catch (ConfigException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private int run() throws IOException, InstallException, ConfigException {
    InstallOptions options = options();
    Installation installation =
        Installation.of(agent, HookInstallation.machine(invocation), options);
    EnforcedPolicy policy = EnforcedPolicy.of(invocation);
    boolean writesPolicy = enforce && !remove && !policy.isThere();
    HookEnvironment environment = HookEnvironment.of(HookInstallation.machine(invocation));
    boolean writesEnvironment = !remove && !environment.isThere();
    List<FileChange> changes = installation.changes(remove);
    show(changes, options);
    if (changes.isEmpty() && !writesPolicy && !writesEnvironment) {
      note(
          remove
              ? "There is nothing to take out."
              : "Nothing to do: the hooks are as they should be.");
      policyHint(policy);
      return ExitCode.DONE;
    }
    if (writesPolicy) {
      note("Also: " + policy.file() + ", a policy to start with, which enforces.");
    }
    if (writesEnvironment) {
      note("Also: " + environment.file() + ", where hooks find Java and curl on this machine.");
    }
    if (dryRun) {
      return ExitCode.DONE;
    }
    if (!invocation
        .terminal()
        .confirms("Change " + (changes.size() == 1 && !writesPolicy ? "this?" : "these?"))) {
      note("Nothing was changed.");
      return ExitCode.DONE;
    }
    if (writesEnvironment) {
      environment.write();
    }
    if (writesPolicy) {
      policy.write(HookInstallation.programs());
    }
    apply(installation, changes, writesPolicy ? policy : null);
    if (!remove) {
      archive();
    }
    policyHint(policy);
    return ExitCode.DONE;
  }

  private InstallOptions options() throws InstallException, IOException {
    if (project != null && !Files.isDirectory(project)) {
      throw CommandFailure.usage(project + ": there is no such directory");
    }
    Path folder = project == null ? null : project.toAbsolutePath().normalize();
    boolean asksVersion = agent.equals(CLAUDE_CODE) && !remove && (enforce || http);
    ClaudeCodeVersion version =
        asksVersion
            ? ClaudeCodeVersion.installed(invocation.env())
            : new ClaudeCodeVersion(null, null, false);
    HttpAddress address =
        http && !remove ? HookInstallation.http(invocation, version, folder) : null;
    if (asksVersion && enforce && !version.failuresBlock()) {
      note(HookInstallation.withoutOnFailure(version));
    }
    return new InstallOptions(
        folder, enforce, address, enforce && version.failuresBlock(), commands || remove);
  }

  private void show(List<FileChange> changes, InstallOptions options) {
    for (FileChange change : changes) {
      String diff = change.diff();
      String secret = options.http() == null ? "" : options.http().token();
      String shown = secret.isEmpty() ? diff : diff.replace(secret, "<token>");
      invocation.terminal().answer(Text.lines(shown));
    }
  }

  /** A policy that was left without hooks would be taken for the operator's at the next run. */
  private void apply(
      Installation installation, List<FileChange> changes, @Nullable EnforcedPolicy written)
      throws IOException, InstallException {
    boolean done = false;
    try {
      applied(installation, changes);
      done = true;
    } finally {
      if (!done && written != null && installation.changes(remove).size() == changes.size()) {
        Files.deleteIfExists(written.file());
      }
    }
  }

  private void applied(Installation installation, List<FileChange> changes) throws IOException {
    List<Path> kept = installation.apply(changes, remove);
    for (int i = 0; i < changes.size(); i++) {
      note(
          (changes.get(i).after() == null ? "Removed " : "Wrote ")
              + changes.get(i).file()
              + (changes.get(i).before() == null ? "" : "; it was " + kept.get(i)));
    }
    if (!remove) {
      HookInstallation.next(agent, project != null).forEach(this::note);
    }
  }

  /** Makes the start of the fallback cheap; hooks work without it. */
  private void archive() throws IOException {
    try {
      new ClassArchive(invocation.stateRoot()).make();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void policyHint(EnforcedPolicy policy) throws IOException {
    if (enforce && !remove && !policy.enforcesAnything()) {
      note(
          policy.file()
              + " observes only: nothing it says is refused until a rule or the policy has mode:"
              + " enforce.");
    }
  }

  private void note(String line) {
    invocation.terminal().note(line);
  }
}
