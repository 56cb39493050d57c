package io.governor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host knows about a result: recorded in CONTEXT_SNAPSHOT (execution record, section 9.2).
 * A null field means the default applies; an empty list means "none, on purpose". Immutable.
 *
 * @param classifications the classes of the data, such as {@code internal} or {@code pii}
 * @param source who says so: {@code explicit}, {@code vendor} or {@code unclassified}; null means
 *     {@code explicit} when classifications are given, else {@code unclassified}
 * @param provenance where the data came from; null means the call's target
 * @param retentionFlags what may be kept
 * @param authorization who authorized the data's sensitivity, or null
 * @param usage the tokens of the model turn that asked for the call, or null
 */
public record ResultHint(
    @Nullable List<String> classifications,
    @Nullable String source,
    @Nullable List<String> provenance,
    @Nullable List<String> retentionFlags,
    @Nullable String authorization,
    @Nullable TokenUsage usage) {

  /** Nothing is known: the defaults apply. */
  public static final ResultHint NONE = new ResultHint(null, null, null, null, null, null);

  public ResultHint {
    classifications = classifications == null ? null : List.copyOf(classifications);
    provenance = provenance == null ? null : List.copyOf(provenance);
    retentionFlags = retentionFlags == null ? null : List.copyOf(retentionFlags);
  }

  /** Data that the integrating code classifies. */
  public static ResultHint classified(String... classifications) {
    return new ResultHint(List.of(classifications), "explicit", null, null, null, null);
  }

  /** The same hint with the token usage of the turn. */
  public ResultHint with(@Nullable TokenUsage newUsage) {
    return new ResultHint(
        classifications, source, provenance, retentionFlags, authorization, newUsage);
  }

  /** The same hint with who authorized it. */
  public ResultHint authorizedBy(String claim) {
    return new ResultHint(classifications, source, provenance, retentionFlags, claim, usage);
  }

  /** This hint where it says something, the other one elsewhere. */
  public ResultHint orElse(ResultHint other) {
    return new ResultHint(
        classifications == null ? other.classifications : classifications,
        classifications == null && source == null ? other.source : source,
        provenance == null ? other.provenance : provenance,
        retentionFlags == null ? other.retentionFlags : retentionFlags,
        authorization == null ? other.authorization : authorization,
        usage == null ? other.usage : usage);
  }
}
