package io.governor.policy;

import io.governor.Operation;
import io.governor.Origin;
import io.governor.policy.Condition.Part;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The conditions of rules, for policies written in Java: {@code not(arg("/to").matches("@acme"))}
 * says what {@code {not: {arg: /to, matches: '@acme'}}} says in a file. Stateless.
 *
 * <p>What cannot be right is refused with {@link IllegalArgumentException} here or, with everything
 * else, by {@link PolicyBuilder#build()}.
 */
public final class Conditions {

  private Conditions() {}

  /** Holds when every one holds. */
  public static Condition all(Condition... conditions) {
    return new Condition.All(List.of(conditions));
  }

  /** Holds when one of them holds. */
  public static Condition any(Condition... conditions) {
    return new Condition.Any(List.of(conditions));
  }

  /** Holds when the condition does not. */
  public static Condition not(Condition condition) {
    return new Condition.Not(condition);
  }

  /**
   * Compares an argument; what it is compared with comes next.
   *
   * @param pointer a JSON pointer, in which {@code *} stands for every item of an array
   */
  public static ArgumentConditions arg(String pointer) {
    return new ArgumentConditions(ArgumentPointer.of(pointer), false);
  }

  /** Detectors or families that find something in the arguments. */
  public static Condition detectInArguments(String... detectors) {
    return new Condition.Detect(List.of(detectors), EnumSet.of(Part.ARGUMENTS));
  }

  /** Detectors or families that find something in the result. */
  public static Condition detectInResult(String... detectors) {
    return new Condition.Detect(List.of(detectors), EnumSet.of(Part.RESULT));
  }

  /** Detectors or families that find something in the arguments or in the result. */
  public static Condition detect(String... detectors) {
    return new Condition.Detect(List.of(detectors), EnumSet.allOf(Part.class));
  }

  /** The call's command loses data or work in a way that is hard to undo. */
  public static Condition destructiveCommand() {
    return new Condition.Command(true, List.of(), List.of(), null);
  }

  /** The call's command runs one of these programs, or programs with leading words and options. */
  public static Condition commandRuns(String... programs) {
    return new Condition.Command(null, List.of(programs), List.of(), null);
  }

  /** The call's command names one of these folders or files, or something below it. */
  public static Condition commandTouches(String... paths) {
    return new Condition.Command(null, List.of(), List.of(paths), null);
  }

  /** The call's command could not be read to its end. */
  public static Condition incompleteCommand() {
    return new Condition.Command(null, List.of(), List.of(), false);
  }

  /** Between two times of the zone's clocks, every day. */
  public static Condition during(ZoneId zone, LocalTime from, LocalTime to) {
    return during(zone, EnumSet.allOf(DayOfWeek.class), from, to);
  }

  /** Between two times of the zone's clocks on these days; equal times are the whole day. */
  public static Condition during(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    return new Condition.Time(zone, days, from, to);
  }

  /** The call does one of these things. */
  public static Condition operation(Operation first, Operation... others) {
    return new Condition.OperationIs(EnumSet.of(first, others));
  }

  /** The call came through one of these adapters. */
  public static Condition origin(Origin first, Origin... others) {
    return new Condition.OriginIs(EnumSet.of(first, others));
  }

  /** The tool belongs to one of these MCP servers, named or by a glob. */
  public static Condition server(String... servers) {
    return new Condition.ServerIs(List.of(servers));
  }

  /**
   * The call is one of these requests of the Model Context Protocol, named or by a glob: {@code
   * tools/call}, {@code resources/read} and the others that rules look at.
   *
   * @throws IllegalArgumentException if one stands for none of them
   */
  public static Condition method(String... methods) {
    for (String method : methods) {
      if (McpMethods.named(List.of(method)).isEmpty()) {
        throw new IllegalArgumentException("method: expected " + Words.list(McpMethods.ALL));
      }
    }
    return new Condition.MethodIs(List.of(methods));
  }

  /** The data is of one of these classes. */
  public static Condition classification(String... classifications) {
    return new Condition.ClassifiedAs(List.of(classifications));
  }
}
