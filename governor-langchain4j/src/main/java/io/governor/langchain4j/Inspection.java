package io.governor.langchain4j;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.search.ToolSearchStrategy;
import io.governor.Coverage;
import io.governor.Coverage.Status;
import io.governor.RuleHit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at AI services and the ways from them to tools. Nothing is taken for governed because of
 * its name or its kind: an executor must be ours, and a provider must be one that makes its
 * executors ours. Used by one thread.
 */
final class Inspection {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  /** Stands in for a tool, to see what a wrapper makes of one. */
  private static final ToolExecutor PROBE = (request, memoryId) -> "";

  private final boolean asking;
  private final List<Coverage.Tool> found = new ArrayList<>();
  private final Set<Class<?>> services = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Inspection(boolean asking) {
    this.asking = asking;
  }

  /**
   * Looks at services and asks providers what they provide now.
   *
   * @throws IllegalArgumentException if there is none, or one of the objects is none
   */
  static Inspection asking(Object... services) {
    return new Inspection(true).of(services);
  }

  /** As {@link #asking}, but calls nothing that is not ours. */
  static Inspection silent(Object... services) {
    return new Inspection(false).of(services);
  }

  private Inspection of(Object @Nullable ... all) {
    if (all == null || all.length == 0) {
      throw new IllegalArgumentException("coverage: expected at least one AI service, got none");
    }
    for (Object service : all) {
      if (service == null) {
        throw new IllegalArgumentException("coverage: expected an AI service, got null");
      }
      if (!look(service)) {
        throw new IllegalArgumentException(
            "coverage: expected an AI service as AiServices or AgenticServices builds it, or its"
                + " builder; a "
                + kind(service)
                + " cannot be looked into. Where something stands around the service, give what is"
                + " within");
      }
    }
    return this;
  }

  Coverage coverage() {
    return new Coverage(found);
  }

  /** The interfaces of the services that were looked at. */
  Set<Class<?>> services() {
    return services;
  }

  private boolean look(Object service) {
    AiServiceContext context = LangChain4jInternals.context(service);
    if (context != null) {
      services.add(context.aiServiceClass);
      tools(context);
      return true;
    }
    List<Object> agents = LangChain4jInternals.subagents(service);
    if (agents != null) {
      agents.forEach(this::agent);
    }
    return agents != null;
  }

  /** An agent that others delegate to; plain objects have no model and so reach no tool. */
  private void agent(Object agent) {
    boolean isNew = seen.add(agent);
    if (isNew && java.lang.reflect.Proxy.isProxyClass(agent.getClass()) && !look(agent)) {
      add(kind(agent), "what it reaches", Status.UNKNOWN, "an agent of another kind", List.of());
    }
  }

  private void tools(AiServiceContext context) {
    String service = context.aiServiceClass.getName();
    context
        .toolService
        .toolExecutors()
        .forEach((name, executor) -> tool(service, name, executor, ""));
    for (ToolProvider provider : context.toolService.toolProviders()) {
      provider(service, provider);
    }
    ToolSearchStrategy search = LangChain4jInternals.searchStrategy(context.toolService);
    if (search != null) {
      search(service, search);
    }
  }

  private void tool(String service, String name, ToolExecutor executor, String from) {
    GovernedExecutor ours = GovernedExecutor.in(executor);
    if (ours == null) {
      add(service, name, Status.UNGOVERNED, from + kind(executor), List.of());
    } else {
      add(service, name, Status.GOVERNED, from + "governed", ours.runs().rulesFor(name));
    }
  }

  /** A provider may bring other tools tomorrow: that it governs is what counts. */
  private void provider(String service, ToolProvider provider) {
    GovernedExecutor made = made(provider);
    String kind = kind(GovernedToolProvider.within(provider));
    if (asking) {
      for (AiServiceTool tool : ask(service, provider)) {
        tool(service, tool.name(), tool.toolExecutor(), "by " + kind + ", ");
      }
    }
    String all = "whatever " + kind + " provides";
    if (made == null) {
      add(service, all, Status.UNKNOWN, "a provider that is not governed", List.of());
    } else {
      add(service, all, Status.GOVERNED, "a governed provider", made.runs().rules());
    }
  }

  /** What the provider makes of executors, if it is known to make all of them ours. */
  private static @Nullable GovernedExecutor made(ToolProvider provider) {
    if (provider instanceof GovernedToolProvider governed) {
      return GovernedExecutor.in(governed.executor(PROBE));
    }
    Function<ToolExecutor, ToolExecutor> wrapper = LangChain4jInternals.mcpWrapper(provider);
    return wrapper == null ? null : GovernedExecutor.in(wrapper.apply(PROBE));
  }

  private static List<AiServiceTool> ask(String service, ToolProvider provider) {
    try {
      ToolProviderResult provided = provider.provideTools(request(service));
      return provided == null ? List.of() : provided.aiServiceTools();
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      LOG.debug("a tool provider could not be asked: {}", failure.getClass().getName());
      return List.of();
    }
  }

  private static ToolProviderRequest request(String service) {
    UserMessage message = UserMessage.from("Which tools are there?");
    return ToolProviderRequest.builder()
        .invocationContext(invocation(service))
        .userMessage(message)
        .messages(List.of(message))
        .build();
  }

  private static InvocationContext invocation(String service) {
    return InvocationContext.builder()
        .invocationId(UUID.randomUUID())
        .interfaceName(service)
        .methodName("coverage")
        .methodArguments(List.of())
        .chatMemoryId("default")
        .invocationParameters(new InvocationParameters())
        .timestamp(Instant.now())
        .build();
  }

  /** LangChain4j makes the executors of these itself, for each request anew. */
  private void search(String service, ToolSearchStrategy strategy) {
    add(
        service,
        "the search for tools",
        Status.UNGOVERNED,
        kind(strategy) + ", which no rule looks at",
        List.of());
  }

  private void add(String service, String name, Status status, String origin, List<RuleHit> rules) {
    found.add(new Coverage.Tool(service, name, status, origin, rules));
  }

  private static String kind(Object object) {
    Class<?> type = object.getClass();
    if (java.lang.reflect.Proxy.isProxyClass(type)) {
      return "proxy by "
          + java.lang.reflect.Proxy.getInvocationHandler(object).getClass().getName();
    }
    return type.getName();
  }
}
