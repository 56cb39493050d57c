package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.IllegalConfigurationException;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import io.governor.CallHint;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.ResultHint;
import io.governor.ToolTraits;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import io.governor.testkit.RecordingTraceSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about results and by whom, and who is believed. */
class ClassificationTest {

  private static final String POLICY =
      """
      governor: 1
      id: shop
      revision: 1
      tools:
        - tool: "crm.*"
          result:
            classifications: [restricted]
            source: vendor
            provenance: [policy]
            retention_flags: [P1D]
            authorization: policy
      """;

  private final RecordingTraceSink trace = new RecordingTraceSink();

  private GovernorBuilder governor() {
    return Governor.builder().trace(trace);
  }

  private static Policy policy() throws PolicyException {
    return PolicyLoader.standard().parse("policy.yaml", POLICY).policy();
  }

  private GovernedTools tools(GovernorBuilder governor) {
    return GovernedTools.with(governor.build()).build();
  }

  private static void call(AiServiceTool tool) {
    ToolExecutor executor = tool.toolExecutor();
    executor.execute(
        ToolExecutionRequest.builder().id("1").name(tool.name()).arguments("{}").build(), "m");
  }

  private ContextSnapshot snapshot() {
    return Traces.snapshots(trace).get(0);
  }

  private List<String> violations() {
    return trace.events().stream().flatMap(event -> event.violations().stream()).toList();
  }

  static class Plain {
    @Tool(name = "crm.lookup")
    String lookup() {
      return "found";
    }
  }

  static final class Annotated {
    @Tool(name = "crm.lookup")
    @Governed(
        classification = {"internal", "pii"},
        provenance = "warehouse",
        retention = "P30D",
        authorization = "contract")
    String lookup() {
      return "found";
    }
  }

  static class Internal {
    @Tool(name = "crm.lookup")
    @Governed(classification = "internal")
    String lookup() {
      return "found";
    }
  }

  @Test
  void withoutAWordFromAnyoneAResultCountsAsUnclassified() {
    call(tools(governor()).of(new Plain()).get(0));

    assertThat(snapshot().classificationSource()).isEqualTo("unclassified");
    assertThat(violations()).contains("POL-003");
  }

  @Test
  void theAnnotationGivesEveryValue() {
    call(tools(governor()).of(new Annotated()).get(0));

    assertThat(snapshot().dataClassifications()).containsExactly("internal", "pii");
    assertThat(snapshot().classificationSource()).isEqualTo("explicit");
    assertThat(snapshot().provenance()).containsExactly("warehouse");
    assertThat(snapshot().retentionFlags()).containsExactly("P30D");
    assertThat(violations()).doesNotContain("POL-003");
  }

  @Test
  void theAnnotationAuthorizesWhatIsMoreSensitiveThanWhatCameBefore() {
    List<AiServiceTool> tools = tools(governor()).of(new Internal(), new Authorized(), new Pii());
    tools.forEach(ClassificationTest::call);

    List<List<String>> snapshots =
        trace.events().stream()
            .filter(event -> event.payload() instanceof ContextSnapshot)
            .map(event -> event.violations())
            .toList();
    assertThat(snapshots).containsExactly(List.of(), List.of(), List.of("POL-005"));
  }

  static final class Authorized {
    @Tool(name = "crm.customer")
    @Governed(classification = "pii", authorization = "ticket")
    String customer() {
      return "Mia";
    }
  }

  static final class Pii {
    @Tool(name = "crm.salary")
    @Governed(classification = "restricted")
    String salary() {
      return "1";
    }
  }

  static final class Memory {
    @Tool(name = "memory.store")
    @Governed(
        classification = {"pii", "internal"},
        retention = "P30D")
    String store() {
      return "kept";
    }
  }

  @Test
  void theAnnotationDeclaresWhatAToolKeeps() {
    call(tools(governor()).of(new Memory()).get(0));

    MemoryWriteAttempt write = Traces.payloads(trace, MemoryWriteAttempt.class).get(0);
    assertThat(write.writeClassification()).isEqualTo("pii");
    assertThat(write.retentionRequested()).isEqualTo("P30D");
    assertThat(violations()).doesNotContain("POL-004");
  }

  @Test
  void thePolicyGivesEveryValueToo() throws PolicyException {
    call(tools(governor().policy(policy())).of(new Plain()).get(0));

    assertThat(snapshot().dataClassifications()).containsExactly("restricted");
    assertThat(snapshot().classificationSource()).isEqualTo("vendor");
    assertThat(snapshot().provenance()).containsExactly("policy");
    assertThat(violations()).doesNotContain("POL-003");
  }

  /**
   * Each voice that speaks, from the strongest; every one is heard once those before it are silent.
   */
  static List<Arguments> voices() {
    return List.of(
        Arguments.of(0, "function"),
        Arguments.of(1, "internal"),
        Arguments.of(2, "governor function"),
        Arguments.of(3, "governor tool"),
        Arguments.of(4, "restricted"));
  }

  @ParameterizedTest
  @MethodSource("voices")
  void whoStandsNearestToTheCallIsBelieved(int silent, String believed) throws PolicyException {
    GovernorBuilder builder = governor().policy(policy());
    if (silent < 3) {
      builder.classify("crm.*", result -> ResultHint.classified("governor function"));
    }
    if (silent < 4) {
      builder.tool("crm.*", ToolTraits.NONE.result(ResultHint.classified("governor tool")));
    }
    GovernedToolsBuilder tools = GovernedTools.with(builder.build());
    if (silent < 1) {
      tools.classify("crm.*", result -> ResultHint.classified("function"));
    }
    call(tools.build().of(silent < 2 ? new Internal() : new Plain()).get(0));

    assertThat(snapshot().dataClassifications()).containsExactly(believed);
  }

  @Test
  void eachValueComesFromTheNearestWhoGivesIt() throws PolicyException {
    ResultHint kept = new ResultHint(null, null, null, List.of("none"), null, null);
    GovernedTools tools =
        GovernedTools.with(governor().policy(policy()).build())
            .classify("crm.lookup", result -> kept)
            .build();

    call(tools.of(new Internal()).get(0));

    assertThat(snapshot().retentionFlags()).containsExactly("none");
    assertThat(snapshot().dataClassifications()).containsExactly("internal");
    assertThat(snapshot().provenance()).containsExactly("policy");
  }

  @Test
  void aFunctionSeesTheResultAndTheFirstThatMatchesTheToolAnswers() {
    GovernedTools tools =
        GovernedTools.with(governor().build())
            .classify("mail.*", result -> ResultHint.classified("mail"))
            .classify("crm.*", result -> ResultHint.classified("saw " + result.text()))
            .classify("*", result -> ResultHint.classified("all"))
            .build();

    call(tools.of(new Plain()).get(0));

    assertThat(snapshot().dataClassifications()).containsExactly("saw found");
  }

  @Test
  void aFunctionIsAskedOfToolsThatAreOnlyObservedToo() {
    AiServices.builder(Service.class)
        .chatModel(
            Script.of(Script.calls(Script.call("1", "crm.lookup", "{}")), Script.says("done"))
                .model())
        .tools(new Plain())
        .registerListeners(
            GovernedTools.with(governor().build())
                .classify("crm.*", result -> ResultHint.classified("pii"))
                .observing())
        .build()
        .answer("hello");

    assertThat(snapshot().dataClassifications()).containsExactly("pii");
  }

  interface Service {
    String answer(String message);
  }

  static List<Arguments> failures() {
    return List.of(
        Arguments.of(failing(() -> new IllegalStateException("canary"))),
        Arguments.of(failing(() -> new StackOverflowError("canary"))),
        Arguments.of(failing(() -> new NoClassDefFoundError("canary"))),
        Arguments.of(failing(() -> new AssertionError("canary"))));
  }

  private static Supplier<Throwable> failing(Supplier<Throwable> failure) {
    return failure;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFunctionThatThrowsCostsOneLineOfLogAndNothingElse(Supplier<Throwable> failure) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      GovernedTools tools =
          GovernedTools.with(governor().build())
              .classify("crm.*", result -> thrown(failure.get()))
              .build();
      AiServiceTool tool = tools.of(new Internal()).get(0);
      call(tool);
      call(tool);
    } finally {
      System.setErr(before);
    }

    assertThat(Traces.snapshots(trace))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.dataClassifications()).containsExactly("internal"));
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("classifies results of tool crm.lookup failed"))
        .hasSize(1)
        .noneMatch(line -> line.contains("canary"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> ResultHint thrown(Throwable failure) throws T {
    throw (T) failure;
  }

  // Where the annotation may stand.

  /** As a class-based proxy is: it overrides and repeats no annotation. */
  static final class Overriding extends Internal {
    @Override
    String lookup() {
      return super.lookup();
    }
  }

  static final class Inheriting extends Internal {}

  static final class Stricter extends Internal {
    @Override
    @Governed(classification = "restricted")
    String lookup() {
      return "found";
    }
  }

  interface Lookup {
    @Tool(name = "crm.lookup")
    @Governed(classification = "internal")
    default String lookup() {
      return "found";
    }
  }

  static final class Default implements Lookup {}

  static final class SameMethod {
    private SameMethod() {}

    @Tool(name = "crm.lookup")
    @Governed(classification = "internal")
    @SuppressWarnings("UnusedMethod") // LangChain4j calls it
    private String lookup() {
      return "found";
    }
  }

  static List<Arguments> places() {
    return List.of(
        Arguments.of("its own", new Internal(), "internal"),
        Arguments.of("private", new SameMethod(), "internal"),
        Arguments.of("inherited", new Inheriting(), "internal"),
        Arguments.of("of an interface", new Default(), "internal"),
        Arguments.of("of an interface behind a proxy", proxy(), "internal"));
  }

  /** Version 1.15.1 looks at an object's own methods and at those of proxies only. */
  private static boolean isFoundByLangChain4j(Object object) {
    try {
      return !ToolService.findTools(object).isEmpty();
    } catch (IllegalConfigurationException none) {
      return false;
    }
  }

  private static Object proxy() {
    return Proxy.newProxyInstance(
        ClassificationTest.class.getClassLoader(),
        new Class<?>[] {Lookup.class},
        (proxy, method, arguments) -> "found");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void theAnnotationIsFoundWhereverLangChain4jFindsTheTool(
      String place, Object object, String expected) {
    assumeTrue(isFoundByLangChain4j(object), "this version of LangChain4j finds no tool " + place);
    List<AiServiceTool> found = tools(governor()).of(object);
    found.forEach(ClassificationTest::call);

    assertThat(found).isNotEmpty();
    assertThat(Traces.snapshots(trace))
        .hasSameSizeAs(found)
        .allSatisfy(each -> assertThat(each.dataClassifications()).containsExactly(expected));
  }

  /** LangChain4j's Spring support finds the method on the target and calls it through the proxy. */
  @ParameterizedTest
  @MethodSource("proxied")
  void theAnnotationIsFoundOnTheTargetOfAProxy(Object proxy, Class<?> target, String expected)
      throws NoSuchMethodException {
    Method annotated = target.getDeclaredMethod("lookup");
    ToolExecutor executor = new DefaultToolExecutor(proxy, annotated, annotated);
    ToolSpecification specification = ToolSpecification.builder().name("crm.lookup").build();

    ToolExecutor governed =
        tools(governor()).of(Map.of(specification, executor)).get(specification);
    call(AiServiceTool.builder().toolSpecification(specification).toolExecutor(governed).build());

    assertThat(snapshot().dataClassifications()).containsExactly(expected);
  }

  interface Silence {
    String lookup();
  }

  static final class Target implements Silence {
    @Override
    @Tool(name = "crm.lookup")
    @Governed(classification = "pii")
    public String lookup() {
      return "found";
    }
  }

  static List<Arguments> proxied() {
    return List.of(
        Arguments.of(new Overriding(), Internal.class, "internal"),
        Arguments.of(new Stricter(), Internal.class, "restricted"));
  }

  @Test
  void theAnnotationIsFoundOnTheTargetOfAProxyThatKnowsOnlyInterfaces()
      throws NoSuchMethodException {
    Target target = new Target();
    Object proxy =
        Proxy.newProxyInstance(
            ClassificationTest.class.getClassLoader(),
            new Class<?>[] {Silence.class},
            (self, method, arguments) -> method.invoke(target, arguments));
    ToolExecutor executor =
        new DefaultToolExecutor(
            proxy, Target.class.getMethod("lookup"), Silence.class.getMethod("lookup"));
    ToolSpecification specification = ToolSpecification.builder().name("crm.lookup").build();

    ToolExecutor governed =
        tools(governor()).of(Map.of(specification, executor)).get(specification);
    call(AiServiceTool.builder().toolSpecification(specification).toolExecutor(governed).build());

    assertThat(snapshot().dataClassifications()).containsExactly("pii");
  }

  @Test
  void theAnnotationIsFoundOnToolsThatCameAnotherWay() {
    GovernedTools tools = tools(governor());
    List<AiServiceTool> found = ToolService.findTools(new Internal());
    ToolProvider provider =
        request ->
            ToolProviderResult.builder()
                .add(found.get(0).toolSpecification(), found.get(0).toolExecutor())
                .build();

    call(tools.of(found).get(0));
    call(tools.of(tools.of(new Internal())).get(0));
    call(provided(tools.provider(provider)));

    assertThat(Traces.snapshots(trace))
        .hasSize(3)
        .allSatisfy(each -> assertThat(each.dataClassifications()).containsExactly("internal"));
  }

  private static AiServiceTool provided(ToolProvider provider) {
    ToolProviderResult provided =
        provider.provideTools(
            new ToolProviderRequest("m", dev.langchain4j.data.message.UserMessage.from("hello")));
    return provided.aiServiceTools().get(0);
  }

  static final class LeftOut extends Internal {
    @Override
    String lookup() {
      return super.lookup();
    }

    @Tool(name = "crm.list")
    String list() {
      return "";
    }
  }

  @Test
  void anAnnotationOnAToolThatASubclassLeavesOutIsNoMistake() {
    assertThat(tools(governor()).of(new LeftOut()))
        .extracting(AiServiceTool::name)
        .contains("crm.list");
  }

  // What is refused.

  static final class UnknownClass {
    @Tool
    @Governed(classification = "secret")
    String look() {
      return "";
    }
  }

  static final class UpperCase {
    @Tool
    @Governed(classification = "PII")
    String look() {
      return "";
    }
  }

  static final class NoPeriod {
    @Tool
    @Governed(retention = "30 days")
    String look() {
      return "";
    }
  }

  static final class EmptyPeriod {
    @Tool
    @Governed(retention = "P0D")
    String look() {
      return "";
    }
  }

  static final class NegativePeriod {
    @Tool
    @Governed(retention = "-P1D")
    String look() {
      return "";
    }
  }

  static final class BlankProvenance {
    @Tool
    @Governed(provenance = " ")
    String look() {
      return "";
    }
  }

  static final class Silent {
    @Tool
    @Governed
    String look() {
      return "";
    }
  }

  static final class Misplaced {
    @Tool
    String look() {
      return "";
    }

    @Governed(classification = "pii")
    String help() {
      return "";
    }
  }

  static List<Arguments> mistakes() {
    String classes = "expected public, internal, confidential, pii or restricted, got ";
    String period = "expected a period in the form of ISO 8601";
    return List.of(
        Arguments.of(new UnknownClass(), "classification: " + classes + "\"secret\""),
        Arguments.of(new UpperCase(), "classification: " + classes + "\"PII\""),
        Arguments.of(new NoPeriod(), "retention: " + period),
        Arguments.of(new EmptyPeriod(), "retention: " + period),
        Arguments.of(new NegativePeriod(), "retention: " + period),
        Arguments.of(new BlankProvenance(), "provenance: expected names"),
        Arguments.of(new Silent(), "expected a classification, provenance, retention or"),
        Arguments.of(new Misplaced(), "expected a method with @Tool"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsNotAcceptedIsRefusedWithTheMethodAndWhatWouldBe(Object object, String why) {
    GovernedTools tools = tools(governor());
    String method = object instanceof Misplaced ? ".help" : ".look";

    assertThatThrownBy(() -> tools.of(object))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(object.getClass().getName() + method + ": @Governed: ")
        .hasMessageContaining(why);
  }

  @Test
  void aProviderThatBringsAWrongAnnotationBringsItsToolAllTheSame() {
    List<AiServiceTool> found = ToolService.findTools(new UnknownClass());
    ToolProvider provider =
        request ->
            ToolProviderResult.builder()
                .add(found.get(0).toolSpecification(), found.get(0).toolExecutor())
                .build();

    call(provided(tools(governor()).provider(provider)));

    assertThat(violations()).contains("POL-003");
  }

  @Test
  void hintsOfTheCallComeFromTheAnnotationBeforeTheGovernorsConfiguration() {
    GovernorBuilder builder =
        governor().tool("memory.*", ToolTraits.NONE.call(new CallHint("restricted", "P1Y")));

    call(tools(builder).of(new Memory()).get(0));

    MemoryWriteAttempt write = Traces.payloads(trace, MemoryWriteAttempt.class).get(0);
    assertThat(write.writeClassification()).isEqualTo("pii");
    assertThat(write.retentionRequested()).isEqualTo("P30D");
  }
}
