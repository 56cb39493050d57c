package io.governor.detect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
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

  private static final Detectors BUILT_IN = new Detectors(List.of());

  private final List<Detector> own;
  // Made when a name or a text is first asked for: a process that lives for one hook may never do
  // that.
  private volatile @Nullable Named named;

  private Detectors(List<Detector> own) {
    this.own = List.copyOf(own);
  }

  /** The detectors that come with the library. */
  public static Detectors builtIn() {
    return BUILT_IN;
  }

  /** Loaded on first use, and once: the table of literals is the same for everybody. */
  private static final class BuiltIn {
    private static final List<Recognizer> ALL = List.copyOf(BuiltInDetectors.all());
  }

  /** All detectors of the set, by name. */
  private static final class Named {
    private final Map<String, DetectorFamily> families;
    private final List<String> names;
    private final List<DetectorFamily> familyOf;
    private final Selection everything;
    // Built when a text is first looked at.
    private volatile @Nullable Scanner scanner;

    Named(List<Detector> own) {
      families = families(own);
      names = List.copyOf(families.keySet());
      familyOf = List.copyOf(families.values());
      everything = Selection.all(names.size());
    }

    private static Map<String, DetectorFamily> families(List<Detector> own) {
      Map<String, DetectorFamily> families = new LinkedHashMap<>();
      // A detector may have several recognisers, one for each shape its tokens have.
      BuiltIn.ALL.forEach(recognizer -> families.put(recognizer.name(), recognizer.family()));
      own.forEach(detector -> families.put(detector.name(), detector.family()));
      return Collections.unmodifiableMap(families);
    }

    /** Two threads may build one each at first; they are the same. */
    Scanner scanner(List<Detector> own) {
      Scanner known = scanner;
      if (known == null) {
        known = new Scanner(BuiltIn.ALL, own, names);
        scanner = known;
      }
      return known;
    }
  }

  /** Two threads may make one each at first; they are the same. */
  private Named named() {
    Named known = named;
    if (known == null) {
      known = new Named(own);
      named = known;
    }
    return known;
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
    more.add(new Own(name, detector.family(), detector));
    return new Detectors(more);
  }

  /** The names of all detectors, in the order in which overlapping findings are named. */
  public Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(named().names));
  }

  /** Whether a detector or a family bears this name. */
  public boolean knows(String nameOrFamily) {
    return named().families.containsKey(nameOrFamily) || family(nameOrFamily) != null;
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
            "Unknown detector: \"" + name + "\"; known are " + String.join(", ", named().names));
      }
      named()
          .families
          .forEach(
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
    return scan(text, List.of(), named().everything);
  }

  /** What is found in a text that is the value of a member, because of its name too. */
  List<Finding> scanMember(String name, String value) {
    return scan(value, List.of(name), named().everything);
  }

  List<Finding> scan(String text, Collection<String> memberNames, Selection selection) {
    Spans found = new Spans(text.length());
    Set<String> names = nameSet();
    int from = 0;
    for (Marker marker = Marker.next(text, 0, names); marker != null; ) {
      scan(text, from, marker.start(), memberNames, selection, found);
      from = marker.end();
      marker = Marker.next(text, from, names);
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
    Scanner scanner = named().scanner(own);
    scanner.scan(piece, selection, found);
    for (String name : memberNames) {
      scanner.scanMember(name, piece, selection, found);
    }
  }

  /** The names, in no particular order. */
  Set<String> nameSet() {
    return named().families.keySet();
  }

  /** Those of the named detectors that are in this set. */
  Selection selection(Set<String> detectors) {
    List<String> names = named().names;
    BitSet numbers = new BitSet(names.size());
    for (int i = 0; i < names.size(); i++) {
      numbers.set(i, detectors.contains(names.get(i)));
    }
    return new Selection(numbers);
  }

  private List<Finding> findings(Spans found) {
    List<List<Finding>> perDetector = new ArrayList<>();
    Named all = named();
    all.names.forEach(name -> perDetector.add(new ArrayList<>()));
    for (int i = 0; i < found.size(); i++) {
      int owner = found.owner(i);
      Finding finding =
          new Finding(all.names.get(owner), all.familyOf.get(owner), found.start(i), found.end(i));
      perDetector.get(owner).add(finding);
    }
    List<Finding> merged = new ArrayList<>(found.size());
    perDetector.forEach(findings -> addMerged(findings, merged));
    // The sort is stable: findings of equal span keep the order of the detectors.
    merged.sort(Detectors::byPlace);
    return Collections.unmodifiableList(merged);
  }

  private static int byPlace(Finding one, Finding other) {
    int starts = Integer.compare(one.start(), other.start());
    return starts != 0 ? starts : Integer.compare(other.end(), one.end());
  }

  private static void addMerged(List<Finding> findings, List<Finding> target) {
    findings.sort(Detectors::byPlace);
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
    return named().names.size() + " detectors";
  }

  /** A host's detector, its name and family asked for once. */
  private record Own(String name, DetectorFamily family, Detector detector) implements Detector {

    @Override
    public void find(String text, Spans found) {
      detector.find(text, found);
    }
  }
}
