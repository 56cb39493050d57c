package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.RandomEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TraceIndexTest {

  /** Everything that was written by now was written a while ago. */
  private static final InstantSource LATER = () -> Instant.now().plus(Duration.ofHours(1));

  @TempDir private Path root;

  private Path trace(String name, String... lines) throws IOException {
    Path file = root.resolve("traces").resolve(name + ".jsonl");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, lines.length == 0 ? "" : String.join("\n", lines) + "\n");
  }

  private static String event(String session, String time) {
    return ("{\"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"%s\", \"agent_id\": \"a\","
            + " \"timestamp_utc\": \"%s\", \"policy_violations\": [\"POL-003\"]}")
        .formatted(session, time);
  }

  private TraceCatalog indexed() throws IOException {
    return TraceCatalog.ofStateRoot(root, TraceIndex.of(root, LATER));
  }

  private FileTimes times(Path file) {
    return TraceIndex.of(root, LATER).times(file);
  }

  private Path index() {
    return root.resolve("traces.index");
  }

  /** Waits until the clock of the file system has ticked, which it does in milliseconds. */
  private void tick() throws IOException {
    Path probe = root.resolve("probe");
    Files.writeString(probe, "");
    FileTime before = Files.getLastModifiedTime(probe);
    while (Files.getLastModifiedTime(probe).equals(before)) {
      Files.writeString(probe, "");
    }
  }

  @Test
  void whenTheEventsOfAFileHappenedIsKnownOnceItWasRead() throws IOException {
    Path file =
        trace(
            "api/a",
            event("s", "2026-01-02T10:00:05.000Z"),
            event("s", "2026-01-02T09:00:00.000Z"),
            event("t", "yesterday"),
            event("t", "2026-01-02T11:00:00.000Z"));
    assertThat(times(file)).isNull();

    indexed();

    assertThat(times(file))
        .isEqualTo(
            new FileTimes(
                4,
                1,
                Instant.parse("2026-01-02T09:00:00Z"),
                Instant.parse("2026-01-02T11:00:00Z")));
  }

  @Test
  void theWindowIsHalfOpen() {
    Instant noon = Instant.parse("2026-01-02T12:00:00Z");
    FileTimes times = new FileTimes(2, 0, noon, noon.plusSeconds(10));

    assertThat(times.isOutside(noon.minusSeconds(5), noon)).isTrue();
    assertThat(times.isOutside(noon.minusSeconds(5), noon.plusNanos(1))).isFalse();
    assertThat(times.isOutside(noon.plusSeconds(10), noon.plusSeconds(11))).isFalse();
    assertThat(times.isOutside(noon.plusSeconds(10).plusNanos(1), noon.plusSeconds(11))).isTrue();
    assertThat(new FileTimes(2, 2, null, null).isOutside(noon, noon.plusSeconds(1))).isTrue();
  }

  @Test
  void whatWasJustWrittenIsNotKnown() throws IOException {
    Path file = trace("api/a", event("s", "2026-01-02T10:00:05.000Z"));

    TraceCatalog.ofStateRoot(root);

    assertThat(TraceIndex.of(root).times(file)).isNull();
    assertThat(index()).doesNotExist();
  }

  @Test
  void aFileWithALineThatIsNoEventIsReadAndToldOfEachTime() throws IOException {
    Path file = trace("api/a", event("s", "2026-01-02T10:00:05.000Z"), "{");
    Path torn = trace("api/b");
    Files.writeString(torn, "{\"event");

    assertThat(indexed().report()).isEqualTo(indexed().report());

    assertThat(indexed().report().malformed()).isEqualTo(1);
    assertThat(indexed().report().torn()).isEqualTo(1);
    assertThat(times(file)).isNull();
    assertThat(times(torn)).isNull();
  }

  @Test
  void aFileThatWasAppendedToIsReadAgain() throws IOException {
    Path file = trace("api/a", event("s", "2026-01-02T10:00:05.000Z"));
    indexed();

    Files.writeString(file, event("s", "2026-01-03T00:00:00.000Z"), StandardOpenOption.APPEND);

    assertThat(times(file)).isNull();
    assertThat(indexed().sessions().get(0).events()).isEqualTo(2);
  }

  /** As somebody would who wants a change not to be seen. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatWasRewrittenInItsLengthAndWithItsTimePutBackIsReadAgain() throws IOException {
    Path file = trace("api/a", event("s", "2026-01-02T10:00:05.000Z"));
    FileTime time = Files.getLastModifiedTime(file);
    indexed();
    tick();

    trace("api/a", event("t", "2026-01-02T10:00:05.000Z"));
    Files.setLastModifiedTime(file, time);

    assertThat(indexed().find("t")).hasSize(1);
    assertThat(indexed().find("s")).isEmpty();
  }

  @Test
  void whatIsGoneIsForgotten() throws IOException {
    Path file = trace("api/a", event("s", "2026-01-02T10:00:05.000Z"));
    trace("api/b", event("t", "2026-01-02T10:00:05.000Z"));
    indexed();
    long before = Files.size(index());

    Files.delete(file);

    assertThat(indexed().find("s")).isEmpty();
    assertThat(Files.size(index())).isLessThan(before);
  }

  @Test
  void whereNothingIsRecordedNothingIsMade() throws IOException {
    indexed();
    assertThat(index()).doesNotExist();

    TraceCatalog.ofStateRoot(root.resolve("none"));
    assertThat(root.resolve("none")).doesNotExist();
  }

  @Test
  void whereItCannotBeWrittenTheAnswerIsTheSame() throws IOException {
    trace("api/a", event("s", "2026-01-02T10:00:05.000Z"));
    Files.createDirectories(index().resolve("in the way"));

    assertThat(indexed().find("s")).hasSize(1);
    assertThat(indexed().find("s")).hasSize(1);
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("traces", "traces.index");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void itIsItsOwnersAlone() throws IOException {
    trace("api/a", event("s", "2026-01-02T10:00:05.000Z"));
    indexed();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(index(), LinkOption.NOFOLLOW_LINKS)))
        .isEqualTo("rw-------");
  }

  /** Random files, changes of every kind, and damage: with the index and without it is the same. */
  @Test
  void withTheIndexItIsWhatItIsWithout() throws IOException {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    for (int round = 0; round < 150; round++) {
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        change(random);
      }
      damage(random);

      TraceCatalog with = indexed();
      TraceCatalog without = TraceCatalog.read(root.resolve("traces"));

      assertThat(with.find("")).as("round %d", round).isEqualTo(without.find(""));
      assertThat(with.report()).isEqualTo(without.report());
      assertThat(with.withoutSession()).isEqualTo(without.withoutSession());
      tick();
    }
  }

  private void change(SplittableRandom random) throws IOException {
    Path file = trace("s" + random.nextInt(2) + "/" + random.nextInt(12), lines(random));
    switch (random.nextInt(6)) {
      case 0 -> Files.delete(file);
      case 1 -> Files.writeString(file, "{\"torn", StandardOpenOption.APPEND);
      case 2 -> Files.writeString(file, "[" + event("array", "2026-01-01T00:00:00Z") + "]");
      case 3 ->
          Files.setLastModifiedTime(
              file, FileTime.from(Instant.ofEpochSecond(random.nextInt(2_000_000_000))));
      case 4 -> Files.setLastModifiedTime(file, FileTime.from(LATER.instant().plusSeconds(86_400)));
      default -> {
        // As it is.
      }
    }
  }

  private static String[] lines(SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String session = random.nextInt(8) == 0 ? "" : "s" + random.nextInt(5);
      String time =
          random.nextInt(8) == 0
              ? "once"
              : Instant.ofEpochSecond(1_700_000_000 + random.nextInt(100)).toString();
      lines.add(random.nextInt(15) == 0 ? "no event" : event(session, time));
    }
    return lines.toArray(String[]::new);
  }

  private void damage(SplittableRandom random) throws IOException {
    if (!Files.exists(index()) || random.nextInt(3) > 0) {
      return;
    }
    byte[] bytes = Files.readAllBytes(index());
    switch (random.nextInt(4)) {
      case 0 -> Files.delete(index());
      case 1 -> Files.write(index(), java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      case 2 -> Files.write(index(), new byte[random.nextInt(200)]);
      default -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(index(), bytes);
      }
    }
  }

  @Test
  void ofAYearOnlyTheFilesThatAreNotKnownAreRead() throws IOException {
    for (int day = 0; day < 365; day++) {
      Instant time = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(day));
      trace("api/d" + day, event("d" + day, time.toString()));
    }
    indexed();
    tick();
    trace("api/d7", event("d7", "2026-01-08T00:00:00Z"), event("d7", "2026-01-08T00:00:01Z"));

    TreeSet<Path> read = new TreeSet<>();
    TraceIndex index = TraceIndex.of(root, LATER);
    TraceReader.read(
        TraceSource.of(root.resolve("traces")),
        file -> index.find(file) != null,
        (event, at) -> {
          read.add(Path.of(at.source()));
          return true;
        });

    assertThat(read).containsExactly(root.resolve("traces/api/d7.jsonl"));
    assertThat(indexed().find("d7").get(0).events()).isEqualTo(2);
    assertThat(indexed().sessions()).hasSize(365);
  }
}
