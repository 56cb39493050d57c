package io.governor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session is for, recorded in INTENT_DECLARED (execution record, sections 2.2 and 9.3).
 * Immutable. The objective is text the host chose to record; {@link #toString()} shows its length
 * only.
 *
 * @param objective the objective, or null when none was stated
 * @param source where it came from
 * @param authorizationClaim who authorized it, or null
 * @param scopeHint the systems it needs, such as {@code crm.read}
 */
public record Intent(
    @Nullable String objective,
    Source source,
    @Nullable String authorizationClaim,
    List<String> scopeHint) {

  /** Where an intent came from. */
  public enum Source {
    /** Given by the integrating code. */
    EXPLICIT("explicit", "explicit"),
    /** Taken from run input, or declared by the agent itself. */
    INFERRED("inferred", "inferred_low"),
    /** Not stated. */
    NONE("none", "unknown");

    private final String wireName;
    private final String confidence;

    Source(String wireName, String confidence) {
      this.wireName = wireName;
      this.confidence = confidence;
    }

    /** The word used in traces. */
    public String wireName() {
      return wireName;
    }

    /** The confidence that goes with the source. */
    public String confidence() {
      return confidence;
    }
  }

  public Intent {
    scopeHint = List.copyOf(scopeHint);
  }

  /** An intent given by the integrating code. */
  public static Intent explicit(String objective, String... scopeHint) {
    return new Intent(objective, Source.EXPLICIT, null, List.of(scopeHint));
  }

  /** An intent taken from run input. */
  public static Intent inferred(String objective, List<String> scopeHint) {
    return new Intent(objective, Source.INFERRED, null, scopeHint);
  }

  /** No intent; the hint still says which systems are expected. */
  public static Intent none(String... scopeHint) {
    return new Intent(null, Source.NONE, null, List.of(scopeHint));
  }

  /** The same intent with a claim of who authorized it. */
  public Intent authorizedBy(@Nullable String claim) {
    return new Intent(objective, source, claim, scopeHint);
  }

  @Override
  public String toString() {
    String length = objective == null ? "none" : objective.length() + " characters";
    return "Intent[objective: "
        + length
        + ", "
        + source.wireName()
        + ", hint: "
        + scopeHint.size()
        + "]";
  }
}
