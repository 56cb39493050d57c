package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a table says about one command.
 *
 * @param subcommand the words of its sub-command as typed, empty where it has none
 * @param listed which of those words stand in the tables; any other may be something the user wrote
 * @param effects what it does, in order
 */
record Outcome(List<String> subcommand, Predicate<String> listed, List<Effect> effects) {
  static final Outcome UNKNOWN = of(Effects.ONLY_UNKNOWN);

  Outcome {
    subcommand = List.copyOf(subcommand);
    effects = List.copyOf(effects);
  }

  /** The outcome of a command without sub-commands. */
  static Outcome of(List<Effect> effects) {
    return new Outcome(List.of(), word -> false, effects);
  }

  /** Sizes only: an unlisted sub-command word may be anything. */
  @Override
  public String toString() {
    return "Outcome[subcommand=" + subcommand.size() + " words, effects=" + effects + "]";
  }
}
