package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A mebibyte of hostile text costs in proportion to a quarter of it: processor time of this thread
 * is compared, the better of three runs each, and eight times that is still no failure.
 */
class ShellCommandCostTest {
  private static final int MEBI = 1 << 20;
  private static final Path PROJECT = Path.of("/srv/project");
  private static final Path HOME = Path.of("/home/somebody");
  private static final List<Path> FOLDERS =
      List.of(
          HOME.resolve(".governor"),
          PROJECT.resolve(".claude/settings.json"),
          Path.of("/etc/codex"));
  private static final CommandPattern PATTERN = CommandPattern.of("* approvals allow --now -rf");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat ~/.g*v*r*/x;",
        "cat */*/*/*/.g*/",
        "a/../b/*/../",
        "~/.{g..h}{a,b,c}/ ",
        "x=$x$x;cat $x;",
        "A=b sh -c '$A c' ",
        "mv -t a b/c d/e ",
        "cp -r a/b c/d;",
        "ln -s a b; cat b/c/d/e;",
        "tar -C a/b c/d ",
        "find . -name '*a*' ",
        "python -c 'open(\"/a/b\")' ",
        "sed w/a/b/c=d:e,f ",
        "governor --a -b $c ",
        "$x approvals -r ",
        "sudo -u a ",
        "[[:a:][",
        "{{{{,",
        "cat '${a}/.$(b)/c' "
      })
  void aMebibyteCostsInProportion(String piece) {
    read(piece, MEBI / 16);
    long quarter = best(piece, MEBI / 4);
    long whole = best(piece, MEBI);

    assertThat(whole)
        .as("nanoseconds for four times the text that took %d", quarter)
        .isLessThan(32 * Math.max(quarter, 20_000_000));
  }

  private static long best(String piece, int length) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      read(piece, length);
      long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      best = Math.min(best, taken);
    }
    return best;
  }

  private static void read(String piece, int length) {
    ShellCommand read = ShellCommand.read(piece.repeat(length / piece.length()), PROJECT, HOME);
    read.mayRun(PATTERN);
    for (Path folder : FOLDERS) {
      read.named().forEach(path -> path.mayName(folder, 2));
      read.hinted().forEach(path -> path.mayName(folder, 2));
    }
  }
}
