package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The notation in which the tables of this package write effects: {@code network/read F, modify N}
 * is an effect of domain {@code network} followed by one of the table's own domain. The letters are
 * those of the execution record, section 8.3: {@code T} destroys, {@code F} does not, {@code N}
 * cannot be told.
 */
final class Effects {
  /** The effect of whatever is not recognised. */
  static final Effect UNKNOWN = new Effect("unknown", "unknown", null);

  static final List<Effect> ONLY_UNKNOWN = List.of(UNKNOWN);

  private static final Set<String> DOMAINS =
      Set.of(
          "filesystem",
          "version_control",
          "packages",
          "network",
          "cloud_infrastructure",
          "process");
  private static final Set<String> ACTIONS =
      Set.of("read", "create", "modify", "delete", "execute");

  private Effects() {}

  static List<Effect> of(String domain, String notation) {
    List<Effect> effects = new ArrayList<>();
    StringTokenizer parts = new StringTokenizer(notation, ",");
    while (parts.hasMoreTokens()) {
      effects.add(effect(domain, parts.nextToken().strip()));
    }
    return List.copyOf(effects);
  }

  private static Effect effect(String domain, String part) {
    int slash = part.indexOf('/');
    int blank = part.indexOf(' ');
    String ownDomain = slash < 0 ? domain : part.substring(0, slash);
    String action = part.substring(slash + 1, blank);
    // A slip in a table should fail the first test that loads it, not lie in a trace.
    if (!DOMAINS.contains(ownDomain) || !ACTIONS.contains(action)) {
      throw new IllegalArgumentException("not an effect: " + part);
    }
    return new Effect(ownDomain, action, destructive(part.substring(blank + 1)));
  }

  private static @Nullable Boolean destructive(String letter) {
    return switch (letter) {
      case "T" -> true;
      case "F" -> false;
      case "N" -> null;
      default -> throw new IllegalArgumentException("neither T, F nor N: " + letter);
    };
  }
}
