package io.governor.policy;

import io.governor.Operation;
import io.governor.Origin;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
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
    if (isEmpty(
        together,
        Operation.class,
        Condition.OperationIs.class,
        Condition.OperationIs::operations)) {
      return "no operation is in all its lists under operation";
    }
    if (isEmpty(together, Origin.class, Condition.OriginIs.class, Condition.OriginIs::origins)) {
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

  private static <E extends Enum<E>, C extends Condition> boolean isEmpty(
      List<Literal> together, Class<E> of, Class<C> kind, Function<C, Set<E>> values) {
    Set<E> left = EnumSet.allOf(of);
    for (Literal literal : together) {
      if (kind.isInstance(literal.atom())) {
        Set<E> own = values.apply(kind.cast(literal.atom()));
        left.removeIf(each -> own.contains(each) != literal.wanted());
      }
    }
    return left.isEmpty();
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
