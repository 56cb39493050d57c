package io.governor.hooks;

import io.governor.config.ConfigFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is answered where there is no engine to ask: its policy or configuration is refused, or
 * something of ours failed. A file that cannot be read as what it is may have been meant to be
 * acted on, unless it speaks of nothing of the kind.
 *
 * @param agent the agent's name, as it was given
 * @param settings what the operator says, or null when that could not be read
 */
record Undecided(String agent, Path stateRoot, @Nullable HookSettings settings) {

  private static final long LARGEST = 4L << 20;

  /** The answer, which is counted as a failure. */
  HookReply answer(HookProblem problem, InstantSource clock) {
    HookAgent known = HookAgent.named(agent);
    String name = known == null ? "unknown" : agent;
    try {
      HookFailures.at(stateRoot)
          .add(name, new TreeMap<>(Map.of(problem.reason(), 1L)), clock.instant());
    } catch (IOException | RuntimeException e) {
      // Said on the error stream, and there is nowhere else to put it.
    }
    if (!isClosed()) {
      return HookReply.remark("governor hook " + name + ": " + problem.text());
    }
    String reason = HookEngine.refused(problem.text());
    return known == null ? AnswerWriter.exitTwo(reason) : known.answers().refusal(reason);
  }

  private boolean isClosed() {
    HookSettings known = settings;
    if (known == null) {
      return speaksOf(stateRoot.resolve(ConfigFile.NAME), "closed")
          || speaksOf(HookEngine.policyFile(stateRoot, HookSettings.DEFAULT), "enforce");
    }
    return switch (known.onFailure()) {
      case OPEN -> false;
      case CLOSED -> true;
      case BY_MODE -> speaksOf(HookEngine.policyFile(stateRoot, known), "enforce");
    };
  }

  private static boolean speaksOf(Path file, String word) {
    try {
      return Files.exists(file)
          && (Files.size(file) > LARGEST
              || new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                  .toLowerCase(Locale.ROOT)
                  .contains(word));
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }
}
