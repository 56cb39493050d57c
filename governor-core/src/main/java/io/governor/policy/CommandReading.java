package io.governor.policy;

import io.governor.shell.CommandPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the condition {@code command}. Stateless. */
final class CommandReading {

  private static final String PROGRAM =
      "the name of a program without path, and at most 8 words and options without values, such as"
          + " git push --force";

  @Nullable Condition command(Located value) {
    Fields fields = value.fields(Section.COMMAND_FACTS);
    if (fields == null) {
      return null;
    }
    if (fields.keys().isEmpty()) {
      value.refuse("expected " + Words.list(Section.COMMAND_FACTS.keys()));
    }
    Boolean destructive = fields.flag("destructive");
    Located programs = fields.get("runs");
    List<String> runs = programs == null ? List.of() : programs(programs);
    Located folders = fields.get("touches");
    List<String> touches = folders == null ? List.of() : FolderReading.touched(folders);
    Boolean complete = fields.flag("complete");
    return destructive == null && runs.isEmpty() && touches.isEmpty() && complete == null
        ? null
        : new Condition.Command(destructive, runs, touches, complete);
  }

  private static List<String> programs(Located value) {
    List<String> programs = new ArrayList<>();
    for (Located item : value.oneOrMore(PROGRAM, PolicyBounds.LIST)) {
      String program = item.text(PROGRAM, PolicyBounds.NAME);
      if (program != null && isProgram(program)) {
        programs.add(program);
      } else if (program != null) {
        item.refuse("expected " + PROGRAM);
      }
    }
    return programs;
  }

  private static boolean isProgram(String text) {
    try {
      return !CommandPattern.of(text).program().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
