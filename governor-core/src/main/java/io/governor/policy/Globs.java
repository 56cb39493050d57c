package io.governor.policy;

import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads names and globs. Stateless. */
final class Globs {

  private static final String PREFIX = "glob: ";

  private Globs() {}

  /** A name or glob, or a list of at least one. */
  static List<String> read(Located value, String what, int most) {
    List<String> globs = new ArrayList<>();
    for (Located item : value.oneOrMore(what, most)) {
      String glob = readOne(item, what);
      if (glob != null) {
        globs.add(glob);
      }
    }
    return globs;
  }

  /** A name or glob. */
  static @Nullable String readOne(Located value, String what) {
    String glob = value.text(what, PolicyBounds.NAME);
    if (glob == null) {
      return null;
    }
    try {
      Glob.of(glob);
      return glob;
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      value.refuse(
          "not a glob: "
              + (reason.startsWith(PREFIX) ? reason.substring(PREFIX.length()) : reason));
      return null;
    }
  }
}
