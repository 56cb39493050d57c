package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpMetaSupplier;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.Agent;
import io.governor.Decision;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.event.EventDecoder;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import io.governor.mcp.McpProxy;
import io.governor.policy.PolicyLoader;
import io.governor.seam.CallMarks;
import io.governor.testkit.RecordingTraceSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent whose governed tools reach a server through a governed proxy: the agent here, the proxy
 * and the server a process each.
 */
@Timeout(120)
class DoubleSeamTest {

  /** What the proxy's own policy says. */
  private static final String POLICY =
      """
      governor: 1
      id: proxy
      mode: enforce
      rules:
        - {id: ACME-201, tool: "mcp__crm__crm.lookup", limit: {calls: 2, within: PT1H, per: session}, effect: deny}
        - {id: ACME-202, tool: "mcp__crm__*", when: {arg: /text, matches: forbidden}, effect: deny}
      """;

  @TempDir Path root;

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @Test
  void eachCallOfAnAgentIsCountedOnceAndJudgedTwice() throws Exception {
    List<String> told =
        converse(
            MarkedMcpCalls.by(CallMarks.below(root)),
            tool -> tool,
            List.of("a", "b", "c", "forbidden"));

    // The proxy's limit of two counts none of them; its other rules hold.
    assertThat(told.subList(0, 3)).containsExactly("found a", "found b", "found c");
    assertThat(told.get(3)).contains("ACME-202");
    assertThat(Traces.scopes(trace)).hasSize(4);
    assertThat(Traces.snapshots(trace)).hasSize(3);
    // Only what it refused.
    assertThat(proxied(EventType.SCOPE_ASSERTED)).hasSize(1);
    assertThat(proxied(EventType.CONTEXT_SNAPSHOT)).isEmpty();
  }

  @Test
  void withoutMarksEachIsCountedAtBothPlaces() throws Exception {
    List<String> told = converse(context -> Map.of(), tool -> tool, List.of("a", "b", "c"));

    assertThat(told.subList(0, 2)).containsExactly("found a", "found b");
    assertThat(told.get(2)).contains("ACME-201");
    assertThat(Traces.scopes(trace)).hasSize(3);
    assertThat(proxied(EventType.SCOPE_ASSERTED)).hasSize(3);
  }

  @Test
  void aForgedMarkIsWorthNothing(@TempDir Path elsewhere) throws Exception {
    makeKey();
    CallMarks foreign = CallMarks.below(elsewhere);

    List<String> told = converse(MarkedMcpCalls.by(foreign), tool -> tool, List.of("a", "b", "c"));

    assertThat(told.get(2)).contains("ACME-201");
    assertThat(proxied(EventType.SCOPE_ASSERTED)).hasSize(3);
  }

  @Test
  void aMarkThatIsShownAgainIsWorthNothing() throws Exception {
    MarkedMcpCalls marking = MarkedMcpCalls.by(CallMarks.below(root));
    List<Map<String, Object>> first = new ArrayList<>();
    McpMetaSupplier replaying =
        context -> {
          Map<String, Object> meta = marking.apply(context);
          if (meta != null && first.isEmpty()) {
            first.add(meta);
          }
          return first.isEmpty() ? meta : first.get(0);
        };

    List<String> told = converse(replaying, tool -> tool, List.of("a", "a", "a", "a"));

    assertThat(told.subList(0, 3)).containsOnly("found a");
    assertThat(told.get(3)).contains("ACME-201");
    assertThat(proxied(EventType.SCOPE_ASSERTED)).hasSize(3);
  }

  @Test
  void whatAToolSendsThatIsNotTheGovernedCallBearsNoMark() throws Exception {
    UnaryOperator<ToolExecutor> smuggling =
        tool ->
            (request, memory) ->
                tool.execute(
                    request.toBuilder().arguments("{\"text\":\"something else\"}").build(), memory);

    converse(MarkedMcpCalls.by(CallMarks.below(root)), smuggling, List.of("a"));

    assertThat(proxied(EventType.SCOPE_ASSERTED)).hasSize(1);
  }

  @Test
  void aRewrittenCallIsMarkedAsItIsSent() throws Exception {
    Rule rule =
        Rule.named("ACME-102")
            .mode(Mode.ENFORCE)
            .redactArguments(given -> ToolArguments.of(Map.of("text", "[gone]")));

    List<String> told =
        converse(MarkedMcpCalls.by(CallMarks.below(root)), tool -> tool, List.of("secret"), rule);

    assertThat(told).containsExactly("found [gone]");
    assertThat(proxied(EventType.SCOPE_ASSERTED)).isEmpty();
  }

  @Test
  void theHostsOwnMetaStandsBesideTheMark() {
    MarkedMcpCalls marking =
        MarkedMcpCalls.by(CallMarks.below(root)).beside(context -> Map.of("tenant", "acme"));

    assertThat(marking.apply(null)).isEqualTo(Map.of("tenant", "acme"));
  }

  /** The installation has a key of its own. */
  private void makeKey() {
    try (Governor governor = Governor.builder().trace(new RecordingTraceSink()).build()) {
      ToolArguments arguments = ToolArguments.of(Map.of("text", "a"));
      Decision decision = governor.session().open().before(ToolCall.of(Crm.NAME, arguments));
      assertThat(CallMarks.below(root).mark(decision, Crm.NAME, arguments)).isNotNull();
    }
  }

  interface Assistant {
    String chat(String message);
  }

  /** The agent calls the tool once for each text, one after the other; what its model reads. */
  private List<String> converse(
      McpMetaSupplier meta, UnaryOperator<ToolExecutor> around, List<String> texts, Rule... rules)
      throws Exception {
    Script script = Script.of();
    for (String text : texts) {
      script.then(Script.calls(Script.call(null, Crm.NAME, "{\"text\":\"" + text + "\"}")));
    }
    script.then(Script.says("done"));
    try (Governor governor = Governor.builder().trace(trace).rules(rules).build();
        DefaultMcpClient client = client(meta)) {
      GovernedTools tools = GovernedTools.with(governor).build();
      AiServices.builder(Assistant.class)
          .chatModel(script.model())
          .toolProvider(
              McpToolProvider.builder()
                  .mcpClients(client)
                  .toolWrapper(tool -> tools.executor(around.apply(tool)))
                  .build())
          .registerListeners(tools.listeners())
          .build()
          .chat("hello");
    }
    List<String> told = new ArrayList<>();
    script
        .requests()
        .get(script.requests().size() - 1)
        .messages()
        .forEach(
            message -> {
              if (message instanceof ToolExecutionResultMessage result) {
                told.add(result.text());
              }
            });
    return told;
  }

  private DefaultMcpClient client(McpMetaSupplier meta) {
    return DefaultMcpClient.builder()
        .transport(
            StdioMcpTransport.builder()
                .command(
                    List.of(
                        java(), "-Xshare:auto", "-Xmx96m", Proxy.class.getName(), root.toString()))
                .environment(Map.of("CLASSPATH", System.getProperty("java.class.path")))
                .build())
        .metaSupplier(meta)
        .autoHealthCheck(false)
        .build();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What the proxy recorded. */
  private List<TraceEvent> proxied(EventType type) throws Exception {
    List<TraceEvent> events = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("traces"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          TraceEvent event = EventDecoder.decode(line.getBytes(StandardCharsets.UTF_8));
          if (event.type().equals(type)) {
            events.add(event);
          }
        }
      }
    }
    return events;
  }

  /** The proxy as a program, as the command {@code governor mcp proxy} makes it. */
  static final class Proxy {

    private Proxy() {}

    public static void main(String[] args) throws Exception {
      Path root = Path.of(args[0]);
      try (Governor governor =
          Governor.builder()
              .agent(Agent.named("mcp-client"))
              .policy(PolicyLoader.standard().parse("proxy.yaml", POLICY).policy())
              .stateRoot(root)
              .build()) {
        System.exit(
            McpProxy.of(governor, "crm")
                .recognising(CallMarks.below(root))
                .stdio(
                    List.of(java(), "-Xshare:auto", "-Xmx64m", McpPeer.class.getName()),
                    Map.of("CLASSPATH", System.getProperty("java.class.path")),
                    System.in,
                    System.out,
                    System.err));
      }
    }
  }
}
