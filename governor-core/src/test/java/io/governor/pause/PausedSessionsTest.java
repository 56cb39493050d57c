package io.governor.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of paused sessions. */
class PausedSessionsTest {

  private static final Instant NOON = Instant.parse("2026-04-14T12:00:00Z");

  @TempDir Path root;

  private PausedSessions paused() {
    return PausedSessions.below(root);
  }

  private Path folder() {
    return root.resolve("paused");
  }

  @Test
  void nothingIsPausedAndNothingCreatedBeforeTheFirstPause() throws IOException {
    assertThat(paused().list()).isEmpty();
    assertThat(paused().release("s-1")).isNull();
    assertThat(folder()).doesNotExist();
  }

  @Test
  void aPauseSaysWhoWhenAndUnderWhichRevisionAndNothingElse() throws IOException {
    paused().pause("s-1", "ACME-101", NOON, 7L);

    assertThat(Files.readString(folder().resolve("s-1.json")))
        .isEqualTo(
            "{\"schema\": 1, \"session\": \"s-1\", \"by\": \"ACME-101\","
                + " \"since\": \"2026-04-14T12:00:00Z\", \"policy_revision\": 7}\n");
    assertThat(paused().list())
        .containsExactly(new PausedSession("s-1", "s-1", "ACME-101", NOON, 7L));
  }

  @Test
  void onlyItsOwnerCanReadOrRemoveAPause() throws IOException {
    paused().pause("s-1", PausedSession.OPERATOR, NOON, null);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder().resolve("s-1.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void theFirstPauseStaysAndOneReleaseEndsIt() throws IOException {
    paused().pause("s-1", "ACME-101", NOON, 7L);

    PausedSession again = paused().pause("s-1", PausedSession.OPERATOR, NOON.plusSeconds(9), null);

    assertThat(again.by()).isEqualTo("ACME-101");
    assertThat(paused().release("s-1")).isEqualTo(again);
    assertThat(paused().release("s-1")).isNull();
    assertThat(paused().names()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.governor.pause.HostileIds#all")
  void anyIdStaysInsideTheFolderInASmallFile(String id) throws IOException {
    PausedSession paused = paused().pause(id, PausedSession.OPERATOR, NOON, null);

    try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1).allMatch(file -> folder().equals(file.getParent()));
      assertThat(Files.size(all.get(0))).isLessThan(PauseJson.MOST_BYTES);
    }
    assertThat(PausedSessions.isName(paused.name())).isTrue();
    assertThat(paused().list()).hasSize(1).allMatch(PausedSession::byOperator);
    assertThat(paused().release(PausedSessions.name(id))).isNotNull();
    assertThat(paused().names()).isEmpty();
  }

  @Test
  void differentIdsArePausedApart() throws IOException {
    paused().pause("Session", PausedSession.OPERATOR, NOON, null);
    paused().pause("session", PausedSession.OPERATOR, NOON, null);
    paused().pause("session ", PausedSession.OPERATOR, NOON, null);

    assertThat(paused().names()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("io.governor.pause.HostileIds#all")
  void nothingThatIsNoNameIsReleased(String text) throws IOException {
    Files.writeString(root.resolve("etc.json"), "{}");
    if (!PausedSessions.isName(text)) {
      assertThat(paused().release(text)).isNull();
      assertThatThrownBy(() -> paused().find(text)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(root.resolve("etc.json")).exists();
  }

  static Stream<String> unreadableFiles() {
    return Stream.of(
        "",
        "{",
        "[]",
        "null",
        "{\"by\": \"operator\"}",
        "{\"by\": 7, \"since\": \"2026-04-14T12:00:00Z\"}",
        "{\"by\": \"operator\", \"since\": \"yesterday\"}",
        "{\"session\": \"s-2\", \"by\": \"operator\", \"since\": \"2026-04-14T12:00:00Z\"}",
        " ".repeat(1 << 20),
        "[".repeat(4000));
  }

  @ParameterizedTest
  @MethodSource("unreadableFiles")
  void aFileThatSaysNothingPausesAllTheSame(String text) throws IOException {
    Files.createDirectories(folder());
    Path file = Files.writeString(folder().resolve("s-1.json"), text);
    Files.setLastModifiedTime(file, FileTime.from(NOON));

    assertThat(paused().list())
        .containsExactly(new PausedSession("s-1", null, PausedSession.UNKNOWN, NOON, null));
    assertThat(paused().release("s-1")).isNotNull();
    assertThat(paused().list()).isEmpty();
  }

  @Test
  void aLinkPausesAndIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(root.resolve("elsewhere"), "{}");
    Files.createDirectories(folder());
    Files.createSymbolicLink(folder().resolve("s-1.json"), elsewhere);

    assertThat(paused().list()).extracting(PausedSession::by).containsExactly("unknown");
    paused().release("s-1");
    assertThat(elsewhere).exists();
  }

  @Test
  void whatAKilledProcessLeftIsNoPauseAndGoesWithTime() throws IOException {
    Files.createDirectories(folder());
    Path left = Files.writeString(folder().resolve(".s-1.json.123.tmp"), "{\"sch");
    Files.setLastModifiedTime(left, FileTime.from(NOON.minusSeconds(7200)));
    Path fresh = Files.writeString(folder().resolve(".s-2.json.123.tmp"), "{\"sch");
    Files.setLastModifiedTime(fresh, FileTime.from(NOON));

    assertThat(paused().names()).isEmpty();
    paused().pause("s-3", PausedSession.OPERATOR, NOON, null);
    assertThat(left).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aThreadThatIsInterruptedPausesAndStaysInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    paused().pause("s-1", PausedSession.OPERATOR, NOON, null);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(paused().list()).hasSize(1);
  }

  @Test
  void aFolderThatIsNoFolderIsAnError() throws IOException {
    Files.writeString(folder(), "");

    assertThatThrownBy(() -> paused().names()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> paused().pause("s-1", "operator", NOON, null))
        .isInstanceOf(IOException.class);
  }
}
