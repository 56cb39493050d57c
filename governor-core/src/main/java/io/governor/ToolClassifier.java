package io.governor;

import io.governor.event.OperationClassification;
import io.governor.pattern.Glob;
import io.governor.shell.ShellClassifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a call does (execution record, section 5): configuration first, then the table of
 * known coding-agent tools on the hook surface, then the tool's name, which a server's annotations
 * can raise. Safe for use by several threads.
 */
final class ToolClassifier {

  /** Models invent tool names; what they invent must not fill the memory. */
  private static final int CACHE_LIMIT = 4096;

  private static final int MOST_SEGMENTS = 100;

  private final List<Map.Entry<Glob, ToolTraits>> configured;
  private final ShellClassifier shell = new ShellClassifier();
  private final Map<String, Named> cache = new ConcurrentHashMap<>();

  /** What depends on the tool's name alone. */
  private record Named(
      ToolName name,
      @Nullable ToolName known,
      boolean runsShell,
      boolean nameIsPersistent,
      ToolTraits traits) {}

  ToolClassifier(List<Map.Entry<Glob, ToolTraits>> configured) {
    this.configured = List.copyOf(configured);
  }

  ClassifiedCall classify(ToolCall call, Origin origin) {
    Named named = named(call.name());
    ToolName found = origin == Origin.HOOK || named.runsShell ? named.known : null;
    Operation operation = operation(call, named, found);
    OperationClassification effects = null;
    String target = found == null ? named.name.target() : found.target();
    if (named.runsShell) {
      effects = bounded(shell.classify(command(call.arguments())));
      target = ShellClassifier.targetSystem(effects);
    }
    if (named.traits.target() != null) {
      target = named.traits.target();
    }
    return new ClassifiedCall(
        call, operation, target, effects, memoryWrite(named, operation, target), named.traits);
  }

  /**
   * A command of a million pieces must still fit a trace line; what is cut off counts as not
   * understood.
   */
  private static OperationClassification bounded(OperationClassification whole) {
    if (whole.segments().size() <= MOST_SEGMENTS) {
      return whole;
    }
    return new OperationClassification(
        whole.classifier(),
        whole.classifierVersion(),
        false,
        Boolean.TRUE.equals(whole.destructive()) ? Boolean.TRUE : null,
        whole.segments().subList(0, MOST_SEGMENTS));
  }

  private static Operation operation(ToolCall call, Named named, @Nullable ToolName found) {
    if (named.traits.operation() != null) {
      return named.traits.operation();
    }
    return found != null
        ? found.operation()
        : annotated(named.name.operation(), call.annotations());
  }

  private static Operation annotated(Operation byName, ToolAnnotations annotations) {
    boolean readOnly = Boolean.TRUE.equals(annotations.readOnly());
    if (byName != Operation.READ) {
      return readOnly && annotations.trusted() ? Operation.READ : byName;
    }
    if (Boolean.TRUE.equals(annotations.destructive()) && !readOnly) {
      return Operation.DELETE;
    }
    return Boolean.FALSE.equals(annotations.readOnly()) ? Operation.WRITE : Operation.READ;
  }

  private static @Nullable Object command(ToolArguments arguments) {
    Map<String, Object> members = arguments.asMap();
    Object command = members.get("command");
    return command != null ? command : members.get("cmd");
  }

  private static @Nullable String memoryWrite(Named named, Operation operation, String target) {
    if (operation != Operation.WRITE && operation != Operation.DELETE) {
      return null;
    }
    if (named.traits.persistent() != null) {
      return named.traits.persistent() ? "config_registry" : null;
    }
    return named.nameIsPersistent || ToolName.namesPersistence(target) ? "tool_metadata" : null;
  }

  private Named named(String tool) {
    Named known = cache.get(tool);
    if (known == null) {
      known =
          new Named(
              ToolName.parse(tool),
              CodingAgentTools.find(tool),
              CodingAgentTools.isShell(tool),
              ToolName.namesPersistence(tool),
              traits(tool));
      if (cache.size() < CACHE_LIMIT) {
        cache.put(tool, known);
      }
    }
    return known;
  }

  private ToolTraits traits(String tool) {
    ToolTraits traits = ToolTraits.NONE;
    for (Map.Entry<Glob, ToolTraits> entry : configured) {
      if (entry.getKey().matches(tool)) {
        traits = traits.orElse(entry.getValue());
      }
    }
    return traits;
  }
}
