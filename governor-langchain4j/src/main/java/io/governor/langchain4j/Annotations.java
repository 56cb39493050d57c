package io.governor.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what methods say with {@link Governed}. Stateless. */
final class Annotations {

  private Annotations() {}

  /**
   * What is said about the method that the executor calls.
   *
   * @throws IllegalArgumentException if a value is not accepted
   */
  static ToolHints of(DefaultToolExecutor executor) {
    Method tool = LangChain4jInternals.method(executor);
    Method found = nearest(LangChain4jInternals.object(executor).getClass(), tool);
    if (found == null) {
      // What is called may be a proxy that knows nothing of the class behind it.
      found = nearest(tool.getDeclaringClass(), tool);
    }
    return found == null ? ToolHints.NONE : new GovernedValues(found).hints();
  }

  /**
   * Refuses annotations that nobody would read.
   *
   * @throws IllegalArgumentException if one stands on a method that is no tool
   */
  static void check(Object object) {
    Set<Class<?>> types = types(object.getClass());
    for (Class<?> type : types) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Governed.class) && !isTool(method, types)) {
          throw new IllegalArgumentException(
              GovernedValues.place(method) + ": expected a method with @Tool, which this is not");
        }
      }
    }
  }

  /** Whether it is a tool here or where it is inherited from. */
  private static boolean isTool(Method method, Set<Class<?>> types) {
    return types.stream()
        .map(type -> declared(type, method))
        .anyMatch(same -> same != null && same.isAnnotationPresent(Tool.class));
  }

  private static @Nullable Method nearest(Class<?> from, Method tool) {
    for (Class<?> type : types(from)) {
      Method method = declared(type, tool);
      if (method != null && method.isAnnotationPresent(Governed.class)) {
        return method;
      }
    }
    return null;
  }

  /** The method itself, or one that it may override or be overridden by. */
  private static @Nullable Method declared(Class<?> type, Method tool) {
    try {
      Method method = type.getDeclaredMethod(tool.getName(), tool.getParameterTypes());
      int apart = Modifier.PRIVATE | Modifier.STATIC;
      return method.equals(tool) || (method.getModifiers() & apart) == 0 ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** The class and those it extends, then the interfaces of all of them, nearest first. */
  private static Set<Class<?>> types(Class<?> from) {
    Set<Class<?>> types = new LinkedHashSet<>();
    for (Class<?> type = from; type != null; type = type.getSuperclass()) {
      types.add(type);
    }
    for (Class<?> type : List.copyOf(types)) {
      addInterfaces(type, types);
    }
    return types;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
    for (Class<?> each : type.getInterfaces()) {
      if (types.add(each)) {
        addInterfaces(each, types);
      }
    }
  }
}
