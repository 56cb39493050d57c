package io.governor;

import io.governor.pattern.Glob;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names and globs of tools that are refused, which also match names that only look like the ones
 * meant: case, blanks, invisible and compatible characters make no difference. Immutable; safe to
 * share between threads.
 */
final class FoldedGlobs {

  static final FoldedGlobs NONE = new FoldedGlobs(List.of());

  private final List<Glob> written;
  private final List<Glob> folded;

  /**
   * @throws IllegalArgumentException if a glob is malformed
   */
  FoldedGlobs(List<String> namesOrGlobs) {
    this.written = globs(namesOrGlobs);
    List<Glob> all = new ArrayList<>(namesOrGlobs.size());
    for (String each : namesOrGlobs) {
      all.add(foldedGlob(each));
    }
    this.folded = List.copyOf(all);
  }

  static List<Glob> globs(List<String> namesOrGlobs) {
    List<Glob> globs = new ArrayList<>(namesOrGlobs.size());
    for (String each : namesOrGlobs) {
      globs.add(Glob.of(each));
    }
    return List.copyOf(globs);
  }

  /** What folding makes meaningless, such as a range of letters, is meant as it is written. */
  private static Glob foldedGlob(String written) {
    try {
      return Glob.of(folded(written));
    } catch (IllegalArgumentException e) {
      return Glob.of(written);
    }
  }

  boolean matches(String tool) {
    return first(tool) >= 0;
  }

  /** The place of the first that matches, or -1. */
  int first(String tool) {
    String plain = written.isEmpty() ? tool : folded(tool);
    for (int i = 0; i < written.size(); i++) {
      if (written.get(i).matches(tool) || folded.get(i).matches(plain)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the name is of visible ASCII characters, which no other characters are taken for. */
  static boolean isPlain(String tool) {
    for (int i = 0; i < tool.length(); i++) {
      char c = tool.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static String folded(String name) {
    String folded =
        isPlain(name) ? name : LookAlikes.plain(Normalizer.normalize(name, Normalizer.Form.NFKC));
    return folded.toLowerCase(Locale.ROOT);
  }
}
