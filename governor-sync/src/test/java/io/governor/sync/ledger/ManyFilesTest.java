package io.governor.sync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.sync.ForkedJava;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dgovernor.files=100000} for as many traces as that. */
class ManyFilesTest {

  private static final int FILES = Integer.getInteger("governor.files", 3_000);

  /** What a run needs beside one and a half kilobytes for each file. */
  private static final int MEGABYTES = 24;

  @Test
  void many_traces_count_once_in_little_memory(@TempDir(factory = InMemory.class) Path place)
      throws Exception {
    ForkedJava.run(List.of(), ManyFilesMain.class, "make", place.toString(), "" + FILES);
    String heap = "-Xmx" + (MEGABYTES + FILES * 3 / 2_000) + "m";

    ForkedJava.Result result =
        ForkedJava.run(List.of(heap), ManyFilesMain.class, "run", place.toString(), "" + FILES);

    System.err.println(FILES + " files, " + heap + ": " + result.output());
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).startsWith(FILES + 1 + " counted; ");
  }
}
