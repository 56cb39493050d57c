package io.governor.mcp.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Agent;
import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.EventType;
import io.governor.policy.PolicyLoader;
import io.governor.testkit.RecordingTraceSink;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** What governed tools of the SDK's servers do beyond the contract of all adapters. */
@Timeout(60)
class GovernedServerToolsTest {

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @Test
  void whatNoRuleTouchesIsHandedOnAsTheVeryObjectItCameAs() {
    AtomicReference<CallToolRequest> seen = new AtomicReference<>();
    CallToolResult result = structured(Map.of("found", 1.50));
    CallToolRequest request = SdkRun.request("lookup", "ünï");

    CallToolResult answer =
        call(
            GovernedServerTools.of(governor(), "crm"),
            request,
            allowed -> {
              seen.set(allowed);
              return result;
            });

    assertThat(seen.get()).isSameAs(request);
    assertThat(answer).isSameAs(result);
  }

  @Test
  void aRewrittenRequestKeepsItsMetaAndARewrittenResultItsOtherMembers() {
    AtomicReference<CallToolRequest> seen = new AtomicReference<>();
    Rule arguments =
        rule("ACME-102").redactArguments(given -> ToolArguments.of(Map.of("text", "[gone]")));
    Rule result = rule("ACME-103").redactResult(given -> ToolResult.ofText("[kept]"));
    CallToolRequest request =
        CallToolRequest.builder("lookup")
            .arguments(Map.of("text", "secret"))
            .meta(Map.of("a", "b"))
            .build();

    CallToolResult answer =
        call(
            GovernedServerTools.of(governor(arguments, result), "crm"),
            request,
            allowed -> {
              seen.set(allowed);
              return new CallToolResult(
                  SdkRun.said("secret").content(), false, null, Map.of("c", "d"));
            });

    assertThat(seen.get().arguments()).isEqualTo(Map.of("text", "[gone]"));
    assertThat(seen.get().meta()).isEqualTo(Map.of("a", "b"));
    assertThat(SdkRun.text(answer)).isEqualTo("[kept]");
    assertThat(answer.meta()).isEqualTo(Map.of("c", "d"));
  }

  @Test
  void structuredContentIsRedactedInEveryPlaceItStandsIn() throws Exception {
    String policy =
        """
        governor: 1
        id: p
        mode: enforce
        rules:
          - {id: ACME-102, tool: "*", when: {detect: [secret], in: [result]}, effect: redact}
        """;
    String secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    Governor governor =
        Governor.builder()
            .agent(Agent.named("server"))
            .policy(PolicyLoader.standard().parse("p.yaml", policy).policy())
            .trace(trace)
            .build();

    CallToolResult answer =
        call(
            GovernedServerTools.of(governor, "crm"),
            SdkRun.request("lookup", "x"),
            allowed -> structured(Map.of("token", secret, "n", 7)));

    assertThat(Wire.write(answer)).doesNotContain(secret).contains("\"n\":7");
  }

  @Test
  void whatIsNoTextPassesAndNoResultStaysNone() {
    GovernedServerTools governed = GovernedServerTools.of(governor(), "crm");
    CallToolResult image =
        CallToolResult.builder(List.of(ImageContent.builder("aGk=", "image/png").build())).build();

    assertThat(call(governed, SdkRun.request("lookup", "x"), allowed -> image)).isSameAs(image);
    assertThat(call(governed, SdkRun.request("lookup", "x"), allowed -> null)).isNull();
  }

  @Test
  void toolsWithoutSessionsAreGovernedInOne() {
    GovernedServerTools governed =
        GovernedServerTools.of(governor(rule("ACME-101").tools("mcp__crm__delete").deny()), "crm");
    var lookup =
        governed.of(
            new McpStatelessServerFeatures.SyncToolSpecification(
                SdkRun.tool("lookup"), (context, request) -> SdkRun.said("found")));
    var delete =
        governed.of(
            new McpStatelessServerFeatures.AsyncToolSpecification(
                SdkRun.tool("delete"), (context, request) -> Mono.just(SdkRun.said("deleted"))));

    CallToolResult found =
        lookup.callHandler().apply(McpTransportContext.EMPTY, SdkRun.request("lookup", "x"));
    CallToolResult refused =
        delete
            .callHandler()
            .apply(McpTransportContext.EMPTY, SdkRun.request("delete", "x"))
            .block();

    assertThat(SdkRun.text(found)).isEqualTo("found");
    assertThat(refused.isError()).isTrue();
    assertThat(SdkRun.text(refused)).contains("ACME-101");
    assertThat(trace.sessions()).hasSize(1);
  }

  @Test
  void anAsynchronousToolIsAskedAboutWithoutAThread() throws Exception {
    CompletableFuture<Approval> answer = new CompletableFuture<>();
    AtomicReference<ApprovalRequest> asked = new AtomicReference<>();
    CountDownLatch question = new CountDownLatch(1);
    Governor governor =
        Governor.builder()
            .rules(rule("ACME-105").ask())
            .approver(
                request -> {
                  asked.set(request);
                  question.countDown();
                  return answer;
                },
                java.time.Duration.ofSeconds(30))
            .trace(trace)
            .build();
    var specification =
        GovernedServerTools.of(governor, "crm")
            .of(
                new McpStatelessServerFeatures.AsyncToolSpecification(
                    SdkRun.tool("lookup"), (context, request) -> Mono.just(SdkRun.said("found"))));

    CompletableFuture<CallToolResult> call =
        specification
            .callHandler()
            .apply(McpTransportContext.EMPTY, SdkRun.request("lookup", "x"))
            .toFuture();

    assertThat(call).isNotDone();
    assertThat(question.await(20, TimeUnit.SECONDS)).isTrue();
    answer.complete(asked.get().allow());
    assertThat(SdkRun.text(call.get(20, TimeUnit.SECONDS))).isEqualTo("found");
  }

  @Test
  void aWaitThatIsInterruptedIsANo() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Approval> answer = new CompletableFuture<>();
    AtomicReference<ApprovalRequest> asked = new AtomicReference<>();
    CountDownLatch question = new CountDownLatch(1);
    Governor governor =
        Governor.builder()
            .rules(rule("ACME-105").ask())
            .approver(
                request -> {
                  asked.set(request);
                  question.countDown();
                  return answer;
                },
                java.time.Duration.ofSeconds(30))
            .trace(trace)
            .build();
    GovernedServerTools governed = GovernedServerTools.of(governor, "crm");
    CompletableFuture<String> told = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              CallToolResult result =
                  call(
                      governed,
                      SdkRun.request("lookup", "x"),
                      allowed -> {
                        runs.incrementAndGet();
                        return SdkRun.said("found");
                      });
              told.complete(SdkRun.text(result) + Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(question.await(20, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();

    assertThat(told.get(20, TimeUnit.SECONDS)).contains("interrupted").endsWith("true");
    answer.complete(asked.get().allow());
    assertThat(runs).hasValue(0);
  }

  @Test
  void aResultThatNobodyCanReadIsWithheldOnlyWhereARuleIsEnforced() {
    CallToolResult unreadable = structured(Map.of("handle", new Object()));
    Rule observed = rule("ACME-103").onResult().mode(Mode.OBSERVE).deny();
    Rule enforced = rule("ACME-104").onResult().deny();

    CallToolResult passed =
        call(
            GovernedServerTools.of(governor(observed), "crm"),
            SdkRun.request("lookup", "x"),
            allowed -> unreadable);
    CallToolResult withheld =
        call(
            GovernedServerTools.of(governor(enforced), "crm"),
            SdkRun.request("lookup", "x"),
            allowed -> unreadable);

    assertThat(passed).isSameAs(unreadable);
    assertThat(SdkRun.text(withheld)).contains("could not be judged");
  }

  @Test
  void whatAServerSaysOfItsToolRaisesTheOperationOfItsCalls() {
    Tool tool =
        Tool.builder("lookup", Map.of("type", "object"))
            .annotations(
                McpSchema.ToolAnnotations.builder()
                    .destructiveHint(true)
                    .readOnlyHint(false)
                    .build())
            .build();
    var specification =
        GovernedServerTools.of(governor(), "crm")
            .of(
                new McpStatelessServerFeatures.SyncToolSpecification(
                    tool, (context, request) -> SdkRun.said("found")));

    CallToolResult found =
        specification.callHandler().apply(McpTransportContext.EMPTY, SdkRun.request("lookup", "x"));

    assertThat(SdkRun.text(found)).isEqualTo("found");
    assertThat(trace.events())
        .filteredOn(event -> event.type().equals(EventType.SCOPE_ASSERTED))
        .singleElement()
        .satisfies(
            event ->
                assertThat(((ScopeAsserted) event.payload()).operationType()).isEqualTo("DELETE"));
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
        Governor.builder()
            .agent(Agent.named("server"))
            .policy(PolicyLoader.standard().parse("p.yaml", policy).policy())
            .trace(trace)
            .build();
    GovernedServerTools governed = GovernedServerTools.of(governor, "crm");
    Wire wire = new Wire();
    McpServer.sync(wire.serverEnd())
        .jsonMapper(Wire.MAPPER)
        .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
        .tools(governed.of(tool("lookup")), governed.of(tool("delete")))
        .addToolFilter(governed.offered())
        .build();
    try (McpSyncClient client = SdkRun.client(wire)) {
      assertThat(client.listTools().tools()).map(Tool::name).containsExactly("lookup");
      assertThat(SdkRun.text(client.callTool(SdkRun.request("delete", "x")))).contains("GOV-002");
    }
  }

  @Test
  void aGovernorThatWasClosedStillRefuses() {
    Governor governor = governor(rule("ACME-101").deny());
    GovernedServerTools governed = GovernedServerTools.of(governor, "crm");
    governor.close();

    CallToolResult answer =
        call(governed, SdkRun.request("lookup", "x"), allowed -> SdkRun.said("found"));

    assertThat(SdkRun.text(answer)).contains("ACME-101");
  }

  @Test
  void whatAToolThrowsIsThrown() {
    GovernedServerTools governed = GovernedServerTools.of(governor(), "crm");
    IllegalStateException own = new IllegalStateException("disk on fire");

    assertThatThrownBy(
            () ->
                call(
                    governed,
                    SdkRun.request("lookup", "x"),
                    allowed -> {
                      throw own;
                    }))
        .isSameAs(own);
  }

  private static McpServerFeatures.SyncToolSpecification tool(String name) {
    return new McpServerFeatures.SyncToolSpecification(
        SdkRun.tool(name), (exchange, request) -> SdkRun.said(name));
  }

  private static CallToolResult call(
      GovernedServerTools governed,
      CallToolRequest request,
      Function<CallToolRequest, CallToolResult> tool) {
    return governed
        .of(
            new McpStatelessServerFeatures.SyncToolSpecification(
                SdkRun.tool(request.name()), (context, allowed) -> tool.apply(allowed)))
        .callHandler()
        .apply(McpTransportContext.EMPTY, request);
  }

  private static CallToolResult structured(Map<String, Object> content) {
    return CallToolResult.builder(SdkRun.said("see there").content())
        .structuredContent(content)
        .build();
  }

  private static io.governor.RuleBuilder rule(String id) {
    return Rule.named(id).mode(Mode.ENFORCE).reason("Not that.");
  }

  private Governor governor(Rule... rules) {
    return Governor.builder().rules(rules).trace(trace).build();
  }
}
