package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws that hold of every text. A failure names its seed; {@code -Dgovernor.seed=…} brings the same
 * texts back.
 */
class ShellCommandPropertiesTest {
  private static final int MEBI = 1 << 20;
  private static final int LONG = 1 << 17;
  private static final Set<String> SENTENCES =
      Arrays.stream(Loss.values()).map(Loss::sentence).collect(Collectors.toSet());
  private static final List<String> WORDS =
      List.of(
          "if ",
          "then ",
          "fi ",
          "for ",
          "in ",
          "do ",
          "done ",
          "case ",
          "esac ",
          "function f ",
          "f()",
          "[[ ",
          "]] ",
          "$'",
          "\\x41",
          "${x",
          "${x:-",
          "}",
          "a=",
          "=(",
          "{a,b}",
          "$X",
          "xargs ",
          "parallel ",
          ":::",
          "bash -c ",
          "eval ",
          "find ",
          "-exec ",
          "-delete ",
          "python -c ",
          "system(",
          "rm -rf ",
          "/",
          "~",
          "\uFFFF",
          "\uFDD0",
          "\uFFFE",
          "<<A\n",
          "\nA\n");

  private final long seed = Long.getLong("governor.seed", new SplittableRandom().nextLong());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<String> pieces = HostilePieces.allAnd("rm -rf /srv;");

  @Test
  void neverThrowsAndGivesReasonsOfOursOnly() {
    for (int i = 0; i < 8_000; i++) {
      String text = randomText();
      assertThatCode(() -> assertConsistent(ShellCommand.read(text)))
          .as("seed %d, text %d: %s", seed, i, text)
          .doesNotThrowAnyException();
    }
  }

  private static void assertConsistent(ShellCommand read) {
    String reason = read.destructiveReason();
    assertThat(reason != null).isEqualTo(read.destructive());
    assertThat(reason == null || SENTENCES.contains(reason)).isTrue();
    assertThat(read.programs()).doesNotContain("").allMatch(Unknown::isKnown);
  }

  private String randomText() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(1, 25);
    for (int i = 0; i < length; i++) {
      List<String> from = random.nextBoolean() ? pieces : WORDS;
      text.append(from.get(random.nextInt(from.size())));
    }
    return text.toString();
  }

  @Test
  void aCommandThatLosesSomethingDoesSoBehindAnyCommandThatIsComplete() {
    for (int i = 0; i < 2_000; i++) {
      String text = randomText();
      if (ShellCommand.read(text).complete() && !text.contains("\\") && !text.contains("#")) {
        assertThat(ShellCommand.read(text + "\nrm -rf /srv").destructive())
            .as("seed %d, text %d: %s", seed, i, text)
            .isTrue();
      }
    }
  }

  static List<String> deep() {
    List<String> more =
        List.of(
            "if ",
            "case x in a) ",
            "f() { ",
            "{ ",
            "${x:-",
            "\"${x:-",
            "$((1+",
            "((",
            "a=(",
            "bash -c ",
            "bash -c '",
            "eval ",
            "sudo ",
            "xargs ",
            "find -exec ",
            "[[ ",
            "!",
            "a|",
            "a&&",
            "cat <<A;",
            "{a,",
            "${x:-\"",
            "x=$x$x;",
            "\\",
            "a=b ",
            "parallel ::: ",
            "cd ../",
            "~/",
            "/..",
            "a/../",
            "python -c \"system('",
            "git -c alias.a=!git ",
            "$'",
            "\n",
            "for i in ",
            "rm -rf ",
            "-exec ",
            "{} ",
            "$x",
            "echo a|",
            "<<<",
            ")",
            "}",
            ";;",
            "time ");
    return java.util.stream.Stream.concat(HostilePieces.DEEP.stream(), more.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("deep")
  @Timeout(20)
  void muchOfAnyPieceIsReadInProportion(String piece) {
    String text = piece.repeat(LONG / piece.length());

    long start = System.nanoTime();
    assertThatCode(() -> ShellCommand.read(text)).doesNotThrowAnyException();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();

    assertThat(millis).as("milliseconds").isLessThan(5_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parallel 'echo {}{}{}' :::",
        "ls | xargs -I{} sh -c '{}{}'",
        "rm -rf",
        "X=a; echo",
        "bash -c '",
        "cat <<EOF\n",
        "echo $((",
        "python -c 'system(\"",
        "find . -exec"
      })
  @Timeout(20)
  void muchOfAnyPieceBehindAnOpeningIsReadInProportion(String opening) {
    for (String piece : List.of(" {}", " $X", " a", "\"", "$(", " ;", "{a,b}", "''", " '{}'")) {
      String text = opening + piece.repeat(LONG / 2 / piece.length());
      assertThatCode(() -> ShellCommand.read(text)).as(piece).doesNotThrowAnyException();
    }
  }

  @Test
  void deepTextFitsASmallStack() throws InterruptedException, ExecutionException {
    FutureTask<Boolean> all =
        new FutureTask<>(
            () -> {
              deep().forEach(piece -> ShellCommand.read(piece.repeat(10_000)));
              return true;
            });
    new Thread(null, all, "small stack", 256 * 1024).start();

    assertThat(all.get()).isTrue();
  }

  @Test
  void beyondABoundTheTextIsNotComplete() {
    assertThat(ShellCommand.read("a;".repeat(MEBI / 2 + 1)).complete()).isFalse();
    assertThat(ShellCommand.read("a\n".repeat(ReadingBudget.MAX_COMMANDS + 1)).complete())
        .isFalse();
    assertThat(ShellCommand.read("$(".repeat(100) + ")".repeat(100)).complete()).isFalse();
    assertThat(ShellCommand.read("echo " + "a".repeat(MEBI)).complete()).isFalse();
    assertThat(ShellCommand.read("sudo ".repeat(100) + "rm -rf /").complete()).isFalse();
    assertThat(ShellCommand.read("a\n".repeat(ReadingBudget.MAX_COMMANDS)).complete()).isTrue();
  }
}
