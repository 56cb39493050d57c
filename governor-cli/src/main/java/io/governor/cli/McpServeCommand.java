package io.governor.cli;

import io.governor.mcp.AgentServer;
import io.governor.policy.LoadedPolicy;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor mcp serve}: an MCP server with which agents look at their own governance. */
@Command(
    name = "serve",
    description = {
      "Serve MCP on standard streams: tools with which an agent sees its own governance.",
      "",
      "All of them read only, but for one with which it states what its session is for.",
      ""
    })
final class McpServeCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description = "What governor_check asks; by default policy.yaml of the state root.")
  private @Nullable String policy;

  @Option(names = "--agent", paramLabel = "ID", description = "Who calls; mcp-client by default.")
  private String agent = "mcp-client";

  McpServeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (policy != null) {
      load(policy);
    }
    LatestPolicy decides = new LatestPolicy(this::read);
    AgentTools tools = new AgentTools(invocation, agent, decides, InstantSource.system());
    Terminal terminal = invocation.terminal();
    new AgentServer("governor", Version.governor(), tools.all())
        .serve(terminal.in(), terminal.out());
    return ExitCode.DONE;
  }

  /** Nobody can be told what is wrong with it by now; the status says it. */
  private @Nullable Policy read() {
    try {
      return policy == null
          ? PolicyState.of(invocation.stateRoot()).policy()
          : new PolicySource(policy).load(PolicyLoader.standard()).policy();
    } catch (PolicyException | CommandFailure e) {
      return null;
    }
  }

  private void load(String named) {
    try {
      LoadedPolicy loaded = new PolicySource(named).load(PolicyLoader.standard());
      PolicySource.tell(invocation.terminal(), named, loaded.warnings());
    } catch (PolicyException e) {
      PolicySource.tell(invocation.terminal(), named, e.problems());
      throw CommandFailure.usage("the policy cannot be used");
    }
  }
}
