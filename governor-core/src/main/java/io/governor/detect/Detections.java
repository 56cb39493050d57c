package io.governor.detect;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the arguments or the result of a call contain: for each detector, how many findings; never
 * what was found. Immutable; safe to share between threads.
 */
public final class Detections {

  /** The most values of a tree that are looked through. */
  public static final int MAX_VALUES = 1_000_000;

  /** The most levels of maps and lists that are looked through. */
  public static final int MAX_DEPTH = 1000;

  private static final Detections NONE = new Detections(new TreeMap<>(), true);

  private final SortedMap<String, Integer> counts;
  private final boolean complete;

  private Detections(SortedMap<String, Integer> counts, boolean complete) {
    this.counts = Collections.unmodifiableSortedMap(counts);
    this.complete = complete;
  }

  /** No findings: nothing was looked at. */
  public static Detections none() {
    return NONE;
  }

  /**
   * Looks through all strings of a tree of maps, lists and scalars, names of members included;
   * other objects are no strings. What a detector of the host throws reaches the caller.
   */
  public static Detections of(@Nullable Object jsonValue, Detectors detectors) {
    return new Walk(detectors).through(jsonValue);
  }

  /** The number of findings of each detector that found something, by name. */
  public Map<String, Integer> counts() {
    return counts;
  }

  /** Whether one of these detectors found something. */
  public boolean any(Set<String> detectors) {
    return counts.keySet().stream().anyMatch(detectors::contains);
  }

  /**
   * Whether the whole tree was looked through. It was not when it has more than {@value
   * #MAX_VALUES} values or {@value #MAX_DEPTH} levels; then it must not be taken for clean.
   */
  public boolean complete() {
    return complete;
  }

  /** How many detectors found something, and how often; nothing of the text. */
  @Override
  public String toString() {
    int findings = counts.values().stream().mapToInt(Integer::intValue).sum();
    return findings + " findings of " + counts.size() + " detectors";
  }

  /** What is left of a map or a list that is open. */
  private record Level(Iterator<?> left, boolean isMap) {}

  /** One walk through a tree; the maps and lists that are open are data, not calls. */
  private static final class Walk {

    private final Detectors detectors;
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private final Deque<Level> open = new ArrayDeque<>();
    private boolean complete = true;
    private int values;

    Walk(Detectors detectors) {
      this.detectors = detectors;
    }

    Detections through(@Nullable Object root) {
      visit(root, null);
      while (!open.isEmpty() && complete) {
        Level level = open.element();
        if (!level.left().hasNext()) {
          open.remove();
        } else if (level.isMap()) {
          visitMember((Map.Entry<?, ?>) level.left().next());
        } else {
          visit(level.left().next(), null);
        }
      }
      return counts.isEmpty() && complete ? NONE : new Detections(counts, complete);
    }

    private void visitMember(Map.Entry<?, ?> member) {
      String name = member.getKey() instanceof String text ? text : null;
      if (name != null) {
        count(detectors.scan(name));
      }
      visit(member.getValue(), name);
    }

    private void visit(@Nullable Object value, @Nullable String name) {
      if (++values > MAX_VALUES) {
        complete = false;
      } else if (value instanceof String text) {
        count(name == null ? detectors.scan(text) : detectors.scanMember(name, text));
      } else if (value instanceof Map<?, ?> map) {
        enter(new Level(map.entrySet().iterator(), true));
      } else if (value instanceof List<?> list) {
        enter(new Level(list.iterator(), false));
      }
    }

    private void enter(Level level) {
      if (open.size() == MAX_DEPTH) {
        complete = false;
      } else {
        open.push(level);
      }
    }

    private void count(List<Finding> findings) {
      for (Finding finding : findings) {
        counts.merge(finding.detector(), 1, Integer::sum);
      }
    }
  }
}
