package io.governor.policy;

import java.util.List;
import java.util.Objects;

/**
 * A condition that is not put together of others, and whether it is to hold. Immutable.
 *
 * <p>About a path or URL that readers may take differently a condition and its negation both hold
 * ({@link ConditionCompiler}), so the two are no contradiction: what follows from a literal is
 * asked of this type, never of the equality of two conditions.
 */
record Literal(Condition atom, boolean wanted) {

  static Literal of(Condition leaf, boolean wanted) {
    return leaf instanceof Condition.Argument argument
            && argument.comparison() instanceof Comparison.Not not
        ? of(new Condition.Argument(argument.pointer(), not.comparison()), !wanted)
        : new Literal(leaf, wanted);
  }

  /** Without the values, of which a list may hold thousands. */
  @Override
  public int hashCode() {
    Object key =
        atom instanceof Condition.Argument argument
            ? List.of(argument.pointer(), argument.comparison().getClass())
            : atom;
    return Objects.hash(key, wanted);
  }

  /** What holds at least wherever this one does not. */
  Literal flipped() {
    return new Literal(atom, !wanted);
  }
}
