package io.governor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which tools a model can reach, whether a governor stands before each, and which rules could touch
 * it: what an adapter found when it looked at a host. A tool counts as governed only where that was
 * seen; what could not be looked into is {@link Status#UNKNOWN} and as bad as ungoverned. Holds
 * names and rules and nothing of any call. Immutable; safe to share between threads.
 *
 * <p>It says what was so when it was taken. A tool that is added later is not in it.
 *
 * @param tools what was found, in the order in which it was found
 */
public record Coverage(List<Tool> tools) {

  /** Whether a governor stands between the model and a tool. */
  public enum Status {
    /** Every call passes a governor. */
    GOVERNED,
    /** Calls reach the tool without one. */
    UNGOVERNED,
    /** It cannot be told: what decides it is beyond what can be looked at. */
    UNKNOWN
  }

  /**
   * One tool, or all that one source of tools may still bring.
   *
   * @param service what it can be reached from, such as the name of an AI service
   * @param name the name the model uses, or a description of the source
   * @param status whether calls pass a governor
   * @param origin how it came there, for people
   * @param rules the rules that could touch its calls or results, as {@link Governor#rulesFor} has
   *     them; none where it is not governed
   */
  public record Tool(
      String service, String name, Status status, String origin, List<RuleHit> rules) {

    public Tool {
      Objects.requireNonNull(service, "service");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(origin, "origin");
      rules = List.copyOf(rules);
    }

    public boolean isGoverned() {
      return status == Status.GOVERNED;
    }

    /** One line for people. */
    @Override
    public String toString() {
      return String.format(
          "%-10s  %s of %s (%s)%s",
          status.name().toLowerCase(Locale.ROOT),
          name,
          service,
          origin,
          isGoverned() ? told() : "");
    }

    private String told() {
      if (rules.isEmpty()) {
        return ": no rule could touch it";
      }
      List<String> told = new ArrayList<>();
      for (RuleHit rule : rules) {
        told.add(rule.id() + " " + word(rule.effect()) + " " + word(rule.mode()));
      }
      return ": " + String.join(", ", told);
    }

    private static String word(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT);
    }
  }

  public Coverage {
    tools = List.copyOf(tools);
  }

  /** Whether no tool was found that is not governed; so it is where there are no tools at all. */
  public boolean governsEveryTool() {
    return gaps().isEmpty();
  }

  /** The tools that are not known to be governed. */
  public List<Tool> gaps() {
    return tools.stream().filter(tool -> !tool.isGoverned()).toList();
  }

  /** What both found, this one's first. */
  public Coverage and(Coverage other) {
    List<Tool> both = new ArrayList<>(tools);
    both.addAll(other.tools);
    return new Coverage(both);
  }

  /** A line on the whole, and one for each tool. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int governed = tools.size() - gaps().size();
    text.append(governed).append(" of ").append(tools.size()).append(" governed");
    for (Tool tool : tools) {
      text.append("\n  ").append(tool);
    }
    return text.toString();
  }
}
