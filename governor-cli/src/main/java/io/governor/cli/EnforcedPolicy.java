package io.governor.cli;

import io.governor.Mode;
import io.governor.config.ConfigException;
import io.governor.file.OwnerOnly;
import io.governor.hooks.HookConfig;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The policy that hooks go by.
 *
 * @param file where it is
 * @param named whether the configuration names it; then calls are refused where it is missing
 */
record EnforcedPolicy(Path file, boolean named) {

  private static final String OBSERVES = "\nmode: observe\n";
  private static final String ENFORCES = "\nmode: enforce\n";

  static EnforcedPolicy of(Invocation invocation) throws IOException, ConfigException {
    Path named = HookConfig.read(invocation.stateRoot()).settings().policy();
    return new EnforcedPolicy(
        named == null ? invocation.stateRoot().resolve(PolicyState.FILE) : named, named != null);
  }

  boolean isThere() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Writes the policy to start with for coding agents, enforcing. */
  void write() throws IOException {
    String observing = PolicySource.starter("coding-agent").text();
    OwnerOnly.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    // In one step: half a policy, on a disk that is full, would be taken for the operator's.
    OwnerOnly.replace(file, enforcing(observing).getBytes(StandardCharsets.UTF_8));
  }

  static String enforcing(String starter) {
    String text = starter.replace(OBSERVES, ENFORCES);
    int from = text.indexOf("# It observes:");
    int to = text.indexOf("\n#\n", Math.max(0, from));
    if (text.equals(starter) || from < 0 || to < 0) {
      throw new IllegalStateException("the policy to start with has changed");
    }
    return text.substring(0, from)
        + "# It enforces: what its rules deny is refused, and what they ask about waits for a person.\n"
        + "# Give a rule mode: observe where it should only be recorded."
        + text.substring(to);
  }

  /** Whether the policy enforces as a whole or in some rule; false for one that is not there. */
  boolean enforcesAnything() throws IOException {
    if (!isThere()) {
      return false;
    }
    try {
      Policy policy = PolicyLoader.standard().withoutCases().load(file).policy();
      return policy.mode() == Mode.ENFORCE
          || policy.rules().stream().anyMatch(rule -> rule.mode() == Mode.ENFORCE);
    } catch (PolicyException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
