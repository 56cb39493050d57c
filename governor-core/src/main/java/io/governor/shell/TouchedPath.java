package io.governor.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A path a command names, as far as its text tells: with the patterns a shell would expand and with
 * gaps for what only a running shell knows. Immutable; threads may share it. No file is looked at.
 *
 * <p>Whether it may name a folder is answered in doubt with yes: a pattern that could expand to it
 * does, letters of either case are the same, and behind what may be a link or is not known the rest
 * of a path may stand anywhere. Only of a path of which nothing is known is the answer no, because
 * it would be yes for every folder.
 */
public final class TouchedPath {

  /** What happens to the path. */
  enum Reach {
    /** It, or something below it, is named. */
    NAMED,
    /** Something nobody can name is put into it or taken from it. */
    INTO,
    /** It is removed or moved with everything below it. */
    WHOLE
  }

  /**
   * What holds for every path of a command.
   *
   * @param dots whether patterns match names that begin with a dot
   * @param links whether the command may have made links before it uses them
   */
  record Surroundings(boolean dots, boolean links) {}

  private static final int NOT_PROCESS_FILES = -1;

  private final String text;
  private final Reach reach;
  private final Surroundings surroundings;
  private final List<String> names = new ArrayList<>();

  /** Where among the names the rest may begin anywhere. */
  private final BitSet anywhere = new BitSet();

  TouchedPath(String text, Reach reach, Surroundings surroundings) {
    this.text = text;
    this.reach = reach;
    this.surroundings = surroundings;
    split(text.toLowerCase(Locale.ROOT));
    if (!text.startsWith("/")) {
      anywhere.set(0);
    }
    if (surroundings.links()) {
      anywhere.set(1, Math.max(1, names.size()));
    }
    int afterProcess = afterProcess();
    if (afterProcess != NOT_PROCESS_FILES) {
      anywhere.set(afterProcess, names.size());
    }
  }

  private void split(String lower) {
    int start = 0;
    while (start <= lower.length()) {
      int slash = lower.indexOf('/', start);
      int end = slash < 0 ? lower.length() : slash;
      add(lower.substring(start, end));
      start = end + 1;
    }
  }

  private void add(String name) {
    if (name.isEmpty() || name.equals(".")) {
      return;
    }
    if (!name.equals("..")) {
      names.add(name);
      if (!PathName.isFixed(name)) {
        anywhere.set(names.size());
      }
    } else if (names.isEmpty()) {
      anywhere.set(0);
    } else {
      // Above a link is not where the link stands.
      names.remove(names.size() - 1);
      anywhere.set(names.size());
    }
  }

  /** The files of a process, {@code /proc/self/root} and its like, lead to all others. */
  private int afterProcess() {
    boolean process = names.size() > 3 && names.get(0).equals("proc") && text.startsWith("/");
    return process ? 3 : NOT_PROCESS_FILES;
  }

  /** The path as the command writes it, absolute where that is known, links and dots kept. */
  public String text() {
    return text;
  }

  /** Whether nothing in it depends on a running shell; it may hold patterns. */
  public boolean isKnown() {
    return Unknown.isKnown(text);
  }

  /** The part before the first pattern or gap, or null when there is none or it begins anywhere. */
  public @Nullable String fixedStart() {
    if (!text.startsWith("/")) {
      return null;
    }
    int slash = 0;
    while (slash >= 0) {
      int next = text.indexOf('/', slash + 1);
      String name = text.substring(slash + 1, next < 0 ? text.length() : next);
      if (!PathName.isFixed(name)) {
        return slash == 0 ? null : text.substring(0, slash);
      }
      slash = next;
    }
    return text;
  }

  /** This path where its fixed start is really that one. */
  public TouchedPath startingAt(Path real) {
    String start = fixedStart();
    String rest = start == null ? "" : text.substring(start.length());
    return new TouchedPath(real.toString().replace('\\', '/') + rest, reach, surroundings);
  }

  /**
   * Whether it may name the folder or something below it, or do something to all that is in a
   * folder above it.
   *
   * @param folder an absolute path
   * @param own how many of its last names belong to it wherever it stands; what is only known from
   *     there on is taken for the folder
   */
  public boolean mayName(Path folder, int own) {
    List<String> wanted = new ArrayList<>();
    folder.forEach(name -> wanted.add(name.toString().toLowerCase(Locale.ROOT)));
    int last = wanted.size() - Math.max(1, Math.min(own, wanted.size()));
    if (text.startsWith("/") && leadsTo(0, wanted, 0, last, true)) {
      return true;
    }
    boolean absolute = own >= wanted.size();
    for (int at = anywhere.nextSetBit(0); at >= 0; at = anywhere.nextSetBit(at + 1)) {
      // Of a path written out from the root even the last name says which one is meant.
      boolean behindGap = at > 0 && at <= names.size() && PathName.isGap(names.get(at - 1));
      if (mayStandAt(at, wanted, absolute && behindGap ? wanted.size() - 1 : last)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayStandAt(int at, List<String> wanted, int last) {
    for (int from = 0; from <= last && !wanted.isEmpty(); from++) {
      if (leadsTo(at, wanted, from, last, false)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Follows the names from one on along the wanted ones from another on.
   *
   * @param last the first of the folder's own names
   * @param known whether the wanted ones begin where the names do
   */
  private boolean leadsTo(int at, List<String> wanted, int from, int last, boolean known) {
    BitSet met = new BitSet();
    met.set(from);
    for (int i = at; i < names.size() && !met.isEmpty(); i++) {
      if (met.get(wanted.size())) {
        return true;
      }
      String name = names.get(i);
      if (PathName.isGap(name)) {
        // Where the folder's own names have begun, an unknown name may be the next of them.
        return known && met.length() - 1 > last;
      }
      if (!known && !PathName.saysSomething(name)) {
        return false;
      }
      met = next(name, wanted, met);
    }
    int furthest = met.length() - 1;
    return furthest == wanted.size() || (furthest >= 0 && includes(furthest, last, known));
  }

  private BitSet next(String name, List<String> wanted, BitSet met) {
    BitSet next = new BitSet();
    for (int j = met.nextSetBit(0); j >= 0 && j < wanted.size(); j = met.nextSetBit(j + 1)) {
      if (PathName.matches(name, wanted.get(j), surroundings.dots())) {
        next.set(j + 1);
      }
      if (PathName.hasGap(name)) {
        spread(name, wanted, j, next);
      }
    }
    return next;
  }

  /** What is not known may hold slashes. */
  private static void spread(String name, List<String> wanted, int from, BitSet next) {
    StringBuilder several = new StringBuilder(wanted.get(from));
    for (int j = from + 1; j < wanted.size(); j++) {
      several.append('/').append(wanted.get(j));
      if (PathName.matches(name, several.toString(), true)) {
        next.set(j + 1);
      }
    }
  }

  /** Whether what is done to a folder above includes the wanted one. */
  private boolean includes(int met, int last, boolean known) {
    return switch (reach) {
      case NAMED -> false;
      case INTO -> met > last;
      case WHOLE -> known || met > last;
    };
  }

  /** Sizes only: a path is what somebody typed. */
  @Override
  public String toString() {
    return "TouchedPath[" + names.size() + " names]";
  }
}
