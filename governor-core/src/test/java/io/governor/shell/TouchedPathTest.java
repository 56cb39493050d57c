package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.shell.TouchedPath.Reach;
import io.governor.shell.TouchedPath.Surroundings;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failure names its seed; {@code -Dgovernor.seed=…} brings the same patterns back. */
class TouchedPathTest {
  private static final Path FOLDER = Path.of("/home/me/.tool/conf");
  private static final Surroundings PLAIN = new Surroundings(false, false);

  /** {@code $} stands for what only a running shell knows. */
  @ParameterizedTest
  @CsvSource({
    "/home/me/.tool/conf, NAMED, yes",
    "/home/me/.tool/conf/x/y, NAMED, yes",
    "/HOME/me/.Tool/conf, NAMED, yes",
    "/home/me/.tool, NAMED, no",
    "/home/me/.tool, INTO, yes",
    "/home/me, INTO, no",
    "/home/me, WHOLE, yes",
    "/, WHOLE, yes",
    "/home/you, WHOLE, no",
    "/home/me/.tool/config, NAMED, no",
    "/home/*/.t*/c?nf, NAMED, yes",
    "/home/me/*/conf, NAMED, no",
    "/home/me/.*/conf, NAMED, yes",
    "/home/me/.[tu]ool/conf, NAMED, yes",
    "'/home/me/.{tool,x}/conf', NAMED, yes",
    "/home/me/.{a..z}ool/conf, NAMED, yes",
    "/home/me/{tool}/conf, NAMED, no",
    "$/.tool/conf, NAMED, yes",
    "$/me/.tool/conf, NAMED, yes",
    "$/conf, NAMED, no",
    "$, WHOLE, no",
    "/home/me/$, WHOLE, no",
    "/home/me/$, NAMED, no",
    "/home/me/.tool/$, NAMED, yes",
    "/home/me/.tool/$/x, NAMED, yes",
    "/home/$, NAMED, no",
    "/home/me/.to$, NAMED, yes",
    "/home/me/.to$f, NAMED, yes",
    "/home/me/$conf, NAMED, yes",
    "$/.tool, INTO, yes",
    "$/me, WHOLE, no",
    "x/.tool/conf, NAMED, no",
    "me/.tool/conf, NAMED, yes",
    "/srv/x/.tool/conf, NAMED, no",
    "/srv/x/../.tool/conf, NAMED, yes",
    "/srv/*/.tool/conf, NAMED, yes",
    "/proc/1/root/home/me/.tool/conf, NAMED, yes",
    "/home/./me//x/../.tool/conf, NAMED, yes"
  })
  void mayNameAFolderWhereItCould(String path, Reach reach, String expected) {
    String text = path.replace('$', Unknown.VALUE);

    boolean may = new TouchedPath(text, reach, PLAIN).mayName(FOLDER, 2);

    assertThat(may ? "yes" : "no").isEqualTo(expected);
  }

  /** As for a folder that a policy writes out from the root. */
  @ParameterizedTest
  @CsvSource({
    "$/shadow, yes",
    "$/x/shadow, no",
    "$/etc/shadow, yes",
    "/etc/$, yes",
    "/$, no",
    "$, no",
    "$/$, no",
    "$/etc, no",
    "shadow, no"
  })
  void ofAPathWrittenOutFromTheRootALastNameOrAFirstOneIsDoubtEnough(String path, String expected) {
    String text = path.replace('$', Unknown.VALUE);

    boolean may = new TouchedPath(text, Reach.NAMED, PLAIN).mayName(Path.of("/etc/shadow"), 2);

    assertThat(may ? "yes" : "no").isEqualTo(expected);
  }

  @Test
  void newLinksMayLeadFromAnywhere() {
    TouchedPath path =
        new TouchedPath("/srv/l/.tool/conf", Reach.NAMED, new Surroundings(false, true));

    assertThat(path.mayName(FOLDER, 2)).isTrue();
  }

  @Test
  void dotsAreMatchedWhereAShellWasToldTo() {
    TouchedPath path = new TouchedPath("/home/me/*", Reach.WHOLE, new Surroundings(true, false));

    assertThat(path.mayName(FOLDER, 2)).isTrue();
    assertThat(new TouchedPath("/home/me/*", Reach.WHOLE, PLAIN).mayName(FOLDER, 2)).isFalse();
  }

  @Test
  void whateverPartIsMadeAPatternThePathStillMayNameTheFolder() {
    long seed = Long.getLong("governor.seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder path = new StringBuilder();
      for (char c : FOLDER.toString().toCharArray()) {
        boolean fixed = c == '/' || c == '.' || random.nextInt(3) > 0;
        path.append(fixed ? String.valueOf(c) : disguised(c, random.nextInt(7)));
      }
      assertThat(new TouchedPath(path.toString(), Reach.NAMED, PLAIN).mayName(FOLDER, 2))
          .as("seed %d: %s", seed, path)
          .isTrue();
    }
  }

  private static String disguised(char c, int how) {
    return switch (how) {
      case 0 -> "?";
      case 1 -> "*";
      case 2 -> "[" + c + "]";
      case 3 -> "[!=]";
      case 4 -> "{" + c + ",=}";
      case 5 -> "[[:alpha:]]";
      default -> "*" + c + "*";
    };
  }

  @Test
  void printsSizesOnly() {
    assertThat(new TouchedPath("/canary/x", Reach.NAMED, PLAIN).toString())
        .isEqualTo("TouchedPath[2 names]");
  }
}
