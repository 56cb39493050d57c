package io.governor.hooks.scan;

import io.governor.detect.Detections;
import io.governor.detect.Detectors;
import io.governor.file.RootedFiles;
import io.governor.shell.ShellClassifier;
import io.governor.shell.ShellCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One call of a transcript.
 *
 * @param tool its tool
 * @param input its arguments
 * @param folder where the session worked at the time, or null
 */
record ScannedCall(String tool, Map<?, ?> input, @Nullable Path folder) {

  private static final Set<String> WRITING = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");
  private static final Set<String> CHANGES = Set.of("create", "modify", "delete");
  private static final ShellClassifier CLASSIFIER = new ShellClassifier();
  private static final Detectors DETECTORS = Detectors.builtIn();
  private static final Set<String> SECRETS = DETECTORS.select(List.of("secret"));

  /** Whether it writes outside the project. */
  boolean isOutside(@Nullable RootedFiles project) {
    if (project == null) {
      return false;
    }
    if (WRITING.contains(tool)) {
      Object path =
          input.containsKey("file_path") ? input.get("file_path") : input.get("notebook_path");
      return path instanceof String file && !project.contains(file, folder);
    }
    return command() != null && writesOutside(command(), project);
  }

  private boolean writesOutside(String command, RootedFiles project) {
    if (!changesFiles(command)) {
      return false;
    }
    return ShellCommand.read(command, folder, null).touched().stream()
        .filter(path -> path.isAbsolute() && !path.startsWith("/dev"))
        .anyMatch(path -> !project.contains(path.toString(), folder));
  }

  private static boolean changesFiles(String command) {
    return CLASSIFIER.classify(command).segments().stream()
        .flatMap(segment -> segment.effects().stream())
        .anyMatch(
            effect -> effect.domain().equals("filesystem") && CHANGES.contains(effect.action()));
  }

  boolean isDestructive() {
    return command() != null && ShellCommand.read(command(), folder, null).destructive();
  }

  /** How many secrets its arguments hold, by detector. */
  Map<String, Integer> secrets() {
    Map<String, Integer> counts = new TreeMap<>(Detections.of(input, DETECTORS).counts());
    counts.keySet().retainAll(SECRETS);
    return counts;
  }

  private @Nullable String command() {
    return tool.equals("Bash") && input.get("command") instanceof String command ? command : null;
  }

  static @Nullable Path path(@Nullable Object text) {
    try {
      Path path = text instanceof String name && !name.isEmpty() ? Path.of(name) : null;
      return path != null && path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Sizes only. */
  @Override
  public String toString() {
    return "ScannedCall[" + input.size() + " arguments]";
  }
}
