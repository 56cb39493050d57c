package io.governor.sync.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.sync.ForkedJava;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dgovernor.soak=10000000} for ten million. */
class ManyEventsTest {

  private static final int EVENTS = Integer.getInteger("governor.soak", 2_000_000);

  @Test
  void moreEventsWithViolationsThanFitAreCountedExactlyIn64Megabytes(@TempDir Path folder)
      throws Exception {
    ForkedJava.Result result =
        ForkedJava.run(List.of("-Xmx64m"), ManyEventsMain.class, "" + EVENTS, folder.toString());

    System.err.println(EVENTS + " events: " + result.output());
    assertThat(result.exitCode()).as(result.output()).isZero();
    int different = EVENTS - EVENTS / 10;
    assertThat(result.output()).startsWith("[" + different + ", 0, 0, 0, 0] of " + different + ";");
    assertThat(folder).isEmptyDirectory();
  }

  /** A bound on the size of files stands for a full disk. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aTemporaryFileThatCannotGrowEndsTheCountWithItsDirectoryAndReason(@TempDir Path folder)
      throws Exception {
    ForkedJava.Result result =
        ForkedJava.run(
            List.of("sh", "-c", "ulimit -f 2000; exec \"$0\" \"$@\""),
            List.of("-Xmx64m"),
            ManyEventsMain.class,
            "2000000",
            folder.toString());

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output())
        .contains(folder + ": cannot write a temporary file for the events of this count: ");
    assertThat(folder).isEmptyDirectory();
  }
}
