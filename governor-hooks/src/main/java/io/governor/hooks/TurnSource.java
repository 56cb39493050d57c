package io.governor.hooks;

import io.governor.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an agent keeps what its model turns used. */
@FunctionalInterface
interface TurnSource {

  /** An agent whose transcripts are not read: nobody can say whether there were turns. */
  TurnSource UNTOLD = () -> new Turns(List.of(), null, false);

  /** Reads the turns; never throws for what the source holds. */
  Turns read();

  /**
   * The turns of a session.
   *
   * @param usages one per turn, in order of appearance
   * @param problem why turns may be missing, or null when nothing went wrong
   * @param complete whether the source was read to its end
   */
  record Turns(List<TokenUsage> usages, @Nullable String problem, boolean complete) {

    public Turns {
      usages = List.copyOf(usages);
    }

    Turns(List<TokenUsage> usages, @Nullable String problem) {
      this(usages, problem, problem == null);
    }

    /** Nothing is known. */
    static Turns unknown(String problem) {
      return new Turns(List.of(), problem);
    }

    /**
     * Whether they alone are reason enough to begin a record: some turn used tokens or called a
     * tool, or that cannot be decided (execution record, section 9.5).
     */
    boolean beginRecord() {
      return !complete || usages.stream().anyMatch(Turns::isPopulated);
    }

    private static boolean isPopulated(TokenUsage usage) {
      return usage.promptTokens() != null
          || usage.completionTokens() != null
          || usage.cachedReadTokens() != null
          || usage.cachedWriteTokens() != null
          || !usage.toolUseIds().isEmpty();
    }
  }
}
