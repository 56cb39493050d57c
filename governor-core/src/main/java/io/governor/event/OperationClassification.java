package io.governor.event;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a shell command would do, as far as its words tell (execution record, section 8.1).
 * Immutable; safe to share between threads.
 *
 * @param classifier name of the classifier, {@code shell_rules} for ours
 * @param classifierVersion version of the classifier's tables
 * @param complete whether every effect has a known domain
 * @param destructive true if any effect destroys, false if none can, null if unknown
 * @param segments one entry per simple command, in order
 */
public record OperationClassification(
    String classifier,
    int classifierVersion,
    boolean complete,
    @Nullable Boolean destructive,
    List<Segment> segments) {

  public OperationClassification {
    segments = List.copyOf(segments);
  }

  /**
   * One simple command of a command line.
   *
   * @param executable its executable, reduced to the base name when known
   * @param subcommand the sub-command, or null where the tool has none
   * @param effects what it does, in order
   */
  public record Segment(String executable, @Nullable String subcommand, List<Effect> effects) {
    public Segment {
      effects = List.copyOf(effects);
    }
  }

  /**
   * One effect of a command.
   *
   * @param domain what it touches: {@code filesystem}, {@code version_control}, {@code packages},
   *     {@code network}, {@code cloud_infrastructure}, {@code process} or {@code unknown}
   * @param action what it does there: {@code read}, {@code create}, {@code modify}, {@code delete},
   *     {@code execute} or {@code unknown}
   * @param destructive whether it destroys; null when that cannot be told
   */
  public record Effect(String domain, String action, @Nullable Boolean destructive) {
    // Written out for the sake of cold starts; see RuleId.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Effect effect
          && domain.equals(effect.domain)
          && action.equals(effect.action)
          && Objects.equals(destructive, effect.destructive);
    }

    @Override
    public int hashCode() {
      return Objects.hash(domain, action, destructive);
    }
  }
}
