package io.governor.cli;

import io.governor.policy.LoadedPolicy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code governor policy explain}: which rules look at which tool, whom the lists let do what, what
 * may not be meant, and what it all costs at worst.
 */
@Command(
    name = "explain",
    description = "Show which rules look at which tool, what is doubtful, and what it costs.")
final class PolicyExplainCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "FILE", description = "The policy, YAML or JSON.")
  private String file = "";

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      description = "Show exactly the rules that look at this tool, and why.")
  private @Nullable String tool;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PolicyExplainCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    try {
      LoadedPolicy loaded = new PolicySource(file).load(PolicyLoader.standard().withoutCases());
      if (json) {
        terminal.answer(Json.text(json(loaded)) + "\n");
      } else {
        terminal.answer(lines(loaded));
      }
      return ExitCode.DONE;
    } catch (PolicyException e) {
      PolicySource.tell(terminal, file, e.problems());
      return ExitCode.USAGE;
    }
  }

  private Object json(LoadedPolicy loaded) {
    return tool == null
        ? PolicyExplanationJson.of(loaded)
        : new ToolExplanation(loaded.policy(), tool).json();
  }

  private List<String> lines(LoadedPolicy loaded) {
    Terminal terminal = invocation.terminal();
    return tool == null
        ? new PolicyExplanation(terminal, loaded).lines()
        : new ToolExplanation(loaded.policy(), tool).lines(terminal);
  }
}
