package io.governor.cli;

import io.governor.Verdict;
import io.governor.config.ConfigException;
import io.governor.hooks.install.Canary;
import io.governor.hooks.install.HookRun;
import io.governor.hooks.install.Installation;
import io.governor.hooks.install.InstalledHttpHook;
import io.governor.policy.PolicyCase;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the installed command with calls that nobody makes: one that does no harm, and in enforce
 * some that the policy should refuse. Nothing of the calls is ever run. Used once.
 */
final class CanaryChecks {

  private static final String HARMLESS = "true";
  private static final String HARMFUL = "rm -rf ./governor-doctor";
  private static final int MOST_TRIED = 8;
  private static final int LOOKS = 40;
  private static final long PAUSE = 50;

  private final Invocation invocation;
  private final String agent;
  private final Map<String, String> commands;
  private final Map<String, InstalledHttpHook> addresses;
  private final boolean enforce;
  private final boolean policyEnforces;
  private final Consumer<Diagnosis> found;
  private final String session = "governor-doctor-" + UUID.randomUUID();

  CanaryChecks(
      Invocation invocation,
      String agent,
      Map<String, String> commands,
      Map<String, InstalledHttpHook> addresses,
      boolean enforce,
      boolean policyEnforces,
      Consumer<Diagnosis> found) {
    this.invocation = invocation;
    this.agent = agent;
    this.commands = commands;
    this.addresses = addresses;
    this.enforce = enforce;
    this.policyEnforces = policyEnforces;
    this.found = found;
  }

  void run() throws IOException, InterruptedException {
    InstalledHttpHook address = before(addresses);
    String command = before(commands);
    if (command == null) {
      found.accept(Diagnosis.unproven("call", "there is no hook that is asked before a call runs"));
      return;
    }
    HookCaller hook =
        address == null ? HookCaller.command(command, invocation.env()) : HookCaller.http(address);
    Path folder = Files.createTempDirectory("governor-doctor");
    try {
      if (harmless(hook, folder)) {
        recorded();
        refusals(hook, folder);
        if (address == null) {
          withoutAnswer(command, folder);
        } else {
          withoutDaemon(address);
        }
      }
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private void refusals(HookCaller hook, Path folder) throws IOException, InterruptedException {
    if (policyEnforces) {
      refused(hook, folder);
    } else if (enforce) {
      found.accept(
          Diagnosis.unproven(
              "refusal",
              "no policy enforces anything: only calls that cannot be checked are refused"));
    }
  }

  private static <T> @Nullable T before(Map<String, T> hooks) {
    for (Map.Entry<String, T> each : hooks.entrySet()) {
      if (Installation.refuses(each.getKey())) {
        return each.getValue();
      }
    }
    return null;
  }

  private HookRun call(HookCaller hook, Path folder, String shellCommand)
      throws IOException, InterruptedException {
    return hook.call(folder, Canary.payload(agent, session, folder, shellCommand));
  }

  private boolean harmless(HookCaller hook, Path folder) throws IOException, InterruptedException {
    HookRun run = call(hook, folder, HARMLESS);
    if (run.exitCode() == 0 && !Canary.isRefusal(0, run.stdout())) {
      boolean silent = run.stderr().isBlank();
      found.accept(
          silent
              ? Diagnosis.well("harmless call", "goes on, " + times(run, hook, folder))
              : Diagnosis.wrong("harmless call", "goes on, but: " + said(run)));
      return silent;
    }
    found.accept(
        Diagnosis.wrong(
            "harmless call",
            run.exitCode() == -1
                ? "no answer in time from: " + hook.name()
                : "exit " + run.exitCode() + " of " + hook.name() + ": " + said(run)));
    return false;
  }

  /** The first call may have started the daemon; the second shows what calls cost. */
  private String times(HookRun first, HookCaller hook, Path folder)
      throws IOException, InterruptedException {
    HookRun second = call(hook, folder, HARMLESS);
    return second.took().toMillis() + " ms, and the first " + first.took().toMillis() + " ms";
  }

  private static String said(HookRun run) {
    String text = run.stderr().isBlank() ? run.stdout() : run.stderr();
    return text.isBlank()
        ? "it says nothing"
        : Text.shortened(Text.line(text.lines().findFirst().orElse("")), 300);
  }

  private void recorded() throws IOException, InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      if (isRecorded()) {
        found.accept(Diagnosis.well("record", "the call is on record: governor open " + session));
        return;
      }
      Thread.sleep(PAUSE);
    }
    found.accept(
        Diagnosis.wrong(
            "record",
            "the call is not on record below "
                + invocation.stateRoot()
                + ": does the hook use another state root?"));
  }

  private boolean isRecorded() throws IOException {
    Path folder = invocation.traces().resolve(agent);
    return Files.isDirectory(folder)
        && TraceCatalog.read(folder).find(session).stream().anyMatch(each -> each.toolCalls() > 0);
  }

  private void refused(HookCaller hook, Path folder) throws IOException, InterruptedException {
    for (String each : harmful()) {
      HookRun run = call(hook, folder, each);
      if (Canary.isRefusal(run.exitCode(), run.stdout())) {
        found.accept(
            Diagnosis.well(
                "refusal", "a call that the policy denies is refused in the agent's own words"));
        return;
      }
    }
    found.accept(
        Diagnosis.unproven(
            "refusal",
            "none of the calls that were tried was refused: a case in the policy with expect: deny"
                + " and a command among its arguments tells the doctor what to try"));
  }

  /** Commands that the policy should deny: from its own cases, and one that most policies deny. */
  private List<String> harmful() throws IOException {
    List<String> commands = new ArrayList<>();
    commands.add(HARMFUL);
    try {
      Path file = EnforcedPolicy.of(invocation).file();
      for (PolicyCase each : PolicyLoader.standard().withoutCases().load(file).policy().cases()) {
        if (each.expect() == Verdict.DENY
            && each.repeat() == 1
            && each.arguments().get("command") instanceof String command
            && commands.size() < MOST_TRIED) {
          commands.add(command);
        }
      }
    } catch (PolicyException | ConfigException e) {
      return commands; // said already
    }
    return commands;
  }

  /** Over HTTP it is the agent's to say what becomes of a call that nobody answers. */
  private void withoutDaemon(InstalledHttpHook address) {
    boolean refuses = address.failureRefuses();
    found.accept(
        enforce && !refuses
            ? Diagnosis.wrong(
                "no answer", "a call should be refused where nobody answers: onFailure is missing")
            : Diagnosis.note(
                "no answer",
                "not tried over HTTP: the agent is told "
                    + (refuses ? "to refuse a call (onFailure: block)" : "nothing")
                    + " where no daemon runs"));
  }

  /** What the command does where it can have no answer: a state root that cannot be one. */
  private void withoutAnswer(String command, Path folder) throws IOException, InterruptedException {
    String agentAlone = " " + agent;
    if (!command.endsWith(agentAlone)) {
      found.accept(Diagnosis.unproven("no answer", "what the hook does without one was not tried"));
      return;
    }
    String broken =
        command.substring(0, command.length() - agentAlone.length())
            + " --home /dev/null/nowhere"
            + agentAlone;
    HookRun run = call(HookCaller.command(broken, invocation.env()), folder, HARMLESS);
    boolean refuses = Canary.isRefusal(run.exitCode(), run.stdout());
    boolean goesOn = run.exitCode() == 0 && !refuses;
    found.accept(
        (enforce ? refuses : goesOn)
            ? Diagnosis.well(
                "no answer", enforce ? "a call is refused, with a reason" : "a call goes on")
            : Diagnosis.wrong(
                "no answer",
                (enforce ? "a call should be refused" : "a call should go on")
                    + " where nobody answers, and is not: exit "
                    + run.exitCode()));
  }
}
