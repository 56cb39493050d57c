package io.governor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.governor.file.RootedFiles.Inside;
import io.governor.file.RootedFiles.Outside;
import io.governor.file.RootedFiles.Verdict;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The system itself is the model: where it opens or makes a file is where the path leads. A failure
 * names its seed; {@code -Dgovernor.seed=…} brings the same trees and paths back.
 */
@DisabledOnOs(OS.WINDOWS)
class RootedFilesPropertiesTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "root", "..", "..", ".", "");

  @TempDir Path directory;
  private final long seed = Long.getLong("governor.seed", new SplittableRandom().nextLong());
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void agreesWithTheSystemOnRandomTreesOfLinks() throws IOException {
    int compared = 0;
    // So deep that no chain of links climbs out of the directory of this test.
    Path deep = directory.toRealPath().resolve("d/".repeat(60));
    for (int i = 0; i < 20; i++) {
      Path base = Files.createDirectories(deep.resolve("tree" + i));
      Path root = Files.createDirectories(base.resolve("a/root"));
      plant(base);
      for (int j = 0; j < 150; j++) {
        compared += compare(root, randomPath(base)) ? 1 : 0;
      }
    }
    assertThat(compared).as("seed %d", seed).isGreaterThan(300);
  }

  private void plant(Path base) throws IOException {
    List<Path> directories =
        new ArrayList<>(List.of(base, base.resolve("a"), base.resolve("a/root")));
    for (int i = 0; i < 15; i++) {
      Path at =
          directories
              .get(random.nextInt(directories.size()))
              .resolve("abc".charAt(random.nextInt(3)) + "");
      if (!Files.exists(at, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        plantAt(base, at, directories);
      }
    }
  }

  private void plantAt(Path base, Path at, List<Path> directories) throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> directories.add(Files.createDirectory(at));
      case 1 -> Files.writeString(at, "x");
      default -> Files.createSymbolicLink(at, Path.of(randomPath(base)));
    }
  }

  private String randomPath(Path base) {
    StringBuilder path = new StringBuilder(random.nextInt(4) == 0 ? base + "/a/root/" : "");
    int names = random.nextInt(1, 7);
    for (int i = 0; i < names; i++) {
      path.append(i == 0 ? "" : "/").append(NAMES.get(random.nextInt(NAMES.size())));
    }
    boolean elsewhere = path.indexOf("/") == 0 && path.indexOf(base.toString()) != 0;
    return path.isEmpty() || elsewhere ? "a" : path.toString();
  }

  /** Whether the system had an answer to compare with. */
  private boolean compare(Path root, String path) throws IOException {
    Verdict verdict = RootedFiles.under(List.of(root)).resolve(path, null);
    Path opened = Path.of(path.startsWith("/") ? path : root + "/" + path);
    boolean ours =
        Files.exists(opened.getParent())
            && opened.getParent().toRealPath().startsWith(directory.toRealPath());
    Path real = Files.exists(opened) ? opened.toRealPath() : ours ? made(opened) : null;
    if (real == null) {
      return false;
    }
    assertThat(verdict)
        .as("seed %d: %s", seed, path)
        .isEqualTo(real.startsWith(root) ? new Inside(real) : new Outside());
    return true;
  }

  /** Where a file made under this name lands; null when none can be made. */
  private static Path made(Path path) throws IOException {
    try (FileOutputStream file = new FileOutputStream(path.toFile())) {
      file.write('x');
    } catch (IOException e) {
      return null;
    }
    Path real = path.toRealPath();
    Files.delete(real);
    return real;
  }

  @Test
  void neverThrows() throws IOException {
    RootedTree tree = RootedTree.in(directory);
    RootedFiles files = RootedFiles.under(List.of(tree.root()));
    List<String> pieces =
        List.of(
            "..",
            "/",
            ".",
            "%",
            "2e",
            "a",
            "\\",
            "~",
            ":",
            " ",
            "\u0000",
            "\ud800",
            "\udc00",
            "\uffff",
            "é",
            "loop1",
            "up",
            "out",
            "/proc/self/",
            "😀");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        path.append(pieces.get(random.nextInt(pieces.size())));
      }
      assertThatCode(() -> files.contains(path.toString(), null))
          .as("seed %d: %s", seed, path)
          .doesNotThrowAnyException();
    }
  }
}
