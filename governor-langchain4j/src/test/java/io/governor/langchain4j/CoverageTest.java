package io.governor.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.HandlerOfAnotherVersion;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.search.simple.SimpleToolSearchStrategy;
import io.governor.Agent;
import io.governor.Coverage;
import io.governor.Coverage.Status;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.RuleHit;
import io.governor.policy.Policy;
import io.governor.policy.PolicyLoader;
import io.governor.testkit.RecordingTraceSink;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What can be proven of an AI service before it runs, and that nothing else is taken for proof. */
class CoverageTest {

  private static final String POLICY =
      """
      governor: 1
      id: shop
      revision: 1
      mode: enforce
      standard: {POL-003: {mode: warn}}
      agents:
        - {agent: "support-*", deny: ["crm.delete*"]}
      rules:
        - {id: SHOP-002, tool: "crm.*", when: {detect: [secret], in: [arguments, result]}, effect: redact}
        - {id: SHOP-001, tool: [crm.lookup], effect: ask}
        - {id: SHOP-003, tool: mail.send, effect: deny, mode: observe}
        - {id: SHOP-004, tool: crm.lookup, effect: deny, mode: off}
      """;

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder().trace(trace).agent(Agent.named("support-1")).policy(policy()).build();
  private final GovernedTools tools = GovernedTools.with(governor).build();

  interface Support {
    String answer(String message);
  }

  interface Billing {
    String answer(String message);
  }

  static final class Crm {
    @Tool(name = "crm.lookup")
    String lookup() {
      return "found";
    }

    @Tool(name = "crm.delete")
    String delete() {
      return "gone";
    }
  }

  static final class Mail {
    @Tool(name = "mail.send")
    String send() {
      return "sent";
    }
  }

  private static Policy policy() {
    try {
      return PolicyLoader.standard().parse("policy.yaml", POLICY).policy();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static AiServices<Support> support() {
    return AiServices.builder(Support.class).chatModel(Script.of().model());
  }

  private static ToolProvider provider(String tool, ToolExecutor executor) {
    ToolSpecification specification = ToolSpecification.builder().name(tool).build();
    return request -> ToolProviderResult.builder().add(specification, executor).build();
  }

  private static List<String> lines(Coverage coverage) {
    return coverage.tools().stream().map(tool -> tool.name() + " " + tool.status()).toList();
  }

  private static List<String> rules(Coverage.Tool tool) {
    return tool.rules().stream().map(hit -> hit.id().value()).toList();
  }

  @Test
  void aServiceWhoseToolsAllPassTheGovernorIsCovered() {
    Support support = support().tools(tools.of(new Crm(), new Mail())).build();

    Coverage coverage = GovernedTools.coverage(support);

    assertThat(coverage).governsEveryTool();
    assertThat(lines(coverage))
        .containsExactlyInAnyOrder(
            "crm.lookup GOVERNED", "crm.delete GOVERNED", "mail.send GOVERNED");
  }

  @Test
  void eachToolIsListedWithTheRulesThatCouldTouchIt() {
    Coverage coverage =
        GovernedTools.coverage(support().tools(tools.of(new Crm(), new Mail())).build());

    assertThat(coverage.tools())
        .allSatisfy(
            tool ->
                assertThat(rules(tool))
                    .isEqualTo(
                        switch (tool.name()) {
                          case "crm.lookup" -> List.of("POL-003", "SHOP-001", "SHOP-002");
                          case "crm.delete" -> List.of("GOV-002", "POL-003", "SHOP-002");
                          default -> List.of("POL-003", "SHOP-003");
                        }));
    assertThat(coverage.tools().stream().flatMap(tool -> tool.rules().stream()))
        .filteredOn(hit -> hit.id().value().equals("SHOP-003"))
        .extracting(RuleHit::mode)
        .containsOnly(Mode.OBSERVE);
  }

  @Test
  void oneToolThatWasAddedWithoutTheGovernorIsFound() {
    Support support = support().tools(tools.of(new Crm())).tools(new Mail()).build();

    Coverage coverage = GovernedTools.coverage(support);

    assertThat(coverage.governsEveryTool()).isFalse();
    assertThat(coverage.gaps())
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.name()).isEqualTo("mail.send");
              assertThat(gap.status()).isEqualTo(Status.UNGOVERNED);
              assertThat(gap.rules()).isEmpty();
            });
    assertThatThrownBy(() -> assertThat(coverage).governsEveryTool())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("mail.send of " + Support.class.getName())
        .hasMessageContaining("crm.lookup")
        .hasMessageContaining("SHOP-002 redact enforce");
  }

  @Test
  void executorsInAMapAreLookedAtOneByOne() {
    ToolSpecification open = ToolSpecification.builder().name("open").build();
    ToolSpecification shut = ToolSpecification.builder().name("shut").build();
    Support support =
        support()
            .tools(tools.of(Map.of(shut, (request, memory) -> "")))
            .tools(Map.of(open, (request, memory) -> ""))
            .build();

    assertThat(lines(GovernedTools.coverage(support)))
        .containsExactlyInAnyOrder("shut GOVERNED", "open UNGOVERNED");
  }

  @Test
  void anExecutorAroundAGovernedOneIsNotTakenForOne() {
    ToolExecutor governed = tools.executor((request, memory) -> "");
    ToolSpecification specification = ToolSpecification.builder().name("crm.lookup").build();
    Support support =
        support()
            .tools(Map.of(specification, (request, memory) -> governed.execute(request, memory)))
            .build();

    assertThat(lines(GovernedTools.coverage(support))).containsExactly("crm.lookup UNGOVERNED");
  }

  @Test
  void whatAGovernedProviderProvidesIsCoveredWhateverItIs() {
    Support support =
        support().toolProvider(tools.provider(provider("crm.lookup", (r, m) -> ""))).build();

    Coverage coverage = GovernedTools.coverage(support);

    assertThat(coverage).governsEveryTool();
    assertThat(coverage.tools()).hasSize(2);
    assertThat(rules(coverage.tools().get(0))).containsExactly("POL-003", "SHOP-001", "SHOP-002");
    assertThat(coverage.tools().get(1).name()).startsWith("whatever ").endsWith(" provides");
    assertThat(rules(coverage.tools().get(1)))
        .containsExactly("GOV-001", "GOV-002", "POL-003", "SHOP-001", "SHOP-002", "SHOP-003");
  }

  @Test
  void aProviderThatIsNotGovernedIsUnknownEvenIfTodaysToolsAreOurs() {
    Support mixed =
        support()
            .toolProvider(provider("crm.lookup", tools.executor((request, memory) -> "")))
            .build();
    Support open = support().toolProvider(provider("mail.send", (request, memory) -> "")).build();

    assertThat(GovernedTools.coverage(mixed).tools().stream().map(Coverage.Tool::status))
        .containsExactly(Status.GOVERNED, Status.UNKNOWN);
    assertThat(GovernedTools.coverage(open).tools().stream().map(Coverage.Tool::status))
        .containsExactly(Status.UNGOVERNED, Status.UNKNOWN);
    assertThat(GovernedTools.coverage(mixed, open).governsEveryTool()).isFalse();
  }

  @Test
  void aDynamicProviderIsCoveredIfItIsOurs() {
    ToolProvider dynamic =
        new ToolProvider() {
          @Override
          public ToolProviderResult provideTools(ToolProviderRequest request) {
            return ToolProviderResult.builder().build();
          }

          @Override
          public boolean isDynamic() {
            return true;
          }
        };

    assertThat(GovernedTools.coverage(support().toolProvider(tools.provider(dynamic)).build()))
        .governsEveryTool();
    assertThat(GovernedTools.coverage(support().toolProvider(dynamic).build()).governsEveryTool())
        .isFalse();
  }

  @Test
  void aProviderThatFailsIsCoveredAllTheSameIfItIsOurs() {
    ToolProvider failing =
        request -> {
          throw new IllegalStateException("no server");
        };

    assertThat(GovernedTools.coverage(support().toolProvider(tools.provider(failing)).build()))
        .governsEveryTool();
  }

  @Test
  void anMcpProviderIsCoveredByItsWrapperOrByBeingGoverned() {
    McpToolProvider open = McpToolProvider.builder().mcpClients(client()).build();
    McpToolProvider wrapped =
        McpToolProvider.builder().mcpClients(client()).toolWrapper(tools::executor).build();

    assertThat(lines(GovernedTools.coverage(support().toolProvider(wrapped).build())))
        .containsExactly(
            "fs.read GOVERNED",
            "whatever " + McpToolProvider.class.getName() + " provides GOVERNED");
    assertThat(GovernedTools.coverage(support().toolProvider(tools.provider(open)).build()))
        .governsEveryTool();
    assertThat(lines(GovernedTools.coverage(support().toolProvider(open).build())))
        .containsExactly(
            "fs.read UNGOVERNED",
            "whatever " + McpToolProvider.class.getName() + " provides UNKNOWN");
  }

  private static McpClient client() {
    ToolSpecification tool = ToolSpecification.builder().name("fs.read").build();
    return (McpClient)
        Proxy.newProxyInstance(
            CoverageTest.class.getClassLoader(),
            new Class<?>[] {McpClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "listTools" -> List.of(tool);
                  case "hashCode" -> 1;
                  case "equals" -> proxy == arguments[0];
                  case "key", "toString" -> "client";
                  default -> null;
                });
  }

  @Test
  void langChain4jsOwnSearchForToolsIsNotCovered() {
    Support support =
        support()
            .tools(tools.of(new Crm()))
            .toolSearchStrategy(SimpleToolSearchStrategy.builder().build())
            .build();

    assertThat(GovernedTools.coverage(support).gaps())
        .singleElement()
        .extracting(Coverage.Tool::name)
        .isEqualTo("the search for tools");
  }

  @Test
  void severalServicesAndBuildersAreLookedAtTogether() {
    Support support = support().tools(tools.of(new Crm())).build();
    AiServices<Billing> billing = AiServices.builder(Billing.class).tools(tools.of(new Mail()));

    assertThat(GovernedTools.coverage(support, billing).tools())
        .extracting(Coverage.Tool::service)
        .containsOnly(Support.class.getName(), Billing.class.getName());
  }

  @Test
  void aServiceWithoutToolsReachesNothing() {
    Coverage coverage = GovernedTools.coverage(support().build());

    assertThat(coverage.tools()).isEmpty();
    assertThat(coverage.governsEveryTool()).isTrue();
  }

  @Test
  void whatIsNoAiServiceIsRefused() {
    Support proxy =
        (Support)
            Proxy.newProxyInstance(
                CoverageTest.class.getClassLoader(),
                new Class<?>[] {Support.class},
                (object, method, arguments) -> "");

    assertThatThrownBy(() -> GovernedTools.coverage(new Crm()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an AI service")
        .hasMessageContaining(Crm.class.getName());
    assertThatThrownBy(() -> GovernedTools.coverage(proxy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give what is within");
    assertThatThrownBy(() -> GovernedTools.coverage())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  @Test
  void aVersionThatIsNotAsTheKnownOnesIsNamedAndNeverTakenForGoverned() {
    Support support =
        (Support)
            Proxy.newProxyInstance(
                CoverageTest.class.getClassLoader(),
                new Class<?>[] {Support.class},
                new HandlerOfAnotherVersion());

    assertThatThrownBy(() -> GovernedTools.coverage(support))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "LangChain4j \\d+\\.\\d+\\.\\d+ cannot be looked into: no context of an AI service was"
                + " found where the known versions, 1\\.15\\.1, 1\\.18\\.1 and 1\\.19\\.0, have it");
    assertThatThrownBy(() -> tools.check(support)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  void nothingAtAllIsRefusedInWords() {
    assertThatThrownBy(() -> tools.check(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("check: expected an AI service, got null");
    assertThatThrownBy(() -> GovernedTools.coverage((Object) null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("coverage: expected an AI service, got null");
    assertThatThrownBy(() -> GovernedTools.coverage((Object[]) null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("coverage: expected at least one AI service, got none");
  }

  @Test
  void aLookRunsNoToolAndRecordsNothing() {
    AtomicInteger runs = new AtomicInteger();
    Support support =
        support()
            .tools(
                tools.of(
                    Map.of(
                        ToolSpecification.builder().name("crm.lookup").build(),
                        (request, memory) -> "" + runs.incrementAndGet())))
            .toolProvider(tools.provider(provider("mail.send", (r, m) -> "" + runs.get())))
            .build();

    assertThat(GovernedTools.coverage(support)).governsEveryTool();

    assertThat(runs).hasValue(0);
    assertThat(trace.events()).isEmpty();
    assertThat(governor.health().openSessions()).isZero();
  }

  @Test
  void aCoverageIsAValueThatCanBeRead() {
    Coverage coverage =
        GovernedTools.coverage(support().tools(tools.of(new Mail())).tools(new Crm()).build());
    List<String> lines = new ArrayList<>(coverage.toString().lines().toList());

    assertThat(lines.remove(0)).isEqualTo("1 of 3 governed");
    assertThat(lines)
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line).startsWith("  ").contains(" of " + Support.class.getName()))
        .anyMatch(line -> line.endsWith("(governed): POL-003 deny warn, SHOP-003 deny observe"))
        .anyMatch(line -> line.contains("ungoverned  crm.delete"));
    assertThat(coverage).isEqualTo(new Coverage(coverage.tools()));
    assertThat(coverage.and(coverage).tools()).hasSize(6);
  }
}
