package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionErrorHandler;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolService;
import io.governor.Coverage;
import io.governor.Governor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * <p>Govern a call in one place: a tool that reaches an MCP server through a governed proxy as well
 * is judged and recorded twice.
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
  private final Classifiers classifiers;
  private final Checks checks;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  GovernedTools(Runs runs, Classifiers classifiers, Checks checks) {
    this.runs = runs;
    this.classifiers = classifiers;
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

  /** A tool that comes by twice, wrapped and through a provider, is still governed once. */
  private ToolExecutor governed(ToolExecutor executor, ToolHints hints) {
    GovernedExecutor ours = GovernedExecutor.in(executor);
    GovernedExecutor governed =
        ours != null && ours.runs() == runs
            ? ours.with(hints)
            : new GovernedExecutor(executor, runs, hints, classifiers);
    return checks.required() ? new StrictExecutor(governed, checks) : governed;
  }
}
