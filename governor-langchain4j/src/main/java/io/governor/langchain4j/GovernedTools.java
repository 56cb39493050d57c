package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionErrorHandler;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import io.governor.Coverage;
import io.governor.Governor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a governor between LangChain4j and the tools of an AI service. Built once, usually beside
 * the service; safe for use by several threads.
 *
 * <pre>{@code
 * GovernedTools tools = GovernedTools.with(governor).build();
 * Support support =
 *     AiServices.builder(Support.class)
 *         .chatModel(model)
 *         .tools(tools.of(new CrmTools(), new MailTools()))
 *         .registerListeners(tools.listeners())
 *         .build();
 * }</pre>
 *
 * <p>Every call is judged before the tool runs and its result afterwards. A call that is refused
 * never reaches the tool: the model gets an error result that names the rule, the reason and what
 * to do instead, and carries the attribute {@value #ATTRIBUTE}. What a rule warns of stands below
 * the result. Everything else passes through untouched: results with their attributes, contents and
 * error flag, what a tool throws, {@code ReturnBehavior}, and ids, missing ones included.
 *
 * <p>One invocation of an AI service is one session unless the builder says otherwise; services
 * that are called from within a tool, and agents that share a scope, stay in the session they were
 * called from. The listeners end sessions when invocations end, and tell what each model turn used.
 * Without them rules hold all the same, but each invocation's session stays open until it has been
 * idle for as long as the governor allows, and no tokens are recorded.
 *
 * <p>Where tools run at once LangChain4j ends an invocation as soon as one call of a round throws,
 * and of equal calls in a round it waits for one: the others may begin later. They belong to the
 * invocation's session, which ends with the last of them. A session that an invocation leaves in
 * the middle of a round, with calls that never come, ends by being idle.
 *
 * <p>Where a rule asks a person, the thread that would run the tool waits for the answer, for as
 * long as the governor allows: pool threads where tools run at once, so that all calls of a round
 * are asked about together, the caller's where they run in turn, one after the other, because what
 * one call did may change what the next is judged by; while streaming it is the model client's own
 * thread. A wait that is interrupted, as pools do when they are shut down, is a no, and so is one
 * that a governor which closes ends.
 *
 * <p>What does not behave does what it did before, and is recorded as far as there is something to
 * record:
 *
 * <ul>
 *   <li>A call without an id stays without for the tool; one is made for the record. Of calls of
 *       one session that are under way with the same id, one is recorded with it.
 *   <li>Arguments that are no JSON object are recorded, and refused (GOV-004) where a policy
 *       enforces; otherwise they reach the tool and the host's {@code ToolArgumentsErrorHandler}.
 *       Arguments that do not fit the tool are a call without result.
 *   <li>What a tool throws reaches LangChain4j's handlers, an {@code Error} the caller; it is a
 *       call without result. LangChain4j does not say that an invocation ended with an {@code
 *       Error}: its session ends by being idle.
 *   <li>A tool that hangs hangs. Other calls of its session go on, the governor can be closed, and
 *       what interrupts the thread reaches the tool.
 *   <li>A result of null stays null. Results of any size pass as they are; they cost time only
 *       where a rule looks at them, and a copy only where one changes them.
 *   <li>An error result is looked at by the rules about results like any other, and recorded where
 *       one matches.
 *   <li>What a provider of tools throws passes through; there is no call, and nothing is recorded.
 *   <li>A refused call of a tool that the model made up, see {@link #inventedNames()}, comes back
 *       with its text alone: LangChain4j takes no more from what answers such names, so that the
 *       error flag and the attribute are lost.
 * </ul>
 *
 * <p>A tool that reaches an MCP server through a governed proxy as well is judged at both places;
 * it is recorded and counted at both unless {@link MarkedMcpCalls} marks it.
 *
 * <p>Governed tools cannot be undone by {@code @CompensateFor}, for which LangChain4j wants its own
 * executor in place.
 */
public final class GovernedTools {

  /**
   * The attribute on results that a rule replaced: {@code denied} when the tool did not run, {@code
   * withheld} when its result was kept back.
   */
  public static final String ATTRIBUTE = "governor";

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private final Runs runs;
  private final UnaryOperator<ToolExecutor> around;
  private final Checks checks;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  GovernedTools(Runs runs, UnaryOperator<ToolExecutor> around, Checks checks) {
    this.runs = runs;
    this.around = around;
    this.checks = checks;
  }

  /** Starts with the governor that judges and records. */
  public static GovernedToolsBuilder with(Governor governor) {
    return new GovernedToolsBuilder(governor);
  }

  /**
   * The tools of objects with {@code @Tool} methods, for {@code AiServices.tools}.
   *
   * @throws dev.langchain4j.service.IllegalConfigurationException if an object has none
   * @throws IllegalArgumentException if a {@link Governed} beside them holds a value that is not
   *     accepted, or stands on a method that is no tool
   */
  public List<AiServiceTool> of(Object... objectsWithTools) {
    List<AiServiceTool> tools = new ArrayList<>();
    for (Object object : objectsWithTools) {
      tools.addAll(ToolService.findTools(object));
      Annotations.check(object);
    }
    return of(tools);
  }

  /**
   * Tools that were put together by hand, in the same order.
   *
   * @throws IllegalArgumentException as {@link #of(Object...)} does
   */
  public List<AiServiceTool> of(List<AiServiceTool> tools) {
    List<AiServiceTool> governed = new ArrayList<>(tools.size());
    for (AiServiceTool tool : tools) {
      governed.add(governed(tool));
    }
    return governed;
  }

  /**
   * Specifications and their executors, in the same order.
   *
   * @throws IllegalArgumentException as {@link #of(Object...)} does
   */
  public Map<ToolSpecification, ToolExecutor> of(Map<ToolSpecification, ToolExecutor> tools) {
    Map<ToolSpecification, ToolExecutor> governed = new LinkedHashMap<>();
    tools.forEach(
        (specification, executor) ->
            governed.put(specification, governed(executor, ToolHints.of(specification, executor))));
    return governed;
  }

  /**
   * A provider whose tools are governed; it is dynamic if the given one is. What an MCP server says
   * about its tools ({@code readOnlyHint}, {@code destructiveHint}) is taken into account.
   */
  public ToolProvider provider(ToolProvider provider) {
    return new GovernedToolProvider(provider, this);
  }

  /**
   * A provider of the tools of objects with {@code @Tool} methods, for builders that take no list
   * of tools, as those of LangChain4j's agents. Agents of one system share a session; their
   * builders take no listeners either, so that it ends by being idle and no tokens are recorded.
   *
   * @throws dev.langchain4j.service.IllegalConfigurationException if an object has none
   */
  public ToolProvider providerOf(Object... objectsWithTools) {
    List<AiServiceTool> tools = of(objectsWithTools);
    return provider(
        request -> {
          ToolProviderResult.Builder result = ToolProviderResult.builder();
          tools.forEach(result::add);
          return result.build();
        });
  }

  /**
   * One executor, governed; fits {@code McpToolProvider.builder().toolWrapper(tools::executor)}.
   * The name that rules see is the one the model uses.
   */
  public ToolExecutor executor(ToolExecutor executor) {
    return governed(executor, ToolHints.of(null, executor));
  }

  /**
   * What to give to {@code AiServices.registerListeners}: ends the session when the invocation
   * does, and takes the usage of each model turn.
   */
  public List<AiServiceListener<?>> listeners() {
    if (!checks.required()) {
      return InvocationListeners.of(runs);
    }
    List<AiServiceListener<?>> listeners = new ArrayList<>();
    listeners.add(InvocationListeners.requiring(checks));
    listeners.addAll(InvocationListeners.of(runs));
    return listeners;
  }

  /**
   * What to give to the chat model's {@code listeners}, beside {@link #listeners()}: tells the
   * provider, by which the cost of cached tokens is known.
   */
  public ChatModelListener modelListener() {
    runs.hearModels();
    return new ModelTurnListener();
  }

  /**
   * What to give to {@code AiServices.toolExecutionErrorHandler}, if the model is to learn that a
   * tool failed but not what it said: LangChain4j passes the message of an exception on word for
   * word, and messages hold secrets.
   */
  public static ToolExecutionErrorHandler withoutMessages() {
    return (failure, context) ->
        ToolErrorHandlerResult.text("The tool failed: " + failure.getClass().getSimpleName() + ".");
  }

  /**
   * Which tools AI services can reach, whether each call of them passes a governor, and the rules
   * that could touch it. For tests, for start-up and for people:
   *
   * <pre>{@code
   * assertThat(GovernedTools.coverage(support, billing)).governsEveryTool();
   * }</pre>
   *
   * <p>Tools given to a service are governed when their executor is one of ours. What a {@link
   * ToolProvider} provides is governed when the provider is: made by {@link #provider}, or an MCP
   * tool provider with {@link #executor} as its wrapper. A provider of any other kind is unknown,
   * whatever it provides today. LangChain4j's own search for tools is not governed. Agents are
   * looked at with the agents they delegate to. A tool that calls another AI service reaches the
   * tools of that one: give both. Not looked at are functions of the host that answer in place of a
   * tool, such as a strategy for names the model invented, and tools that run at the model's
   * provider.
   *
   * <p>Each provider is asked once, so that its tools can be named; one that fails is listed
   * without.
   *
   * @param aiServices what {@code AiServices} or {@code AgenticServices} built, or builders of the
   *     former; at least one
   * @throws IllegalArgumentException if there is none, or an object is of another kind, such as a
   *     proxy around an AI service
   * @throws IllegalStateException if this version of LangChain4j cannot be looked into
   */
  public static Coverage coverage(Object... aiServices) {
    return Inspection.asking(aiServices).coverage();
  }

  /**
   * Makes sure, where it is built, that an AI service reaches no tool without a governor:
   *
   * <pre>{@code
   * Support support = tools.check(AiServices.builder(Support.class)….build());
   * }</pre>
   *
   * <p>Looks where {@link #coverage} looks, but calls neither providers nor anything else of the
   * host's, save wrappers of MCP tool providers. {@link GovernedToolsBuilder#strict} makes it a
   * condition for using the tools.
   *
   * @return the same service
   * @throws IllegalStateException if a tool is ungoverned or it cannot be told, with everything
   *     that was found; or if this version of LangChain4j cannot be looked into
   * @throws IllegalArgumentException if the object is no AI service; a builder is none yet, for
   *     tools can still be added to it
   */
  public <T> T check(T aiService) {
    if (aiService == null) {
      throw new IllegalArgumentException("check: expected an AI service, got null");
    }
    if (aiService instanceof AiServices<?>) {
      throw new IllegalArgumentException(
          "check: expected an AI service that is built, got its builder");
    }
    Inspection inspection = Inspection.silent(aiService);
    Coverage coverage = inspection.coverage();
    if (!coverage.governsEveryTool()) {
      inspection.services().forEach(checks::failed);
      throw new IllegalStateException("not every tool passes a governor: " + coverage);
    }
    inspection.services().forEach(checks::passed);
    return aiService;
  }

  /**
   * As {@link #withoutMessages}, but the model may read what an exception says, once it has passed
   * the rules about results like any result, and secrets ({@code io.governor.detect}) are taken out
   * whatever the rules say.
   */
  public ToolExecutionErrorHandler redactingErrors() {
    return redactingErrors(RedactedErrors::message);
  }

  /**
   * As {@link #redactingErrors()}, for what another handler makes of the exception; what that
   * throws ends the invocation as before.
   */
  public ToolExecutionErrorHandler redactingErrors(ToolExecutionErrorHandler handler) {
    return new RedactedErrors(runs, handler);
  }

  /**
   * What to give to {@code AiServices.hallucinatedToolNameStrategy}, where LangChain4j otherwise
   * ends the invocation: a call of a tool that does not exist is judged by the rules and recorded
   * with the flag TOOL_UNKNOWN, and the model is told in a result that there is no such tool.
   *
   * <p>It belongs to the session whose model asked for it, which {@link #listeners()} tell. Where
   * tools run at once while the model still streams, that is not yet known: the call is recorded in
   * the session of calls that say nothing about where they come from.
   */
  public Function<ToolExecutionRequest, ToolExecutionResultMessage> inventedNames() {
    return inventedNames(InventedNames::noSuchTool);
  }

  /**
   * As {@link #inventedNames()}, with the host's own answer: {@code
   * inventedNames(HallucinatedToolNameStrategy.THROW_EXCEPTION)} records and otherwise leaves
   * everything as it was. A call that a rule refuses does not reach the strategy.
   */
  public Function<ToolExecutionRequest, ToolExecutionResultMessage> inventedNames(
      Function<ToolExecutionRequest, ToolExecutionResultMessage> strategy) {
    return new InventedNames(runs, strategy);
  }

  /**
   * The model for {@code AiServices.chatModel}, if tools that a rule withdraws from a session
   * ({@code contract}) are to disappear from the session's next request. It is the same in
   * everything else, and asks the given model with the very same request where nothing was
   * withdrawn. Needs {@link #listeners()}, which tell whose request it is.
   *
   * <p>Without it, and where a request cannot be told, the model is still offered what was
   * withdrawn; calls of it are refused by GOV-007. When nothing is left, no tool is required
   * either; where the model's own default parameters require one, the choice becomes {@code NONE},
   * which some providers do not take without tools.
   */
  public ChatModel model(ChatModel model) {
    runs.hearModels();
    return new GovernedModel(model);
  }

  /** As {@link #model(ChatModel)}, for {@code AiServices.streamingChatModel}. */
  public StreamingChatModel model(StreamingChatModel model) {
    runs.hearModels();
    return new GovernedStreamingModel(model);
  }

  /**
   * Zero-change mode: listeners for {@code AiServices.registerListeners}, or for wherever a
   * framework takes them, that record the calls of tools nobody governs. They hear of a call when
   * it has run. So nothing is ever kept back or rewritten, nobody is asked, and what an enforced
   * rule would have refused is recorded as refused with a result that bears ENFORCEMENT_BYPASSED.
   * They are not told whether a tool failed or was made up by the model; its error text counts as
   * its result, and annotations of MCP servers are not seen. An AI service called from within a
   * tool is a session of its own.
   *
   * <p>A call of a tool that is governed under the same governor as well is recorded once. {@link
   * GovernedToolsBuilder#observing()} has the same with sessions and intents as the host wants.
   */
  public static List<AiServiceListener<?>> observing(Governor governor) {
    return with(governor).observing();
  }

  /**
   * An executor for work that a tool hands on: AI services and tools that are called there belong
   * to the session of the tool, as they do on the tool's own thread. Outside of tools it changes
   * nothing. Calls that LangChain4j itself makes on other threads need no such help.
   */
  public static Executor handingOn(Executor executor) {
    return work -> executor.execute(Run.handedOn(work));
  }

  private AiServiceTool governed(AiServiceTool tool) {
    return governed(tool, ToolHints.of(tool.toolSpecification(), tool.toolExecutor()));
  }

  /** A tool on its way to a running service: an annotation that is wrong is told, and not read. */
  AiServiceTool provided(AiServiceTool tool) {
    try {
      return governed(tool);
    } catch (IllegalArgumentException | IllegalStateException unreadable) {
      String why = String.valueOf(unreadable.getMessage());
      if (told.add(why)) {
        LOG.warn("what a provided tool says of itself does not count: {}", why);
      }
      return governed(tool, ToolHints.said(tool.toolSpecification()));
    }
  }

  private AiServiceTool governed(AiServiceTool tool, ToolHints hints) {
    return tool.toBuilder().toolExecutor(governed(tool.toolExecutor(), hints)).build();
  }

  /** A tool that comes by twice, also from others of the same governor, is governed once. */
  private ToolExecutor governed(ToolExecutor executor, ToolHints hints) {
    GovernedExecutor ours = GovernedExecutor.in(executor);
    if (ours == null || ours.runs().governor() != runs.governor()) {
      return checked(new GovernedExecutor(executor, runs, hints, around));
    }
    GovernedExecutor governed =
        ours.runs() == runs ? ours.with(hints) : ours.within(runs, hints, around);
    return executor instanceof StrictExecutor strict ? strict.with(governed) : checked(governed);
  }

  private ToolExecutor checked(GovernedExecutor governed) {
    return checks.required() ? new StrictExecutor(governed, checks) : governed;
  }
}
