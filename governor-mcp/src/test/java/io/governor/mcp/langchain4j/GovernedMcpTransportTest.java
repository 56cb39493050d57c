package io.governor.mcp.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpException;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.mcp.protocol.McpCallToolParams;
import dev.langchain4j.mcp.protocol.McpCallToolRequest;
import dev.langchain4j.mcp.protocol.McpCancellationNotification;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import io.governor.Agent;
import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.RuleBuilder;
import io.governor.ToolArguments;
import io.governor.mcp.JavaSdkServer;
import io.governor.mcp.sdk.SdkRun;
import io.governor.mcp.sdk.Wire;
import io.governor.policy.PolicyLoader;
import io.governor.testkit.RecordingTraceSink;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What LangChain4j's client does at a governed transport, beyond the contract of all adapters. */
@Timeout(120)
class GovernedMcpTransportTest {

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final LangChain4jWire wire = new LangChain4jWire(served());

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void whatNoRuleTouchesIsHandedOnAsTheVeryObjectItCameAs() {
    List<McpClientMessage> given = new ArrayList<>();
    McpTransport governed = GovernedMcpTransport.of(governor(deny("delete")), "crm", wire);
    DefaultMcpClient client =
        opened(
            DefaultMcpClient.builder()
                .transport(governed)
                .metaSupplier(
                    context -> {
                      if (context != null) {
                        given.add(context.message());
                      }
                      return Map.of();
                    }));

    client.executeTool(request("lookup", "ünï 😀"));

    McpClientMessage call =
        given.stream().filter(McpCallToolRequest.class::isInstance).findFirst().orElseThrow();
    assertThat(wire.sent).anyMatch(sent -> sent == call);
  }

  @Test
  void aRefusedCallIsAnErrorOfTheToolAndIsNotSent() {
    DefaultMcpClient client = client(governor(deny("delete")));

    assertThatThrownBy(() -> client.executeTool(request("delete", "canary")))
        .isInstanceOf(ToolExecutionException.class)
        .hasMessageContaining("ACME-101")
        .hasMessageContaining("Not that.");
    assertThat(client.executeTool(request("lookup", "x")).resultText()).isEqualTo("found x");
    assertThat(calls()).hasSize(1);
  }

  @Test
  void resourcesAndPromptsAreGovernedAsWell() {
    DefaultMcpClient client = client(governor(deny("resources/read", "prompts/get")));

    assertThatThrownBy(() -> client.readResource("crm://customers"))
        .isInstanceOf(McpException.class)
        .hasMessageContaining("ACME-101");
    assertThatThrownBy(() -> client.getPrompt("greet", Map.of("who", "me")))
        .isInstanceOf(McpException.class)
        .hasMessageContaining("ACME-101");
  }

  @Test
  void whatARuleTakesOutOfACallAResourceOrAPromptIsNotSent() {
    Rule rule =
        rule("ACME-102")
            .redactArguments(
                given -> ToolArguments.ofJson(given.json().replace("secret", "[gone]")));
    DefaultMcpClient client = client(governor(rule));

    assertThat(client.executeTool(request("lookup", "secret")).resultText())
        .isEqualTo("found [gone]");
    assertThat(client.getPrompt("greet", Map.of("who", "secret")).messages().toString())
        .contains("[gone]")
        .doesNotContain("secret");
    assertThat(wire.sent).allSatisfy(message -> assertThat(json(message)).doesNotContain("secret"));
  }

  private static String json(McpClientMessage message) {
    return new String(LangChain4jJson.bytes(message), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void aCallThatIsApprovedAfterTheClientHasGivenUpIsNotSent() throws Exception {
    BlockingQueue<ApprovalRequest> asked = new LinkedBlockingQueue<>();
    BlockingQueue<CompletableFuture<Approval>> answers = new LinkedBlockingQueue<>();
    Governor governor =
        opened(
            Governor.builder()
                .rules(rule("ACME-105").tools("mcp__crm__lookup").ask())
                .approver(
                    request -> {
                      CompletableFuture<Approval> answer = new CompletableFuture<>();
                      answers.add(answer);
                      asked.add(request);
                      return answer;
                    },
                    Duration.ofSeconds(30)));
    DefaultMcpClient client =
        opened(
            DefaultMcpClient.builder()
                .transport(GovernedMcpTransport.of(governor, "crm", wire))
                .toolExecutionTimeout(Duration.ofMillis(200)));

    // The client says so in a result of its own.
    assertThat(client.executeTool(request("lookup", "a")).resultText()).contains("timeout");
    answers.take().complete(asked.take().allow());
    CompletableFuture<String> next =
        CompletableFuture.supplyAsync(
            () -> client.executeTool(request("lookup", "b")).resultText());
    answers.take().complete(asked.take().allow());

    assertThat(next.get()).isEqualTo("found b");
    assertThat(calls()).hasSize(1);
    assertThat(wire.sent).noneMatch(McpCancellationNotification.class::isInstance);
  }

  @Test
  void whatTheTransportThrowsReachesTheClientAndLaterCallsGoOn() {
    DefaultMcpClient client = client(governor());
    wire.failure = new IllegalStateException("broken pipe");

    assertThatThrownBy(() -> client.executeTool(request("lookup", "x"))).isSameAs(wire.failure);

    wire.failure = null;
    assertThat(client.executeTool(request("lookup", "x")).resultText()).isEqualTo("found x");
  }

  @Test
  void hiddenToolsAreNotListed() throws Exception {
    String policy =
        """
        governor: 1
        id: p
        mode: enforce
        hide: true
        agents: [{agent: "*", deny: [mcp__crm__delete]}]
        """;
    Governor governor =
        opened(
            Governor.builder()
                .agent(Agent.named("client"))
                .policy(PolicyLoader.standard().parse("p.yaml", policy).policy()));

    assertThat(client(governor).listTools()).map(ToolSpecification::name).containsExactly("lookup");
  }

  @Test
  void oneTransportIsOneSessionUntilItIsClosed() throws Exception {
    GovernedMcpTransport transport = GovernedMcpTransport.of(governor(), "crm", wire);
    DefaultMcpClient client =
        DefaultMcpClient.builder().transport(transport).autoHealthCheck(false).build();
    client.executeTool(request("lookup", "x"));
    DefaultMcpClient.builder()
        .transport(transport)
        .autoHealthCheck(false)
        .build()
        .executeTool(request("lookup", "y"));
    assertThat(trace.sessions()).hasSize(1);

    client.close();

    assertThat(trace.closedSessions()).hasSize(1);
    assertThatTrace(trace.events()).isUnbroken();
  }

  @Test
  void aServerThatIsAProcessIsReachedOverStandardStreams() {
    McpTransport stdio =
        StdioMcpTransport.builder()
            .command(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx96m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    JavaSdkServer.class.getName()))
            .environment(Map.of())
            .build();
    Governor governor =
        governor(rule("ACME-101").tools("mcp__box__delete").reason("Not that.").deny());
    DefaultMcpClient client =
        opened(
            DefaultMcpClient.builder().transport(GovernedMcpTransport.of(governor, "box", stdio)));

    assertThat(client.listTools()).hasSize(2);
    assertThat(client.executeTool(request("echo", "a")).resultText()).isEqualTo("echo a");
    assertThatThrownBy(() -> client.executeTool(request("delete", "b")))
        .isInstanceOf(ToolExecutionException.class)
        .hasMessageContaining("ACME-101");
  }

  private Stream<String> sentTools() {
    return wire.sent.stream()
        .filter(McpCallToolRequest.class::isInstance)
        .map(call -> ((McpCallToolParams) ((McpCallToolRequest) call).getParams()).getName());
  }

  private List<String> calls() {
    return sentTools().toList();
  }

  private static ToolExecutionRequest request(String tool, String text) {
    return ToolExecutionRequest.builder()
        .name(tool)
        .arguments("{\"text\":\"" + text + "\"}")
        .build();
  }

  private static RuleBuilder rule(String id) {
    return Rule.named(id).mode(Mode.ENFORCE).reason("Not that.");
  }

  private static Rule deny(String... names) {
    return rule("ACME-101")
        .tools(Stream.of(names).map(name -> "mcp__crm__" + name).toArray(String[]::new))
        .deny();
  }

  private Governor governor(Rule... rules) {
    return opened(Governor.builder().rules(rules));
  }

  private Governor opened(GovernorBuilder builder) {
    Governor governor = builder.trace(trace).build();
    open.add(governor);
    return governor;
  }

  private DefaultMcpClient client(Governor governor) {
    return opened(
        DefaultMcpClient.builder().transport(GovernedMcpTransport.of(governor, "crm", wire)));
  }

  private DefaultMcpClient opened(DefaultMcpClient.Builder builder) {
    DefaultMcpClient client = builder.autoHealthCheck(false).build();
    open.add(0, client);
    return client;
  }

  private Wire served() {
    Wire served = new Wire();
    McpSchema.Resource resource =
        McpSchema.Resource.builder("crm://customers", "customers").build();
    McpSchema.Prompt prompt =
        McpSchema.Prompt.builder("greet")
            .arguments(List.of(McpSchema.PromptArgument.builder("who").build()))
            .build();
    var server =
        McpServer.sync(served.serverEnd())
            .jsonMapper(Wire.MAPPER)
            .serverInfo("crm", "1")
            .capabilities(
                McpSchema.ServerCapabilities.builder()
                    .tools(true)
                    .resources(false, false)
                    .prompts(false)
                    .build())
            .toolCall(
                SdkRun.tool("lookup"),
                (exchange, request) -> SdkRun.said("found " + request.arguments().get("text")))
            .toolCall(SdkRun.tool("delete"), (exchange, request) -> SdkRun.said("deleted"))
            .resources(
                new SyncResourceSpecification(
                    resource,
                    (exchange, request) ->
                        McpSchema.ReadResourceResult.builder(
                                List.of(
                                    McpSchema.TextResourceContents.builder(request.uri(), "Ann")
                                        .build()))
                            .build()))
            .prompts(
                new SyncPromptSpecification(
                    prompt,
                    (exchange, request) ->
                        McpSchema.GetPromptResult.builder(
                                List.of(
                                    McpSchema.PromptMessage.builder(
                                            McpSchema.Role.USER,
                                            McpSchema.TextContent.builder(
                                                    "Hello " + request.arguments().get("who"))
                                                .build())
                                        .build()))
                            .build()))
            .build();
    open.add(server::close);
    return served;
  }
}
