package io.governor.shell;

import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Effect;
import io.governor.event.OperationClassification.Segment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Classifies shell commands by what their words say they would do (execution record, section 8). It
 * executes nothing and is no shell parser: what it does not recognise is unknown. Stateless;
 * threads may share one.
 *
 * <p>It refuses nothing and throws for no input. Time and memory grow in proportion to the command.
 *
 * <p>The classification never holds arguments or paths. Names that stand in the tables are written
 * as they are; the name of an unrecognised executable and an unrecognised sub-command word are
 * written as {@code ?}.
 */
public final class ShellClassifier {
  private static final String NAME = "shell_rules";
  private static final int VERSION = 1;

  private final SegmentClassifier segments;

  /** Creates a classifier. */
  public ShellClassifier() {
    this(word -> "?");
  }

  /**
   * @param wordFilter how an unrecognised name is written; must be safe to share between threads
   *     and must not throw
   */
  ShellClassifier(UnaryOperator<String> wordFilter) {
    this.segments = new SegmentClassifier(new Wording(wordFilter));
  }

  /**
   * Classifies a command.
   *
   * @param command the command as the tool call gives it; anything but a {@code String} is one
   *     segment of unknown effect
   * @return what its parts would do, in order; no segments for a command that is empty
   */
  public OperationClassification classify(@Nullable Object command) {
    if (command instanceof String text) {
      return classification(
          CommandReader.read(text).stream()
              .map(segments::segment)
              .filter(Objects::nonNull)
              .toList());
    }
    return classification(List.of(new Segment("", null, Effects.ONLY_UNKNOWN)));
  }

  /**
   * The target of the tool call: {@code shell/<domain>} when the classification is complete and
   * exactly one domain occurs in it, else {@code shell} (execution record, section 8.1).
   *
   * @param classification a classification made here
   * @return the target system
   */
  public static String targetSystem(OperationClassification classification) {
    Set<String> domains =
        classification.segments().stream()
            .flatMap(segment -> segment.effects().stream())
            .map(Effect::domain)
            .collect(Collectors.toSet());
    boolean certain = classification.complete() && domains.size() == 1;
    return certain ? "shell/" + domains.iterator().next() : "shell";
  }

  private static OperationClassification classification(List<Segment> segments) {
    List<Effect> effects =
        segments.stream().flatMap(segment -> segment.effects().stream()).toList();
    boolean complete =
        effects.stream().noneMatch(effect -> effect.domain().equals(Effects.UNKNOWN.domain()));
    return new OperationClassification(
        NAME, VERSION, complete, destructive(complete, effects), segments);
  }

  private static @Nullable Boolean destructive(boolean complete, List<Effect> effects) {
    if (effects.stream().anyMatch(effect -> Boolean.TRUE.equals(effect.destructive()))) {
      return true;
    }
    boolean harmless =
        complete && effects.stream().allMatch(effect -> Boolean.FALSE.equals(effect.destructive()));
    return harmless ? false : null;
  }
}
