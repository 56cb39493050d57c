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
import java.util.List;
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
  private static final String PROGRAMS =
      "        # governor init --enforce writes here where they are installed.\n";

  static EnforcedPolicy of(Invocation invocation) throws IOException, ConfigException {
    Path named = HookConfig.read(invocation.stateRoot()).settings().policy();
    return new EnforcedPolicy(
        named == null ? invocation.stateRoot().resolve(PolicyState.FILE) : named, named != null);
  }

  boolean isThere() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Writes the policy to start with for coding agents, enforcing.
   *
   * @param programs files and folders of ours that an agent must not change
   */
  void write(List<Path> programs) throws IOException {
    String observing = PolicySource.starter("coding-agent").text();
    OwnerOnly.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    // In one step: half a policy, on a disk that is full, would be taken for the operator's.
    String text = enforcing(observing);
    String protecting = protecting(text, programs);
    OwnerOnly.replace(
        file, (isAccepted(protecting) ? protecting : text).getBytes(StandardCharsets.UTF_8));
  }

  /** An installation in a place that the policy's own cases speak of is not one of its rules. */
  private static boolean isAccepted(String policy) {
    try {
      PolicyLoader.standard().parse("policy.yaml", policy);
      return true;
    } catch (PolicyException e) {
      return false;
    }
  }

  /** Rules about what is installed here, in the place that the policy keeps for them. */
  private static String protecting(String policy, List<Path> programs) {
    if (!policy.contains(PROGRAMS)) {
      throw new IllegalStateException("the policy to start with has changed");
    }
    if (programs.isEmpty()) {
      return policy.replace(PROGRAMS, "");
    }
    List<String> names = programs.stream().map(EnforcedPolicy::yaml).toList();
    StringBuilder lines = new StringBuilder("        # Where they are installed:\n");
    lines
        .append("        - all:\n            - {operation: WRITE}\n")
        .append("            - {arg: /file_path, inside: &programs [")
        .append(String.join(", ", names))
        .append("]}\n        - {all: [{operation: WRITE}, {arg: /path, inside: *programs}]}\n")
        .append(
            "        - {all: [{command: {runs: *changing}}, {command: {touches: *programs}}]}\n");
    for (Path program : programs) {
      String behind = ">[>|&]?\\s*[\"']?\\Q" + program + "\\E($|[/\\s\"';|&)])";
      lines.append("        - {arg: /command, matches: ").append(yaml(behind)).append("}\n");
    }
    return policy.replace(PROGRAMS, lines);
  }

  private static String yaml(Object text) {
    return "'" + text.toString().replace("'", "''") + "'";
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
