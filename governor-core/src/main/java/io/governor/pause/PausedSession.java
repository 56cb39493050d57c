package io.governor.pause;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session that makes no calls until it is released. Immutable.
 *
 * @param name what it is released by: its id where that is harmless, else the name of its trace
 *     file; at most 128 characters of {@code a-z0-9-~}
 * @param sessionId the session's id; null where it is too long to be kept, or the file cannot be
 *     read
 * @param by the id of the rule that paused it, {@link #OPERATOR}, or {@link #UNKNOWN} where the
 *     file cannot be read
 * @param since when it was paused
 * @param policyRevision the revision of the policy in force then; null without one
 */
public record PausedSession(
    String name,
    @Nullable String sessionId,
    String by,
    Instant since,
    @Nullable Long policyRevision) {

  /** A person paused it, with the command or from Java. */
  public static final String OPERATOR = "operator";

  /** It is paused, and what says by whom cannot be read. */
  public static final String UNKNOWN = "unknown";

  /** Whether a person paused it rather than a rule. */
  public boolean byOperator() {
    return by.equals(OPERATOR);
  }
}
