package io.governor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.governor.event.ReferenceData;
import io.governor.file.RootedFiles.Inside;
import io.governor.file.RootedFiles.Outside;
import io.governor.file.RootedFiles.Refused;
import io.governor.file.RootedFiles.Verdict;
import io.governor.json.StrictJson;
import io.governor.json.StrictJson.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(OS.WINDOWS)
class RootedFilesTest {
  @TempDir static Path directory;
  private static RootedTree tree;

  @BeforeAll
  static void plant() throws IOException {
    tree = RootedTree.in(directory);
  }

  static Stream<String> rows() throws IOException {
    try (InputStream rows = RootedFilesTest.class.getResourceAsStream("rooted-paths.tsv")) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(row -> !row.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void judgesAsTheRowSays(String row) {
    int tab = row.indexOf('\t');
    assumeTrue(!row.startsWith("inside") || isName(path(row.substring(tab + 1))));
    RootedFiles files = RootedFiles.under(List.of(tree.root()));

    Verdict verdict = files.resolve(path(row.substring(tab + 1)), null);

    assertThat(word(verdict)).isEqualTo(row.substring(0, tab));
  }

  /** Whether the system can write it: with some locales only ASCII makes names. */
  private static boolean isName(String path) {
    try {
      return !Path.of(path).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String path(String written) {
    String path =
        written
            .replace("ROOTNAME", "root")
            .replace("ROOT", tree.root().toString())
            .replace("OUT", tree.out().toString())
            .replace('␣', ' ');
    return unescaped(path);
  }

  private static String unescaped(String text) {
    StringBuilder unescaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\u", i)) {
        unescaped.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        i += text.startsWith("\\\\", i) ? 1 : 0;
        unescaped.append(text.charAt(i));
      }
    }
    return unescaped.toString();
  }

  private static String word(Verdict verdict) {
    if (verdict instanceof Refused refused) {
      return refused.reason().name();
    }
    return verdict instanceof Inside ? "inside" : "outside";
  }

  @Test
  void namesTheRealPathOfWhatIsInside() {
    RootedFiles files = RootedFiles.under(List.of(tree.root()));

    assertThat(files.resolve("abs/../in/b.txt", null))
        .isEqualTo(new Inside(tree.root().resolve("dir/b.txt")));
    assertThat(files.resolve("fresh", null))
        .isEqualTo(new Inside(tree.root().resolve("dir/new.txt")));
  }

  @Test
  void whereLettersOfEitherCaseMayBeTheSameTheAnswerIsDoubtful() {
    RootedFiles files = RootedFiles.under(List.of(tree.root().resolve("dir")));

    assertThat(files.resolve("../DIR/b.txt", null)).isEqualTo(new Refused(Refusal.OTHER_CASE));
    assertThat(files.resolve(tree.root().toString().toUpperCase(Locale.ROOT) + "/Dir/x", null))
        .isEqualTo(new Refused(Refusal.OTHER_CASE));
    assertThat(files.resolve("B.TXT", null)).isInstanceOf(Inside.class);
  }

  @Test
  void relativePathsStartFromTheWorkingDirectory() {
    RootedFiles files = RootedFiles.under(List.of(tree.root()));

    assertThat(files.contains("b.txt", tree.root().resolve("dir"))).isTrue();
    assertThat(files.contains("../a.txt", tree.root().resolve("dir"))).isTrue();
    assertThat(files.contains("../../a.txt", tree.root().resolve("dir"))).isFalse();
    assertThat(files.contains("../a.txt", tree.root().resolve("out"))).isFalse();
    assertThat(files.contains("s.txt", tree.out())).isFalse();
    assertThat(files.contains("back/a.txt", tree.out())).isTrue();
    assertThat(files.resolve("a.txt", Path.of("dir"))).isEqualTo(new Refused(Refusal.NO_DIRECTORY));
  }

  @Test
  void anyRootIsEnough() {
    RootedFiles files = RootedFiles.under(List.of(tree.root().resolve("dir"), tree.out()));

    assertThat(files.contains("b.txt", null)).isTrue();
    assertThat(files.contains("../a.txt", null)).isFalse();
    assertThat(files.contains("../../out/s.txt", null)).isTrue();
  }

  @Test
  void aRootThatIsALinkStandsForWhatItLedToWhenItWasNamed() throws IOException {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, tree.root());
    RootedFiles files = RootedFiles.under(List.of(link));
    Files.delete(link);
    Files.createSymbolicLink(link, tree.out());

    assertThat(files.contains(tree.root().resolve("a.txt").toString(), null)).isTrue();
    assertThat(files.contains(link + "/s.txt", null)).isFalse();
    Files.delete(link);
  }

  @Test
  void aRootNeedNotExist() {
    RootedFiles files = RootedFiles.under(List.of(tree.root().resolve("later")));

    assertThat(files.contains("x", null)).isTrue();
    assertThat(files.contains("../x", null)).isFalse();
  }

  @Test
  void refusesRootsThatAreNone() {
    assertThatThrownBy(() -> RootedFiles.under(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RootedFiles.under(List.of(Path.of("relative"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RootedFiles.under(List.of(tree.root().resolve("loop1"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void evenTheRootOfAllHoldsNoProcessFiles() {
    RootedFiles files = RootedFiles.under(List.of(Path.of("/")));

    assertThat(files.contains("/etc/passwd", null)).isTrue();
    assertThat(files.resolve("/proc/self/root/etc/passwd", null))
        .isEqualTo(new Refused(Refusal.PROCESS_FILES));
  }

  @Test
  void refusesWhatItMayNotLookInto() throws IOException {
    Path closed = Files.createDirectories(tree.root().resolve("closed/inner"));
    Files.setPosixFilePermissions(closed.getParent(), PosixFilePermissions.fromString("---------"));
    try {
      assumeTrue(!Files.isReadable(closed), "skipped: this user may look into anything");
      assertThat(RootedFiles.under(List.of(tree.root())).resolve("closed/inner/x", null))
          .isEqualTo(new Refused(Refusal.UNREADABLE));
    } finally {
      Files.setPosixFilePermissions(
          closed.getParent(), PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void longPathsAndNamesAreRefused() {
    RootedFiles files = RootedFiles.under(List.of(tree.root()));

    assertThat(files.resolve("a/".repeat(2049), null)).isEqualTo(new Refused(Refusal.TOO_LONG));
    assertThat(files.resolve("ä".repeat(128), null)).isEqualTo(new Refused(Refusal.TOO_LONG));
    assertThat(files.resolve("a".repeat(256), null)).isEqualTo(new Refused(Refusal.TOO_LONG));
    assertThat(files.contains("a".repeat(255), null)).isTrue();
    assertThat(files.resolve("a".repeat(1 << 20), null)).isEqualTo(new Refused(Refusal.TOO_LONG));
  }

  @Test
  void printsNothingOfAPath() {
    RootedFiles files = RootedFiles.under(List.of(tree.root()));

    assertThat(files.toString()).isEqualTo("RootedFiles[1 roots]");
    assertThat(files.resolve("canary", null).toString()).doesNotContain("canary");
    assertThat(files.resolve("/canary", null).toString()).isEqualTo("Outside[]");
    assertThat(files.resolve("~canary", null).toString()).isEqualTo("Refused[reason=HOME]");
  }

  @Test
  void whateverTheReferenceDataTriesIsRefusedOrStaysInside() throws Exception {
    List<String> escaped = new ArrayList<>();
    int outside = 0;
    RootedFiles files = RootedFiles.under(List.of(tree.root()));
    List<String> lines =
        Files.readAllLines(ReferenceData.file("path-traversal").resolve("sample.jsonl"));

    for (String line : lines) {
      Map<?, ?> vector = (Map<?, ?>) StrictJson.parse(line, Limits.POLICY);
      String payload = (String) vector.get("payload");
      Verdict verdict = files.resolve(payload, null);
      outside += verdict instanceof Outside ? 1 : 0;
      if (verdict instanceof Inside && !staysInside(payload)) {
        escaped.add(vector.get("id").toString());
      }
    }

    assertThat(escaped).isEmpty();
    assertThat(outside).as("so many do lead out").isGreaterThan(0);
  }

  /** As the system would open it, and as it would after decoding it up to three times. */
  private static boolean staysInside(String payload) throws IOException {
    String path = payload;
    for (int i = 0; i < 4; i++) {
      Path opened = Path.of(path.startsWith("/") ? path : tree.root() + "/" + path);
      String canonical = opened.toFile().getCanonicalPath();
      if (!(canonical + "/").startsWith(tree.root() + "/")) {
        return false;
      }
      path = decoded(path);
    }
    return true;
  }

  private static String decoded(String path) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(path.charAt(i + 2), 16);
      boolean escape = path.charAt(i) == '%' && low >= 0;
      decoded.append(escape ? (char) (high * 16 + low) : path.charAt(i));
      i += escape ? 2 : 0;
    }
    return decoded.toString();
  }
}
