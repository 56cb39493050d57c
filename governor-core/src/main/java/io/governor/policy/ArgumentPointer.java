package io.governor.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Points at arguments: a JSON pointer (RFC 6901) in which the step {@code *} stands for every item
 * of an array. The empty pointer is the arguments as a whole. Immutable.
 *
 * @param steps names and positions, with {@code ~0} and {@code ~1} resolved
 */
public record ArgumentPointer(List<String> steps) {

  /** The step that stands for every item of an array. */
  public static final String EVERY_ITEM = "*";

  /** The most steps a pointer may have. */
  public static final int MOST_STEPS = 32;

  public ArgumentPointer {
    steps = List.copyOf(steps);
    if (steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException("pointer: expected at most " + MOST_STEPS + " steps");
    }
  }

  /**
   * Reads a pointer.
   *
   * @throws IllegalArgumentException if it neither is empty nor begins with a slash, a {@code ~} is
   *     not followed by 0 or 1, or it has more than {@value #MOST_STEPS} steps
   */
  public static ArgumentPointer of(String pointer) {
    if (pointer.isEmpty()) {
      return new ArgumentPointer(List.of());
    }
    if (pointer.charAt(0) != '/') {
      throw new IllegalArgumentException("pointer: expected a text that begins with a slash");
    }
    List<String> steps = new ArrayList<>();
    int start = 1;
    for (int end = pointer.indexOf('/', 1); end >= 0; end = pointer.indexOf('/', start)) {
      steps.add(unescape(pointer.substring(start, end)));
      start = end + 1;
    }
    steps.add(unescape(pointer.substring(start)));
    return new ArgumentPointer(steps);
  }

  private static String unescape(String step) {
    for (int tilde = step.indexOf('~'); tilde >= 0; tilde = step.indexOf('~', tilde + 1)) {
      if (tilde + 1 == step.length() || "01".indexOf(step.charAt(tilde + 1)) < 0) {
        throw new IllegalArgumentException("pointer: expected ~0 or ~1 where there is a ~");
      }
    }
    return step.replace("~1", "/").replace("~0", "~");
  }

  /** Whether it stands for the items of an array somewhere. */
  public boolean isMany() {
    return steps.contains(EVERY_ITEM);
  }

  /** The pointer as it is written. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    steps.forEach(step -> text.append('/').append(step.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}
