package io.governor.shell;

import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Effect;
import io.governor.event.OperationClassification.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
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
    if (!(command instanceof String text)) {
      return classification(List.of(new Segment("", null, Effects.ONLY_UNKNOWN)));
    }
    List<Segment> found = new ArrayList<>();
    for (SimpleCommand simple : CommandReader.read(text)) {
      @Nullable Segment segment = segments.segment(simple);
      if (segment != null) {
        found.add(segment);
      }
    }
    return classification(found);
  }

  /**
   * The target of the tool call: {@code shell/<domain>} when the classification is complete and
   * exactly one domain occurs in it, else {@code shell} (execution record, section 8.1).
   *
   * @param classification a classification made here
   * @return the target system
   */
  public static String targetSystem(OperationClassification classification) {
    Set<String> domains = new HashSet<>();
    for (Effect effect : effects(classification.segments())) {
      domains.add(effect.domain());
    }
    boolean certain = classification.complete() && domains.size() == 1;
    return certain ? "shell/" + domains.iterator().next() : "shell";
  }

  private static OperationClassification classification(List<Segment> segments) {
    boolean complete = true;
    boolean destructive = false;
    boolean harmless = true;
    for (Effect effect : effects(segments)) {
      complete &= !effect.domain().equals(Effects.UNKNOWN.domain());
      destructive |= Boolean.TRUE.equals(effect.destructive());
      harmless &= Boolean.FALSE.equals(effect.destructive());
    }
    @Nullable Boolean otherwise = (complete && harmless) ? Boolean.FALSE : null;
    return new OperationClassification(
        NAME, VERSION, complete, destructive ? Boolean.TRUE : otherwise, segments);
  }

  private static List<Effect> effects(List<Segment> segments) {
    List<Effect> effects = new ArrayList<>();
    for (Segment segment : segments) {
      effects.addAll(segment.effects());
    }
    return effects;
  }
}
