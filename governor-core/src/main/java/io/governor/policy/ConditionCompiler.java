package io.governor.policy;

import io.governor.CallFacts;
import io.governor.Rule.Stage;
import io.governor.detect.Detections;
import io.governor.detect.Detectors;
import io.governor.pattern.Glob;
import io.governor.policy.Condition.Part;
import io.governor.shell.CommandPattern;
import io.governor.shell.ShellCommand;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns conditions into the form that is evaluated, for one stage. Used by one thread. */
final class ConditionCompiler {

  private final Stage stage;
  private final Detectors detectors;

  ConditionCompiler(Stage stage, Detectors detectors) {
    this.stage = stage;
    this.detectors = detectors;
  }

  /**
   * Compiles a condition.
   *
   * @throws IllegalArgumentException if a pattern, glob or command in it is malformed
   */
  Check compile(Condition condition) {
    return compile(condition, true);
  }

  /**
   * @param inDoubt what a comparison says of a value that readers may take differently. Rules only
   *     ever restrict, so in doubt a condition holds, and what is negated does not
   */
  private Check compile(Condition condition, boolean inDoubt) {
    if (condition instanceof Condition.All all) {
      return all(compile(all.conditions(), inDoubt));
    }
    if (condition instanceof Condition.Any any) {
      return any(compile(any.conditions(), inDoubt));
    }
    if (condition instanceof Condition.Not not) {
      Check check = compile(not.condition(), !inDoubt);
      return (facts, budget) -> !check.holds(facts, budget);
    }
    if (condition instanceof Condition.Argument argument) {
      return argument(argument.pointer(), argument.comparison(), inDoubt);
    }
    if (condition instanceof Condition.Detect detect) {
      return detect(detect);
    }
    if (condition instanceof Condition.Command command) {
      return command(command, inDoubt);
    }
    return ofCall(condition);
  }

  private Check[] compile(List<Condition> conditions, boolean inDoubt) {
    return conditions.stream().map(each -> compile(each, inDoubt)).toArray(Check[]::new);
  }

  private static Check all(Check[] checks) {
    return (facts, budget) -> {
      for (Check check : checks) {
        if (!check.holds(facts, budget)) {
          return false;
        }
      }
      return true;
    };
  }

  private static Check any(Check[] checks) {
    return (facts, budget) -> {
      for (Check check : checks) {
        if (check.holds(facts, budget)) {
          return true;
        }
      }
      return false;
    };
  }

  private static Check argument(ArgumentPointer pointer, Comparison comparison, boolean inDoubt) {
    if (comparison instanceof Comparison.Not not) {
      Check check = argument(pointer, not.comparison(), !inDoubt);
      return (facts, budget) -> !check.holds(facts, budget);
    }
    Check.OfValue check = ValueChecks.of(comparison, inDoubt);
    if (pointer.isMany()) {
      return (facts, budget) ->
          pointer.anyMatch(arguments(facts), value -> check.holds(value, facts, budget));
    }
    return (facts, budget) -> check.holds(pointer.find(arguments(facts)), facts, budget);
  }

  private static Object arguments(CallFacts facts) {
    if (facts.call().arguments().problem() != null) {
      throw EvaluationFailure.unreadable();
    }
    return facts.call().arguments().asMap();
  }

  private Check detect(Condition.Detect detect) {
    Set<String> names = detectors.select(detect.detectors());
    boolean inResult = stage == Stage.RESULT && detect.in().contains(Part.RESULT);
    if (inResult) {
      return (facts, budget) -> found(facts.resultDetections(), names);
    }
    boolean inArguments = detect.in().contains(Part.ARGUMENTS);
    return (facts, budget) -> inArguments && found(facts.detections(), names);
  }

  private static boolean found(Detections detections, Set<String> names) {
    if (detections.any(names)) {
      return true;
    }
    if (!detections.complete()) {
      throw EvaluationFailure.tooLarge();
    }
    return false;
  }

  private static Check command(Condition.Command command, boolean inDoubt) {
    List<CommandPattern> runs = command.runs().stream().map(CommandPattern::of).toList();
    FolderSet touches = command.touches().isEmpty() ? null : new FolderSet(command.touches());
    return (facts, budget) -> {
      arguments(facts);
      ShellCommand read = facts.command();
      if (read == null) {
        return false;
      }
      boolean unread = inDoubt && read.cutOff();
      return isOrAny(command.complete(), read.complete())
          && (unread || isOrAny(command.destructive(), read.destructive()))
          && (unread || runs.isEmpty() || runs(runs, read, inDoubt))
          && (unread || touches == null || touches(touches, read, facts, inDoubt));
    };
  }

  private static boolean isOrAny(@Nullable Boolean expected, boolean actual) {
    return expected == null || expected == actual;
  }

  private static boolean runs(List<CommandPattern> patterns, ShellCommand read, boolean inDoubt) {
    for (CommandPattern pattern : patterns) {
      if (inDoubt ? read.mayRun(pattern) : read.runs(pattern)) {
        return true;
      }
    }
    return false;
  }

  private static boolean touches(
      FolderSet folders, ShellCommand command, CallFacts facts, boolean inDoubt) {
    return folders.touched(command.named(), facts, true, inDoubt)
        || (inDoubt && folders.touched(command.hinted(), facts, false, true));
  }

  private static Check ofCall(Condition condition) {
    if (condition instanceof Condition.Time time) {
      return (facts, budget) -> isIn(time, facts.time().atZone(time.zone()));
    }
    if (condition instanceof Condition.OperationIs operation) {
      return (facts, budget) -> operation.operations().contains(facts.operation());
    }
    if (condition instanceof Condition.OriginIs origin) {
      return (facts, budget) -> origin.origins().contains(facts.origin());
    }
    if (condition instanceof Condition.ServerIs server) {
      List<Glob> globs = server.servers().stream().map(Glob::of).toList();
      return (facts, budget) -> isOn(globs, facts.call().name());
    }
    if (condition instanceof Condition.MethodIs method) {
      Set<String> methods = McpMethods.named(method.methods());
      return (facts, budget) -> methods.contains(McpMethods.of(facts.call().name()));
    }
    Condition.ClassifiedAs classified = (Condition.ClassifiedAs) condition;
    return (facts, budget) ->
        facts.classifications().stream().anyMatch(classified.classifications()::contains);
  }

  private static boolean isOn(List<Glob> servers, String tool) {
    String server = McpMethods.server(tool);
    return server != null && servers.stream().anyMatch(glob -> glob.matches(server));
  }

  static boolean isIn(Condition.Time window, ZonedDateTime moment) {
    LocalTime time = moment.toLocalTime();
    LocalDate day = moment.toLocalDate();
    boolean started = !time.isBefore(window.from());
    if (window.from().isBefore(window.to())) {
      return started && time.isBefore(window.to()) && isOn(window, day);
    }
    // Over midnight: the hours before the end belong to the day before.
    return started
        ? isOn(window, day)
        : time.isBefore(window.to()) && isOn(window, day.minusDays(1));
  }

  private static boolean isOn(Condition.Time window, LocalDate day) {
    DayOfWeek weekday = day.getDayOfWeek();
    return window.days().contains(weekday);
  }
}
