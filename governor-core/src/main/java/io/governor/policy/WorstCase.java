package io.governor.policy;

import org.jspecify.annotations.Nullable;

/**
 * The most that one rule costs one call; what is not said here costs next to nothing. Immutable.
 *
 * @param patterns patterns and globs that are searched for in arguments
 * @param characters characters that they read together before the rule counts as one that cannot be
 *     evaluated; 0 without patterns
 * @param paths arguments whose path is followed through the file system
 * @param readsCommand whether the call's command is read, which happens once for all rules
 * @param commandPaths whether each path that the command names is followed too
 * @param detects whether detectors scan the call, which happens once for all rules
 */
public record WorstCase(
    int patterns,
    int characters,
    int paths,
    boolean readsCommand,
    boolean commandPaths,
    boolean detects) {

  /** The worst case of a rule. */
  public static WorstCase of(PolicyRule rule) {
    Sum sum = new Sum();
    sum.add(rule.when());
    return new WorstCase(
        sum.patterns,
        sum.patterns == 0 ? 0 : Budget.CHARACTERS,
        sum.paths,
        sum.readsCommand,
        sum.commandPaths,
        sum.detects);
  }

  /** Adds up the parts of a condition, which nests a bounded number of levels. */
  private static final class Sum {
    private int patterns;
    private int paths;
    private boolean readsCommand;
    private boolean commandPaths;
    private boolean detects;

    void add(@Nullable Condition condition) {
      if (condition instanceof Condition.Argument argument) {
        add(argument.comparison());
      } else if (condition instanceof Condition.Command command) {
        readsCommand = true;
        commandPaths |= !command.touches().isEmpty();
      } else if (condition instanceof Condition.Detect) {
        detects = true;
      } else if (condition != null) {
        ConditionParts.of(condition).forEach(this::add);
      }
    }

    private void add(Comparison comparison) {
      if (comparison instanceof Comparison.Not not) {
        add(not.comparison());
      } else if (comparison instanceof Comparison.Inside) {
        paths++;
      } else if (comparison instanceof Comparison.Matches
          || comparison instanceof Comparison.MatchesGlob) {
        patterns++;
      }
    }
  }
}
