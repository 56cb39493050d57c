package io.governor.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A shell-style pattern for a whole agent id: {@code *}, {@code ?}, {@code […]}, {@code [!…]};
 * case-sensitive; everything else stands for itself, an unclosed {@code [} too (execution record,
 * section 7.6). Matching takes at most the product of both lengths. Immutable.
 */
final class AgentGlob {

  /** A star, or what one character must be. */
  private record Part(boolean star, IntPredicate character) {}

  private final List<Part> parts = new ArrayList<>();

  AgentGlob(String glob) {
    int[] chars = glob.codePoints().toArray();
    for (int at = 0; at < chars.length; ) {
      int end = chars[at] == '[' ? classEnd(chars, at) : -1;
      if (end > 0) {
        parts.add(new Part(false, characterClass(chars, at + 1, end)));
        at = end + 1;
      } else {
        parts.add(single(chars[at++]));
      }
    }
  }

  boolean matches(String agentId) {
    int[] chars = agentId.codePoints().toArray();
    int part = 0;
    int star = -1;
    int retry = 0;
    for (int at = 0; at < chars.length; ) {
      if (part < parts.size() && parts.get(part).star()) {
        star = part++;
        retry = at;
      } else if (part < parts.size() && parts.get(part).character().test(chars[at])) {
        part++;
        at++;
      } else if (star >= 0) {
        // Only the last star need take one more: what came before it has matched already.
        part = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    return parts.subList(part, parts.size()).stream().allMatch(Part::star);
  }

  private static Part single(int c) {
    return new Part(c == '*', other -> c == '?' || c == other);
  }

  /** The index of the closing bracket, or -1; one that comes first is a member of the class. */
  private static int classEnd(int[] chars, int open) {
    int at = open + 1;
    at += at < chars.length && chars[at] == '!' ? 1 : 0;
    at += at < chars.length && chars[at] == ']' ? 1 : 0;
    while (at < chars.length && chars[at] != ']') {
      at++;
    }
    return at < chars.length ? at : -1;
  }

  private static IntPredicate characterClass(int[] chars, int start, int end) {
    boolean negated = chars[start] == '!';
    IntPredicate any = c -> false;
    for (int at = negated ? start + 1 : start; at < end; at++) {
      int low = chars[at];
      int high = low;
      if (at + 2 < end && chars[at + 1] == '-') {
        high = chars[at + 2];
        at += 2;
      }
      any = any.or(range(low, high));
    }
    return negated ? any.negate() : any;
  }

  private static IntPredicate range(int low, int high) {
    return c -> low <= c && c <= high;
  }
}
