package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.hooks.install.ClaudeCodeVersion;
import io.governor.hooks.install.FileChange;
import io.governor.hooks.install.HookEnvironment;
import io.governor.hooks.install.HttpAddress;
import io.governor.hooks.install.InstallException;
import io.governor.hooks.install.InstallOptions;
import io.governor.hooks.install.Installation;
import io.governor.hooks.install.InstalledHttpHook;
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
      Map<String, String> commands = installation(false, null).installedCommands();
      Map<String, InstalledHttpHook> addresses = installation(false, null).installedHttpHooks();
      if (commands.isEmpty()) {
        add(Diagnosis.wrong(CONFIGURATION, "no hooks of ours in " + files() + ": " + init(false)));
        return findings;
      }
      boolean enforce = enforces(commands, addresses);
      configuration(commands, addresses, enforce);
      programs();
      version(enforce);
      switches();
      inUse();
      policy(enforce);
      new CanaryChecks(
              invocation, agent, commands, addresses, enforce, enforcesAnything(), this::add)
          .run();
      bypasses();
    } catch (InstallException e) {
      add(Diagnosis.wrong(CONFIGURATION, e.text()));
    }
    return findings;
  }

  private void add(Diagnosis finding) {
    findings.add(finding);
  }

  /** Whether any of the hooks says that calls are to be refused. */
  static boolean enforces(Map<String, String> commands, Map<String, InstalledHttpHook> addresses) {
    return commands.values().stream().anyMatch(each -> each.contains(" --enforce "))
        || addresses.values().stream().anyMatch(InstalledHttpHook::enforces);
  }

  private Installation installation(boolean enforce, @Nullable HttpAddress http)
      throws InstallException, IOException {
    Machine machine = HookInstallation.machine(invocation);
    boolean blocks = enforce && claude().failuresBlock();
    return Installation.of(
        agent, machine, new InstallOptions(project, enforce, http, blocks, false));
  }

  private ClaudeCodeVersion claude() {
    return agent.equals("claude-code")
        ? ClaudeCodeVersion.installed(invocation.env())
        : new ClaudeCodeVersion(null, null, false);
  }

  private String files() throws InstallException, IOException {
    return String.join(
        ", ", installation(false, null).files().stream().map(Path::toString).toList());
  }

  private String init(boolean enforce) {
    return "governor init "
        + agent
        + (project == null ? "" : " --project " + Text.quoted(project.toString()))
        + (enforce ? " --enforce" : "");
  }

  private void configuration(
      Map<String, String> commands, Map<String, InstalledHttpHook> addresses, boolean enforce)
      throws InstallException, IOException {
    HttpAddress http = addresses.isEmpty() ? null : HookInstallation.address(invocation);
    List<FileChange> changes = installation(enforce, http).changes(false);
    String what =
        files()
            + ": "
            + Text.count(commands.size(), "event")
            + (enforce ? ", enforcing" : ", observing")
            + (http == null ? "" : ", over HTTP");
    add(
        changes.isEmpty()
            ? Diagnosis.well(CONFIGURATION, what)
            : Diagnosis.wrong(
                CONFIGURATION,
                what
                    + ", and not as this version writes it: "
                    + init(enforce)
                    + (http == null ? "" : " --http")
                    + " mends it"));
  }

  /** Whether the script finds what it starts, which no variable tells it. */
  private void programs() throws IOException {
    HookEnvironment environment = HookEnvironment.of(HookInstallation.machine(invocation));
    Path java = environment.find("java");
    Path curl = environment.find("curl");
    if (java == null) {
      add(
          Diagnosis.wrong(
              "programs",
              "hooks find no Java, wherever the PATH leads: " + init(false) + " tells them where"));
    } else {
      add(
          Diagnosis.note(
              "programs",
              "hooks start "
                  + java
                  + (curl == null
                      ? " for each payload: they find no curl to ask a daemon with"
                      : " and ask it with " + curl)));
    }
  }

  /** Hooks that enforce refuse everything where there is no policy. */
  private void policy(boolean enforce) throws IOException {
    try {
      EnforcedPolicy policy = EnforcedPolicy.of(invocation);
      if (enforce && !policy.isThere() && !policy.named()) {
        add(
            Diagnosis.wrong(
                "policy",
                "these hooks enforce and there is no "
                    + policy.file()
                    + ": calls are refused until "
                    + init(true)
                    + " writes one"));
      }
    } catch (ConfigException e) {
      return; // said already
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
