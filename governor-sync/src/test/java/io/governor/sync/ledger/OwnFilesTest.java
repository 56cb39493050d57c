package io.governor.sync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.sync.ForkedJava;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a process that masks nothing, and whose heap is too small to keep what it counts. */
@EnabledOnOs(OS.LINUX)
class OwnFilesTest {

  private static final int EVENTS = 200_000;

  private static final List<String> ALL =
      List.of(
          ".positions-N.tmp",
          ".sync-state.json.tmp",
          ".window-N.tmp",
          "history.log",
          "lock",
          "positions-N",
          "spill",
          "sync",
          "sync-state.json",
          "window-N");

  @Test
  void no_file_of_a_run_is_wider_than_its_owner_at_any_moment(@TempDir Path place)
      throws Exception {
    Files.createDirectories(place.resolve("traces"));
    Files.write(
        place.resolve("traces/a.jsonl"),
        IntStream.range(0, EVENTS).mapToObj(i -> Traces.line("e" + i).strip()).toList());
    List<String> arguments = Stream.concat(Stream.of(place.toString()), ALL.stream()).toList();

    ForkedJava.Result result =
        ForkedJava.run(
            List.of("sh", "-c", "umask 000; exec \"$0\" \"$@\""),
            List.of("-Xmx32m"),
            OwnFilesMain.class,
            arguments.toArray(String[]::new));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().strip()).isEqualTo("seen " + ALL + ", too wide []");
  }
}
