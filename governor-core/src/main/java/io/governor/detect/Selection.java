package io.governor.detect;

import java.util.BitSet;

/** Which detectors are to look, by their number in the set. Immutable. */
final class Selection {

  private final BitSet numbers;

  Selection(BitSet numbers) {
    this.numbers = numbers;
  }

  static Selection all(int count) {
    BitSet numbers = new BitSet(count);
    numbers.set(0, count);
    return new Selection(numbers);
  }

  boolean has(int number) {
    return numbers.get(number);
  }
}
