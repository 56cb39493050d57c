package io.governor.trace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/**
 * Looks at the traces of a state root part by part, so that each look is bounded and any process
 * may go on where another stopped: a trace belongs to the part that the hash of its name says. So
 * one that is there all the while is looked at exactly once, whatever comes and goes meanwhile.
 * Names are read in every part, which costs a hundredth of looking. Links are not followed, and
 * what cannot be looked at is passed over. Stateless.
 */
final class PruneSurvey {

  /** How many traces a part has, more or less. */
  static final int PART = 128;

  private PruneSurvey() {}

  /** How many parts there are to be. */
  static int parts(Path traces) throws IOException {
    long[] count = new long[1];
    names(traces, file -> count[0]++);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (count[0] + PART - 1) / PART));
  }

  /** Looks at the traces of one part. */
  static void look(Path traces, int part, int parts, Consumer<PruneCandidate> found)
      throws IOException {
    names(
        traces,
        file -> {
          if (Math.floorMod(String.valueOf(file.getFileName()).hashCode(), parts) == part) {
            look(file, found);
          }
        });
  }

  private static void look(Path file, Consumer<PruneCandidate> found) {
    try {
      BasicFileAttributes seen =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (seen.isRegularFile()) {
        found.accept(PruneCandidate.of(file, seen));
      }
    } catch (IOException e) {
      // Removed since its folder was listed, or nobody may look at it.
    }
  }

  private static void names(Path traces, Consumer<Path> visitor) throws IOException {
    try (DirectoryStream<Path> surfaces = Files.newDirectoryStream(traces)) {
      for (Path surface : surfaces) {
        if (Files.isDirectory(surface, LinkOption.NOFOLLOW_LINKS)) {
          namesIn(surface, visitor);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void namesIn(Path surface, Consumer<Path> visitor) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(surface)) {
      for (Path file : files) {
        if (file.toString().endsWith(TraceFiles.SUFFIX)) {
          visitor.accept(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What was listed of it until then counts.
    }
  }
}
