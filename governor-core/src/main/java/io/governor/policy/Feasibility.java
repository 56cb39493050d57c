package io.governor.policy;

import io.governor.Operation;
import io.governor.Origin;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether some call may satisfy several literals at once. What it calls impossible certainly is;
 * what it lets pass may be, too. Stateless.
 */
final class Feasibility {

  private Feasibility() {}

  /** Why no call satisfies all, or null where one may. */
  static @Nullable String obstacle(List<Literal> together, Effort effort) {
    if (!effort.spend(2L + together.size())) {
      return null;
    }
    String reason = new ArgumentDomains(together, effort).obstacle();
    return reason == null ? ofFacts(together, effort) : reason;
  }

  private static @Nullable String ofFacts(List<Literal> together, Effort effort) {
    if (leavesNoOperation(together)) {
      return "no operation is in all its lists under operation";
    }
    if (leavesNoOrigin(together)) {
      return "no origin is in all its lists under origin";
    }
    if (CommandDomain.isEmpty(together)) {
      return "no command satisfies all its conditions";
    }
    if (WeekMinutes.isEmpty(together)) {
      return "no moment satisfies all its conditions of time";
    }
    if (ServerNames.contradict(together, effort)) {
      return "no server satisfies all its conditions";
    }
    if (McpMethods.contradict(together)) {
      return "no method is in all its lists under method";
    }
    return asksForOpposites(together) ? "it asks for a condition and its opposite" : null;
  }

  private static boolean leavesNoOperation(List<Literal> together) {
    Set<Operation> left = EnumSet.allOf(Operation.class);
    for (Literal literal : together) {
      if (literal.atom() instanceof Condition.OperationIs operation) {
        keep(left, operation.operations(), literal.wanted());
      }
    }
    return left.isEmpty();
  }

  private static boolean leavesNoOrigin(List<Literal> together) {
    Set<Origin> left = EnumSet.allOf(Origin.class);
    for (Literal literal : together) {
      if (literal.atom() instanceof Condition.OriginIs origin) {
        keep(left, origin.origins(), literal.wanted());
      }
    }
    return left.isEmpty();
  }

  private static <E> void keep(Set<E> left, Set<E> named, boolean wanted) {
    if (wanted) {
      left.retainAll(named);
    } else {
      left.removeAll(named);
    }
  }

  /** One of some is found, and none of more. */
  private static boolean asksForOpposites(List<Literal> together) {
    return anyPair(together, Condition.Detect.class, Feasibility::isPart)
        || anyPair(
            together,
            Condition.ClassifiedAs.class,
            (wanted, unwanted) -> isPart(wanted.classifications(), unwanted.classifications()));
  }

  private static boolean isPart(Condition.Detect wanted, Condition.Detect unwanted) {
    return wanted.in().equals(unwanted.in()) && isPart(wanted.detectors(), unwanted.detectors());
  }

  private static boolean isPart(Collection<String> part, Collection<String> of) {
    return of.containsAll(part);
  }

  /** Whether a wanted and an unwanted one of a kind contradict each other. */
  static <C extends Condition> boolean anyPair(
      List<Literal> together, Class<C> kind, BiPredicate<C, C> contradict) {
    for (Literal wanted : together) {
      if (wanted.wanted() && kind.isInstance(wanted.atom())) {
        for (Literal unwanted : together) {
          if (!unwanted.wanted()
              && kind.isInstance(unwanted.atom())
              && contradict.test(kind.cast(wanted.atom()), kind.cast(unwanted.atom()))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
