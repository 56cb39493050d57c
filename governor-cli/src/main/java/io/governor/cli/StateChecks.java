package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.hooks.HookConfig;
import io.governor.hooks.HookFailures;
import io.governor.hooks.HookSettings.OnFailure;
import io.governor.hooks.daemon.DaemonClient;
import io.governor.hooks.daemon.DaemonStatus;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is the same for every agent: configuration, policy, daemon, failures. Used once. */
final class StateChecks {

  private final Invocation invocation;

  StateChecks(Invocation invocation) {
    this.invocation = invocation;
  }

  List<Diagnosis> findings() {
    List<Diagnosis> findings = new ArrayList<>();
    findings.add(Diagnosis.note("state root", invocation.stateRoot().toString()));
    findings.add(configuration());
    findings.add(policy());
    findings.add(daemon());
    findings.add(failures());
    findings.add(retention());
    return findings;
  }

  private Diagnosis configuration() {
    try {
      OnFailure onFailure = HookConfig.read(invocation.stateRoot()).settings().onFailure();
      return Diagnosis.well(
          "config.yaml",
          switch (onFailure) {
            case OPEN -> "a call that cannot be decided goes on: on_failure is open";
            case CLOSED -> "a call that cannot be decided is refused: on_failure is closed";
            case BY_MODE -> "a call that cannot be decided goes on unless the policy enforces";
          });
    } catch (ConfigException e) {
      return Diagnosis.wrong("config.yaml", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Diagnosis.wrong("config.yaml", LocalFiles.reason(e));
    }
  }

  private Diagnosis policy() {
    try {
      EnforcedPolicy policy = EnforcedPolicy.of(invocation);
      if (!policy.isThere() && policy.named()) {
        return Diagnosis.wrong(
            "policy", policy.file() + ": there is no such file, and config.yaml names it");
      }
      if (!policy.isThere()) {
        return Diagnosis.note(
            "policy", "none: the standard rules observe; governor policy init writes one");
      }
      PolicyLoader.standard().load(policy.file());
      return Diagnosis.well(
          "policy",
          policy.file()
              + (policy.enforcesAnything() ? ", which enforces" : ", which observes only"));
    } catch (PolicyException | ConfigException e) {
      return Diagnosis.wrong("policy", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Diagnosis.wrong("policy", LocalFiles.reason(e));
    }
  }

  private Diagnosis daemon() {
    DaemonStatus status = DaemonClient.of(invocation.stateRoot()).status();
    if (status == null) {
      return Diagnosis.note("daemon", "none is running; the first call of a session starts it");
    }
    if (!status.notices().isEmpty()) {
      return Diagnosis.wrong(
          "daemon", "process " + status.pid() + ": " + String.join("; ", status.notices()));
    }
    return Diagnosis.well(
        "daemon",
        "process "
            + status.pid()
            + ", build "
            + status.build()
            + ", "
            + Text.count(status.answered(), "answer")
            + (status.failed() == 0 ? "" : ", " + status.failed() + " failed"));
  }

  private Diagnosis failures() {
    try {
      HookFailures.Summary failures = HookFailures.at(invocation.stateRoot()).read();
      if (failures.total() == 0 && failures.more()) {
        return Diagnosis.note(
            "failures",
            "some that nobody could count, the latest "
                + (failures.latest() == null ? "unknown" : Times.toMinute(failures.latest()))
                + ": no daemon could be asked, or there was no room on the disk");
      }
      return failures.total() == 0
          ? Diagnosis.well("failures", "none is known")
          : Diagnosis.note(
              "failures",
              Text.count(failures.total(), "payload")
                  + " or events could not be recorded or judged so far: governor status says why");
    } catch (IOException e) {
      return Diagnosis.wrong("failures", LocalFiles.reason(e));
    }
  }

  private Diagnosis retention() {
    Retention retention = Retention.of(invocation);
    return retention.problem().isEmpty()
        ? Diagnosis.well("retention", retention.inWords())
        : Diagnosis.wrong("retention", retention.inWords());
  }
}
