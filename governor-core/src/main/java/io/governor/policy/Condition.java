package io.governor.policy;

import io.governor.Operation;
import io.governor.Origin;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of a call, or of its result, for a rule to match. Immutable values. */
public sealed interface Condition {

  /** Holds when every one holds; of at least one. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = atLeastOne("all", conditions);
    }
  }

  /** Holds when one of them holds; of at least one. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = atLeastOne("any", conditions);
    }
  }

  /** Holds when the condition does not. */
  record Not(Condition condition) implements Condition {}

  /**
   * Compares an argument. Where the pointer steps over the items of arrays, one that satisfies the
   * comparison is enough. An absent argument satisfies no comparison but {@code present: false}.
   */
  record Argument(ArgumentPointer pointer, Comparison comparison) implements Condition {}

  /**
   * Holds when one of the detectors finds something.
   *
   * @param detectors names of detectors or of their families
   * @param in where they look
   */
  record Detect(List<String> detectors, Set<Part> in) implements Condition {
    public Detect {
      detectors = atLeastOne("detect", detectors);
      in = enumSet("in", in, Part.class);
    }
  }

  /** Where detectors look. */
  enum Part {
    ARGUMENTS,
    RESULT
  }

  /**
   * Reads the call's {@code command} (or {@code cmd}) argument as a shell would; everything that is
   * given must hold. A call without a command satisfies none of it.
   *
   * @param destructive whether the command loses data or work in a way that is hard to undo; null
   *     when it does not matter
   * @param runs programs with their leading words and options ({@code git push --force}); one of
   *     them is run, or may be, wherever in the command
   * @param touches folders or files, with {@code ~} and the variables of {@link Comparison.Inside};
   *     one of them, or something below it, is named, or may be
   * @param complete whether the command could be read to its end; null when it does not matter
   */
  record Command(
      @Nullable Boolean destructive,
      List<String> runs,
      List<String> touches,
      @Nullable Boolean complete)
      implements Condition {
    public Command {
      runs = List.copyOf(runs);
      touches = List.copyOf(touches);
      if (destructive == null && runs.isEmpty() && touches.isEmpty() && complete == null) {
        throw new IllegalArgumentException(
            "command: expected at least one of destructive, runs, touches, complete");
      }
    }

    // Written out for the sake of cold starts; see RuleId.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Command that
          && Objects.equals(destructive, that.destructive)
          && runs.equals(that.runs)
          && touches.equals(that.touches)
          && Objects.equals(complete, that.complete);
    }

    @Override
    public int hashCode() {
      return Objects.hash(destructive, runs, touches, complete);
    }
  }

  /**
   * Holds on these days between two times of the zone's clocks: {@code from} is inclusive, {@code
   * to} exclusive. A window whose {@code to} is not after its {@code from} lasts over midnight and
   * belongs to the day it starts on; equal times are the whole day. Local times decide: an hour
   * that clocks skip is in no window, one they repeat is in it twice.
   */
  record Time(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) implements Condition {
    public Time {
      days = enumSet("days", days, DayOfWeek.class);
    }
  }

  /** Holds when the call does one of these things to its target. */
  record OperationIs(Set<Operation> operations) implements Condition {
    public OperationIs {
      operations = enumSet("operation", operations, Operation.class);
    }
  }

  /** Holds when the call came through one of these adapters. */
  record OriginIs(Set<Origin> origins) implements Condition {
    public OriginIs {
      origins = enumSet("origin", origins, Origin.class);
    }
  }

  /**
   * Holds when the tool belongs to one of these MCP servers, by its name ({@code
   * mcp__server__tool}).
   *
   * @param servers names or globs
   */
  record ServerIs(List<String> servers) implements Condition {
    public ServerIs {
      servers = atLeastOne("server", servers);
    }
  }

  /**
   * Holds when the call is one of these requests of the Model Context Protocol, by its tool's name:
   * {@code tools/call} for {@code mcp__server__tool}, and for {@code mcp__server__method} the
   * method.
   *
   * @param methods names or globs
   */
  record MethodIs(List<String> methods) implements Condition {
    public MethodIs {
      methods = atLeastOne("method", methods);
    }
  }

  /**
   * Holds when the data is of one of these classes: what the call writes to memory or what its tool
   * is known to return, and, once there is a result, what that is known to hold.
   */
  record ClassifiedAs(List<String> classifications) implements Condition {
    public ClassifiedAs {
      classifications = atLeastOne("classification", classifications);
    }
  }

  private static <T> List<T> atLeastOne(String what, List<T> items) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException(what + ": expected at least one entry");
    }
    return List.copyOf(items);
  }

  private static <E extends Enum<E>> Set<E> enumSet(String what, Collection<E> items, Class<E> of) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException(what + ": expected at least one entry");
    }
    EnumSet<E> copy = EnumSet.noneOf(of);
    copy.addAll(items);
    return Collections.unmodifiableSet(copy);
  }
}
