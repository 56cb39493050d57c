package io.governor.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables a script sets, as far as their values are known. Used by one thread. */
final class Variables {
  private static final int MAX_CHANGES = 2000;
  private static final int MAX_VALUE = 4096;
  private static final String UNKNOWN = String.valueOf(Unknown.VALUE);

  private record Change(String name, @Nullable String before) {
    @Override
    public String toString() {
      return "Change";
    }
  }

  private final Map<String, String> values = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();

  /** Too much was set to keep count of it: from here on nothing is known. */
  private boolean overflown;

  /** The value; null when the script has not set it. */
  @Nullable String get(String name) {
    return overflown ? UNKNOWN : values.get(name);
  }

  void set(String name, String value) {
    put(name, value.length() > MAX_VALUE ? UNKNOWN : value);
  }

  void forget(String name) {
    set(name, UNKNOWN);
  }

  /** One name may stand for another from here on. */
  void forgetAll() {
    overflown = true;
  }

  /** Values to come back to. */
  record Saved(Map<String, @Nullable String> values) {
    @Override
    public String toString() {
      return "Saved[" + values.size() + "]";
    }
  }

  Saved saved(List<String> names) {
    Map<String, @Nullable String> saved = new LinkedHashMap<>();
    for (String name : names) {
      saved.putIfAbsent(name, values.get(name));
    }
    return new Saved(saved);
  }

  /** Gives the variables back what they held, whatever was set since. */
  void restore(Saved saved) {
    for (Map.Entry<String, @Nullable String> entry : saved.values().entrySet()) {
      put(entry.getKey(), entry.getValue());
    }
  }

  private void put(String name, @Nullable String value) {
    overflown |= changes.size() == MAX_CHANGES;
    if (!overflown) {
      changes.add(new Change(name, value == null ? values.remove(name) : values.put(name, value)));
    }
  }

  /** A place to come back to. */
  int mark() {
    return changes.size();
  }

  /** Takes back what was set since. */
  void undo(int mark) {
    for (int i = changes.size() - 1; i >= mark && i >= 0; i--) {
      Change change = changes.remove(i);
      if (change.before() == null) {
        values.remove(change.name());
      } else {
        values.put(change.name(), change.before());
      }
    }
  }

  /** What was set since may or may not have been set. */
  void blur(int mark) {
    for (int i = mark; i < changes.size(); i++) {
      values.put(changes.get(i).name(), UNKNOWN);
    }
  }
}
