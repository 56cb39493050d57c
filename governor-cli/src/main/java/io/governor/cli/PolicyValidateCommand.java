package io.governor.cli;

import io.governor.policy.LoadedPolicy;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code governor policy validate}: whether a policy can be used. What is wrong stands on standard
 * error with its place; a policy that is refused has no answer.
 */
@Command(name = "validate", description = "Check a policy; problems are told with their places.")
final class PolicyValidateCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "FILE", description = "The policy, YAML or JSON.")
  private String file = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PolicyValidateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    try {
      LoadedPolicy loaded = new PolicySource(file).load(PolicyLoader.standard());
      PolicySource.tell(terminal, file, loaded.warnings());
      terminal.answer((json ? Json.text(json(loaded)) : sentence(loaded)) + "\n");
      return ExitCode.DONE;
    } catch (PolicyException e) {
      PolicySource.tell(terminal, file, e.problems());
      return ExitCode.USAGE;
    }
  }

  private String sentence(LoadedPolicy loaded) {
    Policy policy = loaded.policy();
    int warnings = loaded.warnings().size();
    return Text.line(file)
        + ": ok, "
        + policy.id()
        + " revision "
        + policy.revision()
        + ", "
        + Text.count(policy.rules().size(), "rule")
        + ", "
        + Text.count(policy.cases().size(), "case")
        + (warnings == 0 ? "" : ", " + Text.count(warnings, "warning"));
  }

  private Map<String, @Nullable Object> json(LoadedPolicy loaded) {
    Policy policy = loaded.policy();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("id", policy.id());
    json.put("revision", policy.revision());
    json.put("mode", policy.mode().wireName());
    json.put("hash", policy.hash());
    json.put("rules", policy.rules().size());
    json.put("tools", policy.tools().size());
    json.put("agents", policy.agents().size());
    json.put("cases", policy.cases().size());
    json.put("warnings", loaded.warnings().stream().map(PolicySource::json).toList());
    return json;
  }
}
