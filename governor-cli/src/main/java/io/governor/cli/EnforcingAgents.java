package io.governor.cli;

import io.governor.hooks.install.InstallException;
import io.governor.hooks.install.InstallOptions;
import io.governor.hooks.install.Installation;
import io.governor.hooks.install.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The agents whose own configuration has hooks that refuse without an answer. Stateless. */
final class EnforcingAgents {

  private EnforcingAgents() {}

  /** Those of this user; what projects hold is not known here. */
  static List<String> of(Invocation invocation) {
    List<String> enforcing = new ArrayList<>();
    Machine machine = HookInstallation.machineToRead(invocation);
    for (String agent : Installation.agents()) {
      if (enforces(agent, machine)) {
        enforcing.add(agent);
      }
    }
    return enforcing;
  }

  private static boolean enforces(String agent, Machine machine) {
    try {
      Installation installation = Installation.of(agent, machine, InstallOptions.OBSERVE);
      return HookChecks.enforces(
          installation.installedCommands(), installation.installedHttpHooks());
    } catch (InstallException | IOException e) {
      return false; // the doctor says what is wrong there
    }
  }
}
