package io.governor.cli;

import io.governor.policy.LoadedPolicy;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import io.governor.policy.PolicyProblem;
import io.governor.policy.PolicyProblem.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PolicyValidateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    try {
      LoadedPolicy loaded = PolicyLoader.standard().load(file);
      tell(loaded.warnings());
      terminal.answer((json ? Json.text(json(loaded)) : sentence(loaded)) + "\n");
      return ExitCode.DONE;
    } catch (PolicyException e) {
      tell(e.problems());
      return ExitCode.USAGE;
    } catch (IOException e) {
      throw CommandFailure.usage(LocalFiles.reason(e));
    }
  }

  private void tell(List<PolicyProblem> problems) {
    for (PolicyProblem problem : problems) {
      String weight = problem.severity() == Severity.WARNING ? "warning: " : "";
      invocation
          .terminal()
          .complain(
              weight
                  + file
                  + ":"
                  + problem.place().line()
                  + ":"
                  + problem.place().column()
                  + ": "
                  + problem.path()
                  + ": "
                  + problem.message());
    }
  }

  private String sentence(LoadedPolicy loaded) {
    Policy policy = loaded.policy();
    int warnings = loaded.warnings().size();
    return Text.line(file.toString())
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
    json.put("file", file.toString());
    json.put("id", policy.id());
    json.put("revision", policy.revision());
    json.put("mode", policy.mode().wireName());
    json.put("hash", policy.hash());
    json.put("rules", policy.rules().size());
    json.put("tools", policy.tools().size());
    json.put("agents", policy.agents().size());
    json.put("cases", policy.cases().size());
    json.put("warnings", loaded.warnings().stream().map(PolicyValidateCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(PolicyProblem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", problem.place().line());
    json.put("column", problem.place().column());
    json.put("path", problem.path().toString());
    json.put("message", problem.message());
    return json;
  }
}
