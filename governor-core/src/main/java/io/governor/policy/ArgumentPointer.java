package io.governor.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

  /** What {@link #find} says where there is nothing; null is a value. */
  public static final Object ABSENT = new Object();

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

  /**
   * The value it points at, or {@link #ABSENT}. Only for a pointer that is not {@link #isMany}: the
   * step {@code *} is read as a name here.
   */
  public @Nullable Object find(@Nullable Object root) {
    Object value = root;
    for (int i = 0; i < steps.size() && value != ABSENT; i++) {
      value = child(value, steps.get(i));
    }
    return value;
  }

  /** Whether one of the values it points at is accepted; an absent one is {@link #ABSENT}. */
  public boolean anyMatch(@Nullable Object root, Predicate<@Nullable Object> accepts) {
    return anyMatch(root, 0, accepts);
  }

  private boolean anyMatch(@Nullable Object from, int step, Predicate<@Nullable Object> accepts) {
    Object value = from;
    for (int i = step; i < steps.size() && value != ABSENT; i++) {
      if (steps.get(i).equals(EVERY_ITEM) && value instanceof List<?> items) {
        int next = i + 1;
        return items.isEmpty()
            ? accepts.test(ABSENT)
            : items.stream().anyMatch(item -> anyMatch(item, next, accepts));
      }
      value = child(value, steps.get(i));
    }
    return accepts.test(value);
  }

  private static @Nullable Object child(@Nullable Object parent, String step) {
    if (parent instanceof Map<?, ?> object) {
      Object value = object.get(step);
      return value != null || object.containsKey(step) ? value : ABSENT;
    }
    if (parent instanceof List<?> array) {
      int index = index(step);
      return index >= 0 && index < array.size() ? array.get(index) : ABSENT;
    }
    return ABSENT;
  }

  /**
   * Whether the step is a position where it meets an array; a name it is where it meets an object.
   */
  static boolean isPosition(String step) {
    return index(step) >= 0;
  }

  /** An array position as RFC 6901 writes it, without leading zeros; -1 for anything else. */
  private static int index(String step) {
    if (step.isEmpty() || step.length() > 9 || (step.length() > 1 && step.charAt(0) == '0')) {
      return -1;
    }
    int index = 0;
    for (int i = 0; i < step.length(); i++) {
      int digit = step.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      index = index * 10 + digit;
    }
    return index;
  }

  /** The pointer as it is written. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    steps.forEach(step -> text.append('/').append(step.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}
