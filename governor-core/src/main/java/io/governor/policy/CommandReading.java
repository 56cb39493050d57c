package io.governor.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the condition {@code command}. Stateless. */
final class CommandReading {

  private static final String PROGRAM =
      "the name of a program and at most 8 words that follow it, without path and options, such as"
          + " git push";
  private static final int MOST_WORDS = 9;

  @Nullable Condition command(Located value) {
    Fields fields = value.fields(Section.COMMAND_FACTS);
    if (fields == null) {
      return null;
    }
    if (fields.keys().isEmpty()) {
      value.refuse("expected " + Words.list(Section.COMMAND_FACTS.keys()));
    }
    Boolean destructive = fields.read("destructive", Located::flag);
    List<String> runs = fields.read("runs", CommandReading::programs, List.of());
    List<String> touches = fields.read("touches", FolderReading::touched, List.of());
    Boolean complete = fields.read("complete", Located::flag);
    return destructive == null && runs.isEmpty() && touches.isEmpty() && complete == null
        ? null
        : new Condition.Command(destructive, runs, touches, complete);
  }

  private static List<String> programs(Located value) {
    List<String> programs = new ArrayList<>();
    for (Located item : value.oneOrMore(PROGRAM, PolicyBounds.LIST)) {
      String program = item.text(PROGRAM, PolicyBounds.NAME);
      if (program != null && isProgram(program.strip().split("\\s+"))) {
        programs.add(program);
      } else if (program != null) {
        item.refuse("expected " + PROGRAM);
      }
    }
    return programs;
  }

  private static boolean isProgram(String[] words) {
    return words.length <= MOST_WORDS
        && words[0].indexOf('/') < 0
        && Arrays.stream(words).noneMatch(word -> word.startsWith("-"));
  }
}
