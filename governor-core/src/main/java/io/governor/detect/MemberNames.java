package io.governor.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Redacts the names of one object's members and keeps them apart: where a redacted name would occur
 * twice, its last marker gets a number. Confined to one thread.
 */
final class MemberNames {

  private final Set<String> taken;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Starts with the names that the object has before it is redacted. */
  MemberNames(Set<String> names) {
    this.taken = new HashSet<>(names);
  }

  /** What to put for each cut of a name. */
  List<String> markers(String name, List<Cut> cuts) {
    List<String> plain = cuts.stream().map(cut -> Marker.text(cut.detector())).toList();
    String redacted = Rewriting.of(name, cuts, plain);
    if (taken.add(redacted)) {
      return plain;
    }
    Cut last = cuts.get(cuts.size() - 1);
    while (true) {
      int number = numbers.merge(redacted, 2, (before, two) -> before + 1);
      List<String> numbered = new ArrayList<>(plain);
      numbered.set(plain.size() - 1, Marker.text(last.detector(), number));
      if (taken.add(Rewriting.of(name, cuts, numbered))) {
        return numbered;
      }
    }
  }
}
