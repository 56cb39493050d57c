package io.governor.cli;

import io.governor.Agent;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.approval.FileApprover;
import io.governor.mcp.McpProxy;
import io.governor.mcp.ServerEnvironment;
import io.governor.mcp.pin.ToolPins;
import io.governor.seam.CallMarks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor mcp proxy}: stands where an MCP server's command stood. */
@Command(
    name = "proxy",
    description = {
      "Stand between a client and an MCP server: put this command where the server's stood.",
      "",
      "Standard input and output are the client's. Rules know a tool as mcp__NAME__TOOL.",
      "Exits with the server's exit code.",
      ""
    })
final class McpProxyCommand implements Callable<Integer> {

  private static final Duration ASKED_FOR = Duration.ofMinutes(5);

  private final Invocation invocation;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The policy, followed when it changes; without one everything is recorded only.")
  private @Nullable Path policy;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The server's name in rules; by default from its command.")
  private @Nullable String name;

  @Option(names = "--agent", paramLabel = "ID", description = "Who calls; mcp-client by default.")
  private String agent = "mcp-client";

  @Option(
      names = "--inherit",
      paramLabel = "NAME",
      description = "A variable of this environment that the server gets too; may be repeated.")
  private List<String> inherit = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = {
        "Variables for the server, NAME=VALUE a line, taken as they stand; those only that",
        "--env-allow names."
      })
  private @Nullable Path envFile;

  @Option(
      names = "--env-allow",
      paramLabel = "NAME",
      split = ",",
      description = {
        "A variable that --env-file may set; may be repeated. PATH, LD_*, NODE_OPTIONS and their",
        "kind cannot be allowed."
      })
  private List<String> envAllow = new ArrayList<>();

  @Option(
      names = "--errors",
      description = "Answer refused tool calls with JSON-RPC errors instead of results.")
  private boolean errors;

  /** Who is asked where a rule asks. */
  enum Ask {
    client,
    approver
  }

  @Option(
      names = "--ask",
      paramLabel = "WHOM",
      description = {
        "Who is asked where a rule asks: client, the client's user where the client can show",
        "a question, else approver, who answers with governor approvals. Default: client."
      })
  private Ask ask = Ask.client;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A server that speaks streamable HTTP, in the place of a command.")
  private @Nullable URI url;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Serve clients over HTTP on this address, such as 127.0.0.1:8080.")
  private @Nullable String listen;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The server and its arguments.")
  private List<String> command = new ArrayList<>();

  McpProxyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (command.isEmpty() == (url == null)) {
      throw CommandFailure.usage("expected the server's command or its --url, one of them");
    }
    try (Governor governor = governor()) {
      McpProxy proxy =
          McpProxy.of(governor, serverName())
              .pinned(ToolPins.below(invocation.stateRoot()))
              .recognising(CallMarks.below(invocation.stateRoot()));
      McpProxy answering = errors ? proxy.denialsAsErrors() : proxy;
      return run(ask == Ask.client ? answering.askingClients() : answering);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private int run(McpProxy proxy) throws IOException, InterruptedException {
    Terminal terminal = invocation.terminal();
    if (listen != null) {
      return serve(terminal, proxy, address(listen));
    }
    if (url == null) {
      return proxy.stdio(command, environment(), terminal.in(), terminal.out(), terminal.err());
    }
    proxy.stdioToHttp(url, terminal.in(), terminal.out());
    return ExitCode.DONE;
  }

  private int serve(Terminal terminal, McpProxy proxy, InetSocketAddress address)
      throws IOException, InterruptedException {
    // Java's server sends an answer in two pieces, and holds back the second for up to 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try (McpProxy.Running running =
        url == null
            ? proxy.httpToStdio(command, environment(), address, terminal.err())
            : proxy.http(url, address)) {
      terminal.note(
          "listening on http://"
              + running.address().getHostString()
              + ":"
              + running.address().getPort()
              + (url == null ? "/mcp" : url.getPath()));
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          colon < 0 ? "127.0.0.1" : text.substring(0, colon),
          Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--listen: expected an address such as 127.0.0.1:8080");
    }
  }

  private Governor governor() {
    GovernorBuilder builder =
        Governor.builder()
            .agent(Agent.named(agent))
            .stateRoot(invocation.stateRoot())
            .approver(FileApprover.at(invocation.stateRoot(), InstantSource.system()), ASKED_FOR);
    return (policy == null ? builder : builder.policyFile(policy)).build();
  }

  private String serverName() {
    if (name != null) {
      return name;
    }
    if (url != null) {
      return String.valueOf(url.getHost()).replaceAll("[^A-Za-z0-9-]", "-");
    }
    Path file = Path.of(command.get(0)).getFileName();
    return file == null ? "server" : file.toString().replaceAll("[^A-Za-z0-9-]", "-");
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment =
        new TreeMap<>(ServerEnvironment.of(invocation.env(), inherited()));
    if (envFile != null) {
      if (envAllow.isEmpty()) {
        throw CommandFailure.usage(
            "--env-file: expected --env-allow NAME for each variable that the file may set");
      }
      environment.putAll(ServerEnvironment.file(envFile, envAllow));
    }
    return environment;
  }

  private List<String> inherited() {
    for (String variable : inherit) {
      if (!ServerEnvironment.isName(variable)) {
        throw CommandFailure.usage("--inherit: expected a variable's name, such as API_TOKEN");
      }
      if (!invocation.env().containsKey(variable)) {
        invocation.terminal().note(variable + " is not set here, so the server does not get it");
      }
    }
    return inherit;
  }
}
