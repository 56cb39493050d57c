package io.governor.langchain4j;

import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.service.tool.search.ToolSearchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that needs parts of LangChain4j which it does not publish, and nothing else does. What
 * is not where the known versions have it ends in an {@link IllegalStateException} that names the
 * version found and the versions known: a guess would be taken for proof. Stateless.
 */
final class LangChain4jInternals {

  private static final String KNOWN = "1.15.1, 1.18.1 and 1.19.0";
  private static final String MCP_PROVIDER = "dev.langchain4j.mcp.McpToolProvider";
  private static final String AGENT = "dev.langchain4j.agentic.planner.AgentInstance";

  private LangChain4jInternals() {}

  /**
   * The context of an AI service, of its builder, or of an agent.
   *
   * @return null for an object that has none and is not of LangChain4j's making
   */
  static @Nullable AiServiceContext context(Object service) {
    if (service instanceof AiServices<?> builder) {
      return (AiServiceContext) read(AiServices.class, AiServiceContext.class, builder);
    }
    if (!Proxy.isProxyClass(service.getClass())) {
      return null;
    }
    InvocationHandler handler = Proxy.getInvocationHandler(service);
    Field context = field(handler.getClass(), AiServiceContext.class);
    if (context != null) {
      return (AiServiceContext) read(context, handler);
    }
    Field builder = field(handler.getClass(), AiServices.class);
    if (builder != null) {
      return context(read(builder, handler));
    }
    if (handler.getClass().getName().startsWith("dev.langchain4j.service.")) {
      throw drift("context of an AI service");
    }
    return null;
  }

  /** The agents that an agent of several delegates to, or null for what is no agent. */
  static @Nullable List<Object> subagents(Object agent) {
    Class<?> type = implemented(agent.getClass(), AGENT);
    if (type == null) {
      return null;
    }
    List<Object> agents = new ArrayList<>();
    for (Object member : (List<?>) call(type, "subagents", agent)) {
      agents.add(member.getClass().isRecord() ? call(member.getClass(), "agent", member) : member);
    }
    return agents;
  }

  /** What adds tools for searching tools, or null where nothing does. */
  static @Nullable ToolSearchStrategy searchStrategy(ToolService tools) {
    Object search = readNullable(required(ToolService.class, "toolSearchService"), tools);
    return search == null
        ? null
        : (ToolSearchStrategy) read(required(search.getClass(), "strategy"), search);
  }

  /** What an MCP tool provider puts around each executor; null for any other provider. */
  @SuppressWarnings("unchecked") // so it is declared where it is read from
  static @Nullable Function<ToolExecutor, ToolExecutor> mcpWrapper(ToolProvider provider) {
    Class<?> type = provider.getClass();
    while (type != null && !type.getName().equals(MCP_PROVIDER)) {
      type = type.getSuperclass();
    }
    return type == null
        ? null
        : (Function<ToolExecutor, ToolExecutor>) read(required(type, "toolWrapper"), provider);
  }

  /** The object whose method the executor calls. */
  static Object object(DefaultToolExecutor executor) {
    return read(required(DefaultToolExecutor.class, "object"), executor);
  }

  /** The {@code @Tool} method that the executor calls. */
  static Method method(DefaultToolExecutor executor) {
    return (Method) read(required(DefaultToolExecutor.class, "originalMethod"), executor);
  }

  private static Object read(Class<?> owner, Class<?> type, Object object) {
    Field field = field(owner, type);
    if (field == null) {
      throw drift(type.getSimpleName() + " in " + owner.getSimpleName());
    }
    return read(field, object);
  }

  private static Object read(Field field, Object object) {
    Object value = readNullable(field, object);
    if (value == null) {
      throw drift(field.getName() + " of " + field.getDeclaringClass().getSimpleName());
    }
    return value;
  }

  private static @Nullable Object readNullable(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException | RuntimeException e) {
      throw drift(field.getName() + " of " + field.getDeclaringClass().getSimpleName(), e);
    }
  }

  private static Field required(Class<?> owner, String name) {
    try {
      return owner.getDeclaredField(name);
    } catch (NoSuchFieldException e) {
      throw drift(name + " of " + owner.getSimpleName(), e);
    }
  }

  /** The one field of a type, the inherited ones included. */
  private static @Nullable Field field(Class<?> owner, Class<?> type) {
    for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (type.isAssignableFrom(field.getType())) {
          return field;
        }
      }
    }
    return null;
  }

  private static @Nullable Class<?> implemented(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> each : c.getInterfaces()) {
        Class<?> found = each.getName().equals(name) ? each : implemented(each, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Object call(Class<?> type, String method, Object object) {
    try {
      Object value = type.getMethod(method).invoke(object);
      if (value != null) {
        return value;
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable cause = e instanceof InvocationTargetException thrown ? thrown.getCause() : e;
      throw drift(method + " of " + type.getSimpleName(), cause);
    }
    throw drift(method + " of " + type.getSimpleName());
  }

  private static IllegalStateException drift(String missing) {
    return drift(missing, null);
  }

  private static IllegalStateException drift(String missing, @Nullable Throwable cause) {
    return new IllegalStateException(
        "LangChain4j "
            + version()
            + " cannot be looked into: no "
            + missing
            + " was found where the known versions, "
            + KNOWN
            + ", have it",
        cause);
  }

  private static String version() {
    String file = "/META-INF/maven/dev.langchain4j/langchain4j/pom.properties";
    try (InputStream in = AiServices.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "of an unknown version");
    } catch (IOException e) {
      return "of an unknown version";
    }
  }
}
