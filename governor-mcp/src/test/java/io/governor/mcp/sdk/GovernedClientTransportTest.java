package io.governor.mcp.sdk;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Agent;
import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.mcp.McpProxy;
import io.governor.mcp.pin.ToolPins;
import io.governor.policy.PolicyLoader;
import io.governor.testkit.RecordingTraceSink;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the governed transport of the SDK's clients does beyond the contract of all adapters. */
@Timeout(60)
class GovernedClientTransportTest {

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void whatNoRuleTouchesIsHandedOnAsTheVeryObjectItCameAs() {
    Echo echo = new Echo();
    List<JSONRPCMessage> heard = new ArrayList<>();
    GovernedClientTransport transport =
        GovernedClientTransport.of(governor(deny("delete")), "crm", echo);
    transport.connect(message -> message.doOnNext(heard::add)).block();
    JSONRPCMessage call = new JSONRPCRequest("tools/call", "1", SdkRun.request("lookup", "ünï 😀"));
    JSONRPCMessage unknown = new JSONRPCNotification("acme/unknown", Map.of("a", 1.50));
    JSONRPCMessage answer = JSONRPCResponse.result("1", Map.of("content", List.of(), "x", 2));
    JSONRPCMessage progress = new JSONRPCNotification("notifications/progress", Map.of());

    transport.sendMessage(call).block();
    transport.sendMessage(unknown).block();
    echo.say(answer);
    echo.say(progress);

    assertThat(echo.sent).usingElementComparator(identity()).containsExactly(call, unknown);
    assertThat(heard).usingElementComparator(identity()).containsExactly(answer, progress);
  }

  private static java.util.Comparator<JSONRPCMessage> identity() {
    return (a, b) -> a == b ? 0 : 1;
  }

  @Test
  void aRewrittenCallKeepsItsTypeItsIdAndEverythingElse() {
    Echo echo = new Echo();
    Rule rule =
        Rule.named("ACME-102")
            .tools("mcp__crm__lookup")
            .mode(Mode.ENFORCE)
            .redactArguments(arguments -> ToolArguments.of(Map.of("text", "[redacted]")));
    GovernedClientTransport transport = GovernedClientTransport.of(governor(rule), "crm", echo);
    transport.connect(message -> message).block();
    McpSchema.CallToolRequest request =
        McpSchema.CallToolRequest.builder("lookup")
            .arguments(Map.of("text", "secret"))
            .meta(Map.of("progressToken", 7))
            .build();

    transport.sendMessage(new JSONRPCRequest("tools/call", 5, request)).block();

    JSONRPCRequest sent = (JSONRPCRequest) echo.sent.get(0);
    assertThat(sent.id()).isEqualTo(5);
    McpSchema.CallToolRequest params = (McpSchema.CallToolRequest) sent.params();
    assertThat(params.arguments()).isEqualTo(Map.of("text", "[redacted]"));
    assertThat(params.meta()).isEqualTo(Map.of("progressToken", 7));
  }

  @Test
  void whatTheServerAsksOfTheClientIsGovernedAsWell() {
    Echo echo = new Echo();
    List<JSONRPCMessage> heard = new ArrayList<>();
    GovernedClientTransport transport =
        GovernedClientTransport.of(
            governor(deny("sampling/createMessage", "elicitation/create")), "crm", echo);
    transport.connect(message -> message.doOnNext(heard::add)).block();

    echo.say(new JSONRPCRequest("sampling/createMessage", 1, Map.of("maxTokens", 1)));
    echo.say(new JSONRPCRequest("elicitation/create", "e", Map.of("message", "Your key?")));
    echo.say(new JSONRPCRequest("roots/list", 2, null));

    assertThat(heard).map(each -> ((JSONRPCRequest) each).method()).containsExactly("roots/list");
    JSONRPCResponse sampling = (JSONRPCResponse) echo.sent.get(0);
    assertThat(sampling.id()).isEqualTo(1);
    assertThat(sampling.error().message()).contains("ACME-101");
    JSONRPCResponse elicitation = (JSONRPCResponse) echo.sent.get(1);
    assertThat(elicitation.id()).isEqualTo("e");
    assertThat(elicitation.result()).isEqualTo(Map.of("action", "decline"));
  }

  @Test
  void noThreadWaitsWhileAPersonIsAsked() throws Exception {
    Questions questions = new Questions();
    Wire wire = new Wire();
    serve(wire);
    Governor governor = asking(questions);
    McpAsyncClient client = asyncClient(GovernedClientTransport.of(governor, "crm", wire));

    CompletableFuture<CallToolResult> first =
        client.callTool(SdkRun.request("lookup", "a")).toFuture();
    CompletableFuture<CallToolResult> second =
        client.callTool(SdkRun.request("lookup", "b")).toFuture();

    assertThat(first).isNotDone();
    assertThat(wire.written).noneMatch(line -> line.contains("tools/call"));
    questions.answer(true);
    questions.answer(false);
    String told =
        SdkRun.text(first.get(20, TimeUnit.SECONDS))
            + SdkRun.text(second.get(20, TimeUnit.SECONDS));
    assertThat(told).contains("found ").contains("ACME-105");
    assertThat(wire.written).filteredOn(line -> line.contains("tools/call")).hasSize(1);
  }

  @Test
  void aCallThatIsApprovedAfterTheClientHasGivenUpIsNotSent() throws Exception {
    Questions questions = new Questions();
    Wire wire = new Wire();
    serve(wire);
    Duration patience = Duration.ofMillis(300);
    GovernedClientTransport transport =
        GovernedClientTransport.of(asking(questions), "crm", wire).requestTimeout(patience);
    McpSyncClient client = McpClient.sync(transport).requestTimeout(patience).build();
    open.add(client);
    client.initialize();
    long begun = System.nanoTime();

    assertThatThrownBy(() -> client.callTool(SdkRun.request("lookup", "a")))
        .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);
    while (System.nanoTime() - begun < 2 * patience.toNanos()) {
      Thread.onSpinWait();
    }
    questions.answer(true);

    // The next one goes the same way, behind it.
    CompletableFuture<?> next =
        CompletableFuture.supplyAsync(() -> client.callTool(SdkRun.request("lookup", "b")));
    questions.answer(true);
    next.get(20, TimeUnit.SECONDS);
    assertThat(wire.written).filteredOn(line -> line.contains("tools/call")).hasSize(1);
  }

  @Test
  void aCallThatIsApprovedAfterTheClientWasClosedIsNotSent() throws Exception {
    Questions questions = new Questions();
    Wire wire = new Wire();
    serve(wire);
    McpAsyncClient client = asyncClient(GovernedClientTransport.of(asking(questions), "crm", wire));
    CompletableFuture<CallToolResult> call =
        client.callTool(SdkRun.request("lookup", "a")).toFuture();
    ApprovalRequest asked = questions.asked();

    client.closeGracefully().block(SdkRun.PATIENCE);
    questions.answers.take().complete(asked.allow());

    assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(wire.written).noneMatch(line -> line.contains("tools/call"));
  }

  @Test
  void hiddenToolsAreNotListedAndRefusedAllTheSame() throws Exception {
    Wire wire = new Wire();
    serve(wire);
    String policy =
        """
        governor: 1
        id: p
        mode: enforce
        hide: true
        agents: [{agent: "*", deny: [mcp__crm__delete]}]
        """;
    McpSyncClient client = client(GovernedClientTransport.of(governor(policy), "crm", wire));

    assertThat(client.listTools().tools()).map(McpSchema.Tool::name).containsExactly("lookup");
    assertThat(SdkRun.text(client.callTool(SdkRun.request("delete", "x")))).contains("GOV-002");
  }

  @Test
  void toolsThatChangedSinceTheyWerePinnedAreRefused(@TempDir Path root) throws Exception {
    String policy = "governor: 1\nid: p\nstandard: {GOV-006: {mode: enforce}}\n";
    McpProxy pinned = McpProxy.of(governor(policy), "crm").pinned(ToolPins.below(root));
    Wire before = new Wire();
    serve(before);
    client(GovernedClientTransport.of(pinned, before)).listTools();
    Wire after = new Wire();
    open.add(
        McpServer.sync(after.serverEnd())
                .jsonMapper(Wire.MAPPER)
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .toolCall(
                    McpSchema.Tool.builder("lookup", Map.of("type", "object"))
                        .description("Now something else.")
                        .build(),
                    (exchange, request) -> SdkRun.said("found"))
                .build()
            ::close);
    McpSyncClient client = client(GovernedClientTransport.of(pinned, after));

    client.listTools();

    assertThat(SdkRun.text(client.callTool(SdkRun.request("lookup", "x")))).contains("GOV-006");
  }

  @Test
  void denialsAreErrorsWhereTheProxySaysSo() {
    Wire wire = new Wire();
    serve(wire);
    McpProxy proxy = McpProxy.of(governor(deny("lookup")), "crm").denialsAsErrors();
    McpSyncClient client = client(GovernedClientTransport.of(proxy, wire));

    assertThatThrownBy(() -> client.callTool(SdkRun.request("lookup", "x")))
        .isInstanceOf(McpError.class)
        .hasMessageContaining("ACME-101");
  }

  @Test
  void aClientThatBeginsAnewStaysInItsSessionAndOneThatWasClosedDoesNot() {
    Echo echo = new Echo();
    GovernedClientTransport transport = GovernedClientTransport.of(governor(), "crm", echo);

    for (int connection = 0; connection < 2; connection++) {
      transport.connect(message -> message).block();
      transport
          .sendMessage(new JSONRPCRequest("tools/call", "1", SdkRun.request("lookup", "x")))
          .block();
    }
    assertThat(trace.sessions()).hasSize(1);

    transport.closeGracefully().block();
    assertThat(trace.closedSessions()).hasSize(1);

    transport.connect(message -> message).block();
    transport
        .sendMessage(new JSONRPCRequest("tools/call", "1", SdkRun.request("lookup", "x")))
        .block();
    assertThat(trace.sessions()).hasSize(2);
    transport.close();
    assertThat(trace.closedSessions()).hasSize(2);
    assertThatTrace(trace.events()).isUnbroken();
  }

  @Test
  void aTransportThatFailsFailsForTheClientAsBeforeAndLaterCallsGoOn() {
    Echo echo = new Echo();
    GovernedClientTransport transport = GovernedClientTransport.of(governor(), "crm", echo);
    transport.connect(message -> message).block();
    JSONRPCMessage call = new JSONRPCRequest("tools/call", "1", SdkRun.request("lookup", "x"));
    echo.failure = new IllegalStateException("broken pipe");

    assertThatThrownBy(() -> transport.sendMessage(call).block()).isSameAs(echo.failure);

    echo.failure = null;
    transport.sendMessage(call).block();
    assertThat(echo.sent).containsExactly(call);
  }

  @Test
  void aCallThatNobodyCanWriteIsAnsweredAndNotSent() {
    Echo echo = new Echo();
    List<JSONRPCMessage> heard = new ArrayList<>();
    GovernedClientTransport transport = GovernedClientTransport.of(governor(), "crm", echo);
    transport.connect(message -> message.doOnNext(heard::add)).block();
    Map<String, Object> unwritable = Map.of("text", new Object());

    transport
        .sendMessage(
            new JSONRPCRequest(
                "tools/call", "1", Map.of("name", "lookup", "arguments", unwritable)))
        .block();

    assertThat(echo.sent).isEmpty();
    assertThat(((JSONRPCResponse) heard.get(0)).error().message()).contains("could not be judged");
  }

  @Test
  void aGovernorThatWasClosedStillRefuses() {
    Wire wire = new Wire();
    serve(wire);
    Governor governor = governor(deny("delete"));
    governor.close();
    McpSyncClient client = client(GovernedClientTransport.of(governor, "crm", wire));

    assertThat(SdkRun.text(client.callTool(SdkRun.request("lookup", "x")))).isEqualTo("found x");
    assertThat(SdkRun.text(client.callTool(SdkRun.request("delete", "x")))).contains("ACME-101");
  }

  @Test
  void manyCallsAtOnceEachGetTheirOwnAnswer() {
    Wire wire = new Wire();
    serve(wire);
    McpAsyncClient client = asyncClient(GovernedClientTransport.of(governor(), "crm", wire));
    List<CompletableFuture<CallToolResult>> calls = new ArrayList<>();

    for (int i = 0; i < 1000; i++) {
      calls.add(client.callTool(SdkRun.request("lookup", "n" + i)).toFuture());
    }

    for (int i = 0; i < calls.size(); i++) {
      assertThat(SdkRun.text(calls.get(i).join())).isEqualTo("found n" + i);
    }
  }

  @Test
  void aServerNameThatRulesCouldNotTellIsRefused() {
    assertThatThrownBy(() -> GovernedClientTransport.of(governor(), "a__b", new Echo()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server name: expected");
    assertThatThrownBy(
            () ->
                GovernedClientTransport.of(governor(), "a", new Echo())
                    .requestTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("request timeout: expected a positive duration");
  }

  private static Rule deny(String... names) {
    return Rule.named("ACME-101")
        .tools(Stream.of(names).map(name -> "mcp__crm__" + name).toArray(String[]::new))
        .reason("Not that.")
        .mode(Mode.ENFORCE)
        .deny();
  }

  private Governor governor(Rule... rules) {
    return opened(Governor.builder().rules(rules));
  }

  private Governor governor(String policy) throws Exception {
    return opened(
        Governor.builder()
            .agent(Agent.named("client"))
            .policy(PolicyLoader.standard().parse("p.yaml", policy).policy()));
  }

  private Governor asking(Questions questions) {
    Rule ask =
        Rule.named("ACME-105").tools("mcp__crm__lookup").mode(Mode.ENFORCE).reason("Ask.").ask();
    return opened(Governor.builder().rules(ask).approver(questions::ask, Duration.ofSeconds(30)));
  }

  private Governor opened(GovernorBuilder builder) {
    Governor governor = builder.trace(trace).build();
    open.add(governor);
    return governor;
  }

  private McpSyncServer serve(Wire wire) {
    McpSyncServer server =
        McpServer.sync(wire.serverEnd())
            .jsonMapper(Wire.MAPPER)
            .serverInfo("crm", "1")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
            .toolCall(
                SdkRun.tool("lookup"),
                (exchange, request) -> SdkRun.said("found " + request.arguments().get("text")))
            .toolCall(SdkRun.tool("delete"), (exchange, request) -> SdkRun.said("deleted"))
            .build();
    open.add(server::close);
    return server;
  }

  private McpSyncClient client(GovernedClientTransport transport) {
    McpSyncClient client = SdkRun.client(transport);
    open.add(0, client);
    return client;
  }

  private McpAsyncClient asyncClient(GovernedClientTransport transport) {
    McpAsyncClient client = SdkRun.asyncClient(transport);
    open.add(0, client::close);
    return client;
  }

  /** Persons who are asked, and answer when the test says so. */
  private static final class Questions {

    final LinkedBlockingQueue<ApprovalRequest> requests = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<CompletableFuture<Approval>> answers = new LinkedBlockingQueue<>();

    CompletableFuture<Approval> ask(ApprovalRequest request) {
      CompletableFuture<Approval> answer = new CompletableFuture<>();
      answers.add(answer);
      requests.add(request);
      return answer;
    }

    ApprovalRequest asked() throws InterruptedException {
      return requests.take();
    }

    void answer(boolean allowed) throws InterruptedException {
      ApprovalRequest request = requests.take();
      answers.take().complete(allowed ? request.allow() : request.deny());
    }
  }
}
