package io.governor.detect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of detectors: the built-in ones and the host's own. Immutable; any thread may use it.
 *
 * <p>A scan goes through the text once, whatever the number of detectors, and takes time linear in
 * it. A marker {@code [REDACTED:detector]} of a detector in the set divides a text: what is before
 * and after it are looked at as two texts.
 */
public final class Detectors {

  /** The most of a text that a detector of the host is given at once, in UTF-16 characters. */
  public static final int WINDOW = 64 * 1024;

  /** How much of it the next window repeats. */
  public static final int OVERLAP = 4 * 1024;

  static final int MAX_NAME_LENGTH = 48;

  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparingInt(Finding::start)
          .thenComparing(Comparator.comparingInt(Finding::end).reversed());

  private final List<Recognizer> builtIn;
  private final List<Detector> own;
  private final Map<String, DetectorFamily> families;
  private final List<String> names;
  private final List<DetectorFamily> familyOf;
  // Built when a text is first looked at: a process that lives for one hook may never do that.
  private volatile @Nullable Scanner scanner;
  private final Selection everything;

  private Detectors(List<Recognizer> builtIn, List<Detector> own) {
    this.builtIn = List.copyOf(builtIn);
    this.own = List.copyOf(own);
    this.families = families(builtIn, own);
    this.names = List.copyOf(families.keySet());
    this.familyOf = List.copyOf(families.values());
    this.everything = Selection.all(names.size());
  }

  /** The detectors that come with the library. */
  public static Detectors builtIn() {
    return BuiltIn.SET;
  }

  /** Loaded on first use, and once: the table of literals is the same for everybody. */
  private static final class BuiltIn {
    private static final Detectors SET = new Detectors(BuiltInDetectors.all(), List.of());
  }

  /**
   * This set and one detector more.
   *
   * @throws IllegalArgumentException when its name is malformed, a family's, or taken
   */
  public Detectors with(Detector detector) {
    String name = detector.name();
    if (!isWellFormed(name)) {
      throw new IllegalArgumentException(
          "Malformed detector name: \""
              + name
              + "\"; a name is 2 to "
              + MAX_NAME_LENGTH
              + " lower-case letters, digits and underscores, and starts with a letter");
    }
    if (knows(name)) {
      throw new IllegalArgumentException("Detector name already taken: \"" + name + "\"");
    }
    List<Detector> more = new ArrayList<>(own);
    more.add(new Named(name, detector.family(), detector));
    return new Detectors(builtIn, more);
  }

  /** The names of all detectors, in the order in which overlapping findings are named. */
  public Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** Whether a detector or a family bears this name. */
  public boolean knows(String nameOrFamily) {
    return families.containsKey(nameOrFamily) || family(nameOrFamily) != null;
  }

  /**
   * The names of the detectors that are named, or belong to a family that is named.
   *
   * @throws IllegalArgumentException for a name that is neither a detector's nor a family's
   */
  public Set<String> select(Collection<String> namesOrFamilies) {
    Set<String> selected = new TreeSet<>();
    for (String name : namesOrFamilies) {
      if (!knows(name)) {
        throw new IllegalArgumentException(
            "Unknown detector: \"" + name + "\"; known are " + String.join(", ", names));
      }
      families.forEach(
          (detector, family) -> {
            if (detector.equals(name) || family.wireName().equals(name)) {
              selected.add(detector);
            }
          });
    }
    return Collections.unmodifiableSet(selected);
  }

  /**
   * Everything the detectors find, in order of their start. The findings of one detector do not
   * overlap; those of different detectors may.
   */
  public List<Finding> scan(String text) {
    return scan(text, List.of(), everything);
  }

  /** What is found in a text that is the value of a member, because of its name too. */
  List<Finding> scanMember(String name, String value) {
    return scan(value, List.of(name), everything);
  }

  List<Finding> scan(String text, Collection<String> memberNames, Selection selection) {
    Spans found = new Spans(text.length());
    int from = 0;
    for (Marker marker = Marker.next(text, 0, families.keySet()); marker != null; ) {
      scan(text, from, marker.start(), memberNames, selection, found);
      from = marker.end();
      marker = Marker.next(text, from, families.keySet());
    }
    scan(text, from, text.length(), memberNames, selection, found);
    return found.size() == 0 ? List.of() : findings(found);
  }

  private void scan(
      String text,
      int from,
      int to,
      Collection<String> memberNames,
      Selection selection,
      Spans found) {
    if (from == to) {
      return;
    }
    String piece = text.substring(from, to);
    found.within(from, to);
    scanner().scan(piece, selection, found);
    for (String name : memberNames) {
      scanner().scanMember(name, piece, selection, found);
    }
  }

  /** Two threads may build one each at first; they are the same. */
  private Scanner scanner() {
    Scanner known = scanner;
    if (known == null) {
      known = new Scanner(builtIn, own, names);
      scanner = known;
    }
    return known;
  }

  /** The names, in no particular order. */
  Set<String> nameSet() {
    return families.keySet();
  }

  /** Those of the named detectors that are in this set. */
  Selection selection(Set<String> detectors) {
    BitSet numbers = new BitSet(names.size());
    for (int i = 0; i < names.size(); i++) {
      numbers.set(i, detectors.contains(names.get(i)));
    }
    return new Selection(numbers);
  }

  private List<Finding> findings(Spans found) {
    List<List<Finding>> perDetector = new ArrayList<>();
    names.forEach(name -> perDetector.add(new ArrayList<>()));
    for (int i = 0; i < found.size(); i++) {
      int owner = found.owner(i);
      Finding finding =
          new Finding(names.get(owner), familyOf.get(owner), found.start(i), found.end(i));
      perDetector.get(owner).add(finding);
    }
    List<Finding> all = new ArrayList<>(found.size());
    perDetector.forEach(findings -> addMerged(findings, all));
    // The sort is stable: findings of equal span keep the order of the detectors.
    all.sort(BY_PLACE);
    return Collections.unmodifiableList(all);
  }

  private static void addMerged(List<Finding> findings, List<Finding> target) {
    findings.sort(BY_PLACE);
    Finding open = null;
    for (Finding finding : findings) {
      if (open == null) {
        open = finding;
      } else if (finding.start() < open.end()) {
        int end = Math.max(open.end(), finding.end());
        open = new Finding(open.detector(), open.family(), open.start(), end);
      } else {
        target.add(open);
        open = finding;
      }
    }
    if (open != null) {
      target.add(open);
    }
  }

  private static Map<String, DetectorFamily> families(
      List<Recognizer> builtIn, List<Detector> own) {
    Map<String, DetectorFamily> families = new LinkedHashMap<>();
    // A detector may have several recognisers, one for each shape its tokens have.
    builtIn.forEach(recognizer -> families.put(recognizer.name(), recognizer.family()));
    own.forEach(detector -> families.put(detector.name(), detector.family()));
    return Collections.unmodifiableMap(families);
  }

  private static @Nullable DetectorFamily family(String wireName) {
    for (DetectorFamily family : DetectorFamily.values()) {
      if (family.wireName().equals(wireName)) {
        return family;
      }
    }
    return null;
  }

  static boolean isWellFormed(String name) {
    return name.length() >= 2
        && name.length() <= MAX_NAME_LENGTH
        && name.charAt(0) >= 'a'
        && name.charAt(0) <= 'z'
        && name.chars().allMatch(c -> Marker.isNameCharacter((char) c));
  }

  /** How many detectors are in the set. */
  @Override
  public String toString() {
    return names.size() + " detectors";
  }

  /** A host's detector, its name and family asked for once. */
  private record Named(String name, DetectorFamily family, Detector detector) implements Detector {

    @Override
    public void find(String text, Spans found) {
      detector.find(text, found);
    }
  }
}
