package io.governor.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a command text was found to do. Used by one thread while it is read. */
final class Findings {
  private static final int MAX_TOUCHED = 20_000;

  /**
   * A program and the words its sub-command is among.
   *
   * @param program its base name
   * @param leading its first words
   */
  record Run(String program, List<String> leading) {
    Run {
      leading = List.copyOf(leading);
    }

    @Override
    public String toString() {
      return "Run[" + leading.size() + " words]";
    }
  }

  private final ReadingBudget budget;
  private final List<Run> runs = new ArrayList<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private @Nullable Loss loss;

  Findings(ReadingBudget budget) {
    this.budget = budget;
  }

  void run(String program, List<String> arguments) {
    runs.add(new Run(program, arguments.subList(0, Math.min(arguments.size(), LeadingWords.MAX))));
  }

  /** The first loss is the one told. */
  void loss(@Nullable Loss found) {
    loss = loss == null ? found : loss;
  }

  void touch(String path) {
    touched.add(path);
  }

  /** Whether one more path may be noted. */
  boolean mayTouch() {
    if (touched.size() == MAX_TOUCHED) {
      budget.incomplete();
    }
    return touched.size() < MAX_TOUCHED;
  }

  @Nullable Loss loss() {
    return loss;
  }

  List<Run> runs() {
    return List.copyOf(runs);
  }

  List<Path> touched() {
    List<Path> paths = new ArrayList<>();
    for (String path : touched) {
      try {
        paths.add(Path.of(path));
      } catch (InvalidPathException e) {
        budget.incomplete();
      }
    }
    return List.copyOf(paths);
  }
}
