package io.governor.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFilesTest {

  @TempDir Path folder;

  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("traces"));
  }

  @Test
  void allTraceFilesBelowADirectoryAreReadInOrderOfPath() throws IOException {
    for (String name :
        List.of("b.jsonl", "a/z.jsonl", "a/b/c.jsonl", "B.jsonl", "a.jsonl", ".hidden.jsonl")) {
      trace(name);
    }
    trace("a/z.state");
    trace("z.jsonl.bak");
    trace("jsonl");

    assertThat(read().ids())
        .containsExactly(
            ".hidden.jsonl", "B.jsonl", "a.jsonl", "a/b/c.jsonl", "a/z.jsonl", "b.jsonl");
  }

  @Test
  void linksAreFollowedAndLoopsOfThemAreNot() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("far.jsonl"), event("far"));
    trace("a/near.jsonl");
    Files.createSymbolicLink(root.resolve("a/loop"), root);
    Files.createSymbolicLink(root.resolve("b"), elsewhere);

    Reading reading = read();

    assertThat(reading.ids()).containsExactly("a/near.jsonl", "far");
    assertThat(reading.report().unreadable()).isZero();
    assertThat(reading.report().problems())
        .containsExactly(
            new ReadProblem(
                root.resolve("a/loop").toString(), 0, "a loop of symbolic links, not followed"));
  }

  @Test
  void whatCannotBeOpenedIsReportedAndPassedOver() throws IOException {
    trace("a.jsonl");
    Files.createSymbolicLink(root.resolve("b.jsonl"), root.resolve("gone"));
    Files.createDirectory(root.resolve("c.jsonl"));
    trace("c.jsonl/d.jsonl");

    Reading reading = read();

    assertThat(reading.ids()).containsExactly("a.jsonl", "c.jsonl/d.jsonl");
    assertThat(reading.report().unreadable()).isEqualTo(1);
    assertThat(reading.report().problems())
        .containsExactly(
            new ReadProblem(root.resolve("b.jsonl").toString(), 0, "a symbolic link to nothing"));
  }

  @Test
  void aFileThatVanishedAfterItWasListedIsReportedAndPassedOver() throws IOException {
    trace("a.jsonl");
    trace("b.jsonl");
    trace("c.jsonl");
    List<String> ids = new ArrayList<>();

    ReadReport report =
        TraceReader.read(
            TraceSource.of(root),
            (event, at) -> {
              delete(root.resolve("b.jsonl"));
              return ids.add(event.eventId());
            });

    assertThat(ids).containsExactly("a.jsonl", "c.jsonl");
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.problems())
        .containsExactly(
            new ReadProblem(root.resolve("b.jsonl").toString(), 0, "no such file or directory"));
  }

  @Test
  void linesAreCountedInEachFile() throws IOException {
    Files.writeString(root.resolve("a.jsonl"), event("1") + "\n" + event("2") + "\n{}\n");
    Files.writeString(root.resolve("b.jsonl"), "\n" + event("3") + "\n{");
    List<String> places = new ArrayList<>();

    ReadReport report =
        TraceReader.heads(TraceSource.of(root), (head, at) -> places.add(at.toString()));

    assertThat(places)
        .containsExactly(
            root.resolve("a.jsonl") + ":1",
            root.resolve("a.jsonl") + ":2",
            root.resolve("b.jsonl") + ":2");
    assertThat(report.malformed()).isEqualTo(1);
    assertThat(report.torn()).isEqualTo(1);
  }

  @Test
  void anArrayOnAStreamIsCopiedForItsOwnerOnlyAndTheCopyDeleted() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Set<Path> before = copies(temporary).keySet();
    Map<Path, String> during = new TreeMap<>();
    byte[] array = ("[" + event("1") + "]").getBytes(UTF_8);

    TraceReader.read(
        TraceSource.of("stdin", new ByteArrayInputStream(array)),
        (event, at) -> {
          during.putAll(copies(temporary));
          return true;
        });

    during.keySet().removeAll(before);
    assertThat(during.values()).isNotEmpty().containsOnly("rw-------");
    assertThat(during.keySet()).noneMatch(Files::exists);
  }

  private record Reading(List<String> ids, ReadReport report) {}

  private Reading read() throws IOException {
    List<String> ids = new ArrayList<>();
    ReadReport report =
        TraceReader.read(TraceSource.of(root), (event, at) -> ids.add(event.eventId()));
    return new Reading(ids, report);
  }

  private void trace(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, event(name) + "\n");
  }

  private static String event(String id) {
    return "{\"event_type\": \"X\", \"event_id\": \"" + id + "\"}";
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The copies in the folder and who may use them. */
  private static Map<Path, String> copies(Path folder) {
    Map<Path, String> found = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "governor-*.jsonl")) {
      for (Path file : files) {
        found.put(file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Copies of another run may go while this one looks.
    }
    return found;
  }
}
