package io.governor.policy;

import io.governor.policy.Comparison.JsonType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on one argument; from {@link Conditions#arg(String)}. Immutable; safe to share between
 * threads.
 */
public final class ArgumentConditions {

  private final ArgumentPointer pointer;
  private final boolean negated;

  ArgumentConditions(ArgumentPointer pointer, boolean negated) {
    this.pointer = pointer;
    this.negated = negated;
  }

  /** The argument and a comparison that must not be satisfied. */
  public ArgumentConditions not() {
    return new ArgumentConditions(pointer, !negated);
  }

  /** Any comparison. */
  public Condition is(Comparison comparison) {
    return new Condition.Argument(pointer, negated ? new Comparison.Not(comparison) : comparison);
  }

  /** Equal as JSON. */
  public Condition isEqualTo(@Nullable Object value) {
    return is(new Comparison.EqualTo(value));
  }

  /** Equal to one of them. */
  public Condition in(@Nullable Object... values) {
    return is(new Comparison.In(Arrays.asList(values)));
  }

  /** The pattern occurs in the text. */
  public Condition matches(String pattern) {
    return is(new Comparison.Matches(pattern));
  }

  /** The glob matches the whole text. */
  public Condition matchesGlob(String glob) {
    return is(new Comparison.MatchesGlob(glob));
  }

  /** The text occurs in a text, or is an item of an array. */
  public Condition contains(String text) {
    return is(new Comparison.Contains(text));
  }

  /** The text begins with this. */
  public Condition startsWith(String prefix) {
    return is(new Comparison.StartsWith(prefix));
  }

  /** A number above this one. */
  public Condition greaterThan(long bound) {
    return greaterThan(BigDecimal.valueOf(bound));
  }

  /** A number above this one. */
  public Condition greaterThan(BigDecimal bound) {
    return is(new Comparison.GreaterThan(bound));
  }

  /** A number below this one. */
  public Condition lessThan(long bound) {
    return lessThan(BigDecimal.valueOf(bound));
  }

  /** A number below this one. */
  public Condition lessThan(BigDecimal bound) {
    return is(new Comparison.LessThan(bound));
  }

  /** There is such an argument. */
  public Condition isPresent() {
    return is(new Comparison.Present(true));
  }

  /** There is no such argument. */
  public Condition isAbsent() {
    return is(new Comparison.Present(false));
  }

  /** Characters of a text, items of an array or members of an object: more than this. */
  public Condition isLongerThan(int size) {
    return is(new Comparison.Length(new Comparison.GreaterThan(BigDecimal.valueOf(size))));
  }

  /** Characters of a text, items of an array or members of an object: fewer than this. */
  public Condition isShorterThan(int size) {
    return is(new Comparison.Length(new Comparison.LessThan(BigDecimal.valueOf(size))));
  }

  /** Characters of a text, items of an array or members of an object: exactly this. */
  public Condition hasLength(int size) {
    return is(new Comparison.Length(new Comparison.EqualTo(size)));
  }

  /** A value of this type. */
  public Condition isOfType(JsonType type) {
    return is(new Comparison.OfType(type));
  }

  /** A path at or below one of these folders. */
  public Condition isInside(String... folders) {
    return is(new Comparison.Inside(List.of(folders)));
  }

  /** A URL whose host is one of these. */
  public Condition hasHostIn(String... hosts) {
    return is(new Comparison.HostIn(List.of(hosts)));
  }
}
