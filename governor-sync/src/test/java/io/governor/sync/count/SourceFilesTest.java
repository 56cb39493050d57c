package io.governor.sync.count;

import static io.governor.sync.Events.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.governor.trace.ReadProblem;
import io.governor.trace.TraceFiles.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {

  @TempDir Path folder;

  private final SourceFiles files = new SourceFiles();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t.jsonl",
        "t.jsonl.gz",
        "t.jsonl.1",
        "t.jsonl.12.gz",
        "t.jsonl-20260414",
        "t.jsonl-20260414.gz",
        "t.jsonl-20260414.3",
        "t.jsonl.20260414120000",
        ".jsonl",
        "a line\nfeed.jsonl.1"
      })
  void what_is_called_like_a_trace_or_a_rotated_one_is_found(String name) throws IOException {
    Path trace = trace(folder.resolve("below/" + name));

    assertThat(paths(folder)).containsExactly(trace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t.json",
        "t.jsonl.bak",
        "t.jsonl~",
        "t.jsonl.tmp",
        "t.jsonl.",
        "t.jsonl.1.zip",
        "t.jsonl.1.gz.2",
        "t.jsonl.202604141200001",
        "t.jsonl.d/t.state",
        "jsonl"
      })
  void what_is_called_otherwise_is_found_only_when_it_is_named_itself(String name)
      throws IOException {
    Path file = trace(folder.resolve(name));

    assertThat(paths(folder)).isEmpty();
    assertThat(paths(file)).containsExactly(file);
  }

  @Test
  void a_file_is_found_once_whatever_names_lead_to_it() throws IOException {
    Path first = trace(folder.resolve("a/1.jsonl"));
    Path second = trace(folder.resolve("a/2.jsonl"));
    Files.createLink(folder.resolve("a/3.jsonl"), second);
    Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));

    assertThat(paths(second)).containsExactly(second);
    assertThat(paths(folder)).containsExactly(first);
    assertThat(paths(folder.resolve("b"))).isEmpty();
    assertThat(files.unreadable()).isZero();
  }

  @Test
  void a_directory_that_cannot_be_read_is_told_and_the_others_are_read() throws IOException {
    Path trace = trace(folder.resolve("a.jsonl"));
    trace(folder.resolve("b/t.jsonl"));
    Path closed = folder.resolve("b");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(closed)).as("the superuser can read everything").isFalse();

      assertThat(paths(folder)).containsExactly(trace);
      assertThat(files.unreadable()).isEqualTo(1);
      assertThat(files.problems())
          .containsExactly(new ReadProblem(closed.toString(), 0, "permission denied"));
      assertThatThrownBy(() -> files.of(closed))
          .hasMessage("cannot read " + closed + ": permission denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void a_source_that_is_not_there_is_refused() {
    Path gone = folder.resolve("gone");

    assertThatThrownBy(() -> files.of(gone))
        .hasMessage("cannot read " + gone + ": no such file or directory")
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  private List<Path> paths(Path source) throws IOException {
    return files.of(source).stream().map(Found::path).toList();
  }
}
