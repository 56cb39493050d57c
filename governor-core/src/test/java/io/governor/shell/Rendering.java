package io.governor.shell;

import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Effect;
import io.governor.event.OperationClassification.Segment;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A classification in one line, as the data file of the tests writes it. */
final class Rendering {
  private Rendering() {}

  static String of(OperationClassification classification) {
    return segments(classification)
        + " | "
        + (classification.complete() ? "complete " : "incomplete ")
        + letter(classification.destructive())
        + " "
        + ShellClassifier.targetSystem(classification);
  }

  static String segments(OperationClassification classification) {
    String segments =
        classification.segments().stream()
            .map(Rendering::segment)
            .collect(Collectors.joining(" ; "));
    return segments.isEmpty() ? "no segments" : segments;
  }

  private static String segment(Segment segment) {
    String executable = segment.executable().isEmpty() ? "\"\"" : segment.executable();
    String subcommand = segment.subcommand() == null ? "" : " " + segment.subcommand();
    String effects =
        segment.effects().stream().map(Rendering::effect).collect(Collectors.joining(", "));
    return executable + subcommand + ": " + (effects.isEmpty() ? "nothing" : effects);
  }

  private static String effect(Effect effect) {
    String name =
        effect.domain().equals("unknown") && effect.action().equals("unknown")
            ? "unknown"
            : effect.domain() + "/" + effect.action();
    return name + " " + letter(effect.destructive());
  }

  private static String letter(@Nullable Boolean destructive) {
    return destructive == null ? "N" : destructive ? "T" : "F";
  }
}
