package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.hooks.install.ClaudeCodeVersion;
import io.governor.hooks.install.FileChange;
import io.governor.hooks.install.InstallException;
import io.governor.hooks.install.InstallOptions;
import io.governor.hooks.install.Installation;
import io.governor.hooks.install.InstalledProgram;
import io.governor.hooks.install.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the hooks of one agent do what they are there for. Used once. */
final class HookChecks {

  private static final String CONFIGURATION = "configuration";
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "claude-code", "claude",
          "codex", "codex",
          "gemini", "gemini",
          "cursor", "cursor-agent",
          "copilot-cli", "copilot",
          "kiro", "kiro-cli",
          "droid", "droid",
          "opencode", "opencode");

  private final Invocation invocation;
  private final String agent;
  private final @Nullable Path project;
  private final List<Diagnosis> findings = new ArrayList<>();

  HookChecks(Invocation invocation, String agent, @Nullable Path project) {
    this.invocation = invocation;
    this.agent = agent;
    this.project = project;
  }

  List<Diagnosis> findings() throws IOException, InterruptedException {
    try {
      Map<String, String> commands = installation(false).installedCommands();
      if (commands.isEmpty()) {
        add(Diagnosis.wrong(CONFIGURATION, "no hooks of ours in " + files() + ": " + init(false)));
        return findings;
      }
      boolean enforce = commands.values().stream().anyMatch(each -> each.contains(" --enforce "));
      configuration(commands, enforce);
      version(enforce);
      switches();
      inUse();
      new CanaryChecks(invocation, agent, commands, enforce, enforcesAnything(), this::add).run();
      bypasses();
    } catch (InstallException e) {
      add(Diagnosis.wrong(CONFIGURATION, e.text()));
    }
    return findings;
  }

  private void add(Diagnosis finding) {
    findings.add(finding);
  }

  private Installation installation(boolean enforce) throws InstallException, IOException {
    Machine machine = HookInstallation.machine(invocation);
    boolean blocks = enforce && claude().failuresBlock();
    return Installation.of(
        agent, machine, new InstallOptions(project, enforce, null, blocks, false));
  }

  private ClaudeCodeVersion claude() {
    return agent.equals("claude-code")
        ? ClaudeCodeVersion.installed(invocation.env())
        : new ClaudeCodeVersion(null, null, false);
  }

  private String files() throws InstallException, IOException {
    return String.join(", ", installation(false).files().stream().map(Path::toString).toList());
  }

  private String init(boolean enforce) {
    return "governor init "
        + agent
        + (project == null ? "" : " --project " + project)
        + (enforce ? " --enforce" : "");
  }

  private void configuration(Map<String, String> commands, boolean enforce)
      throws InstallException, IOException {
    boolean overHttp = commands.values().stream().anyMatch(each -> each.startsWith("http://"));
    List<FileChange> changes = overHttp ? List.of() : installation(enforce).changes(false);
    String what =
        files()
            + ": "
            + Text.count(commands.size(), "event")
            + (enforce ? ", enforcing" : ", observing");
    add(
        changes.isEmpty()
            ? Diagnosis.well(CONFIGURATION, what)
            : Diagnosis.wrong(
                CONFIGURATION,
                what + ", and not as this version writes it: " + init(enforce) + " mends it"));
    if (overHttp) {
      add(
          Diagnosis.unproven(
              "over HTTP", "calls go to the daemon without a command that could be tried here"));
    }
  }

  /** Which version there is, and whether it lets a call go on when a hook fails. */
  private void version(boolean enforce) {
    String program = PROGRAMS.get(agent);
    Path found = program == null ? null : InstalledProgram.find(program, invocation.env());
    String version = found == null ? null : InstalledProgram.version(found, invocation.env());
    String shown =
        version == null
            ? "the version of " + agent + " is not known"
            : Text.shortened(Text.line(version), 60);
    String meaning = failedHook();
    add(
        enforce && meaning.startsWith("lets")
            ? Diagnosis.unproven("version", shown + "; it " + meaning)
            : Diagnosis.note("version", shown + "; it " + meaning));
  }

  /** Whether the agent is told to run no hooks at all. */
  private void switches() {
    Path folder = project == null ? Path.of("").toAbsolutePath() : project;
    for (String off : HookSwitches.off(agent, invocation, folder)) {
      add(
          Diagnosis.wrong(
              "switched off", off + " tells the agent to run no hooks: nothing is governed"));
    }
  }

  /** No agent is started here, so what is on record is all that shows that it runs its hooks. */
  private void inUse() throws IOException {
    if (OwnSessions.are(invocation, agent)) {
      add(
          Diagnosis.note(
              "in use", "sessions of the agent's own are on record: governor list says when"));
    } else {
      add(
          Diagnosis.unproven(
              "in use",
              "whether the agent runs its hooks is not shown: no session of its own is on record"));
    }
    if (agent.equals("codex")) {
      add(Diagnosis.unproven("trust", HookInstallation.trust(project != null)));
    }
  }

  private String failedHook() {
    String passes =
        "lets a call go on when the hook cannot be started, is killed, or takes too long";
    return switch (agent) {
      case "claude-code" ->
          claude().failuresBlock() ? "refuses a call when the hook fails, if told so" : passes;
      case "cursor" -> "refuses a call when the hook fails, if told so (documented, not tried)";
      case "opencode" -> "refuses a call when the plugin throws (documented, not tried)";
      case "codex", "gemini" -> passes;
      default -> passes + ", or its documentation does not say";
    };
  }

  private boolean enforcesAnything() throws IOException {
    try {
      return EnforcedPolicy.of(invocation).enforcesAnything();
    } catch (ConfigException | CommandFailure e) {
      return false; // said already
    }
  }

  private void bypasses() throws IOException {
    long bypassed = BypassedCalls.of(invocation, agent);
    add(
        bypassed == 0
            ? Diagnosis.well("denied but ran", "none on record")
            : Diagnosis.wrong(
                "denied but ran",
                Text.count(bypassed, "call")
                    + " that was refused has a result on record (ENFORCEMENT_BYPASSED): governor"
                    + " explain ENFORCEMENT_BYPASSED"));
  }
}
