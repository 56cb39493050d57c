package io.governor.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a command can satisfy several conditions, and not satisfy others. Stateless. */
final class CommandDomain {

  private static final boolean[] BOTH = {true, false};

  private CommandDomain() {}

  static boolean isEmpty(List<Literal> together) {
    List<Condition.Command> wanted = new ArrayList<>();
    List<Condition.Command> unwanted = new ArrayList<>();
    for (Literal literal : together) {
      if (literal.atom() instanceof Condition.Command command) {
        (literal.wanted() ? wanted : unwanted).add(command);
      }
    }
    // Without a command, what is negated holds.
    return !wanted.isEmpty() && !mayBeAny(wanted, unwanted);
  }

  private static boolean mayBeAny(
      List<Condition.Command> wanted, List<Condition.Command> unwanted) {
    for (boolean destructive : BOTH) {
      for (boolean complete : BOTH) {
        if (mayBe(destructive, complete, wanted, unwanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayBe(
      boolean destructive,
      boolean complete,
      List<Condition.Command> wanted,
      List<Condition.Command> unwanted) {
    for (Condition.Command each : wanted) {
      if (!agrees(each, destructive, complete)) {
        return false;
      }
    }
    for (Condition.Command each : unwanted) {
      if (agrees(each, destructive, complete) && isAsked(each, wanted)) {
        return false;
      }
    }
    return true;
  }

  private static boolean agrees(Condition.Command command, boolean destructive, boolean complete) {
    return isOrAny(command.destructive(), destructive) && isOrAny(command.complete(), complete);
  }

  private static boolean isOrAny(@Nullable Boolean expected, boolean actual) {
    return expected == null || expected == actual;
  }

  /** Whether what the command must run and touch anyway is enough for this one. */
  private static boolean isAsked(Condition.Command command, List<Condition.Command> wanted) {
    return (command.runs().isEmpty()
            || wanted.stream().anyMatch(each -> isPart(each.runs(), command.runs())))
        && (command.touches().isEmpty()
            || wanted.stream().anyMatch(each -> isPart(each.touches(), command.touches())));
  }

  private static boolean isPart(List<String> part, List<String> of) {
    return !part.isEmpty() && of.containsAll(part);
  }
}
