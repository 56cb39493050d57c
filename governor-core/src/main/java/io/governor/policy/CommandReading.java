package io.governor.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the condition {@code command}. Stateless. */
final class CommandReading {

  @Nullable Condition command(Located value) {
    Fields fields = value.fields(Section.COMMAND_FACTS);
    if (fields == null) {
      return null;
    }
    if (fields.keys().isEmpty()) {
      value.refuse("expected " + Words.list(Section.COMMAND_FACTS.keys()));
    }
    Boolean destructive = fields.read("destructive", Located::flag);
    List<String> runs =
        fields.read(
            "runs",
            each -> each.texts("a program, or a program and its leading words", PolicyBounds.LIST),
            List.of());
    List<String> touches = fields.read("touches", Folders::touched, List.of());
    Boolean complete = fields.read("complete", Located::flag);
    return destructive == null && runs.isEmpty() && touches.isEmpty() && complete == null
        ? null
        : new Condition.Command(destructive, runs, touches, complete);
  }
}
