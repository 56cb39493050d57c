package io.governor.shell;

import io.governor.shell.TouchedPath.Reach;
import io.governor.shell.TouchedPath.Surroundings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command text was found to do. Used by one thread while it is read. */
final class Findings {
  private static final int MAX_TOUCHED = 20_000;

  /**
   * A program and the words after it.
   *
   * @param program its base name
   * @param arguments the words after it
   */
  record Run(String program, List<String> arguments) {
    @Override
    public String toString() {
      return "Run[" + arguments.size() + " words]";
    }
  }

  private final ReadingBudget budget;
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, Reach> touched = new LinkedHashMap<>();
  private final Map<String, Reach> hinted = new LinkedHashMap<>();
  private final Map<String, Reach> possible = new LinkedHashMap<>();
  private boolean unsure;
  private boolean dots;
  private boolean links;
  private boolean dropped;
  private @Nullable Loss loss;

  Findings(ReadingBudget budget) {
    this.budget = budget;
  }

  void run(String program, List<String> arguments) {
    runs.add(new Run(program, arguments));
  }

  /** The first loss is the one told. */
  void loss(@Nullable Loss found) {
    loss = loss == null ? found : loss;
  }

  /** A path that the form or the place of a word makes one. */
  void touch(String path, Reach reach) {
    note(touched, path, reach);
  }

  /** What some program could take for a path. */
  void hint(String path, Reach reach) {
    if (!touched.containsKey(path) || reach != Reach.NAMED) {
      note(hinted, path, reach);
    }
  }

  /** A path that a variable may hold; it counts where a value is used that is not known. */
  void possible(String path) {
    note(possible, path, Reach.NAMED);
  }

  /** A variable is used whose value is not known for sure. */
  void unsure() {
    unsure = true;
  }

  private void note(Map<String, Reach> paths, String path, Reach reach) {
    if (touched.size() + hinted.size() + possible.size() >= MAX_TOUCHED) {
      dropped = true;
      budget.incomplete();
    } else {
      paths.merge(path, reach, (before, now) -> before.compareTo(now) < 0 ? now : before);
    }
  }

  /** Patterns match names that begin with a dot from here on. */
  void dots() {
    dots = true;
  }

  /** From here on paths may lead over links that were not there before. */
  void links() {
    links = true;
  }

  /** Whether there were more paths than are kept. */
  boolean dropped() {
    return dropped;
  }

  @Nullable Loss loss() {
    return loss;
  }

  List<Run> runs() {
    return List.copyOf(runs);
  }

  List<Path> touched() {
    List<Path> paths = new ArrayList<>();
    for (String path : touched.keySet()) {
      @Nullable String plain = Unknown.isKnown(path) ? LexicalPath.resolve("", path) : null;
      if (plain != null) {
        add(plain.isEmpty() ? "." : plain, paths);
      }
    }
    return List.copyOf(paths.stream().distinct().toList());
  }

  private void add(String path, List<Path> paths) {
    try {
      paths.add(Path.of(path));
    } catch (InvalidPathException e) {
      budget.incomplete();
    }
  }

  /** The same paths as they are written, and those that are not known in full. */
  List<TouchedPath> named() {
    return written(touched);
  }

  List<TouchedPath> hinted() {
    Map<String, Reach> all = new LinkedHashMap<>(hinted);
    if (unsure) {
      possible.forEach(all::putIfAbsent);
    }
    return written(all);
  }

  private List<TouchedPath> written(Map<String, Reach> paths) {
    Surroundings surroundings = new Surroundings(dots, links);
    return paths.entrySet().stream()
        .map(path -> new TouchedPath(path.getKey(), path.getValue(), surroundings))
        .toList();
  }
}
