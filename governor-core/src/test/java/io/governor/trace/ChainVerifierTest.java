package io.governor.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.EventDecoder;
import io.governor.event.RandomEvents;
import io.governor.json.JsonWriter;
import io.governor.trace.ChainReport.Break;
import io.governor.trace.ChainReport.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainVerifierTest {

  private static final String ZEROS = "0".repeat(64);

  /** Five chained lines, each with its line end, and their hashes. */
  private final List<String> lines = new ArrayList<>();

  private final List<String> hashes = new ArrayList<>();

  @BeforeEach
  void writeATrace() {
    for (int i = 1; i <= 5; i++) {
      append(
          "{\"event_id\": \"e"
              + i
              + "\", \"event_type\": \"X\", \"governor\": {\"origin\": \"api\"}}");
    }
  }

  @Test
  void aTraceAsItWasWrittenIsIntact() throws IOException {
    assertThat(verify(lines)).isEqualTo(report(Status.INTACT, 5, 0, 0, hashes.get(4)));
  }

  @Test
  void everyOtherByteAtEveryPlaceIsFound() throws IOException {
    byte[] trace = bytes(lines.subList(0, 2));
    List<String> missed = new ArrayList<>();
    for (int at = 0; at < trace.length; at++) {
      byte sound = trace[at];
      for (int other = 0; other < 256; other++) {
        if ((byte) other != sound) {
          trace[at] = (byte) other;
          Status status = verify(trace).status();
          if (status == Status.INTACT || status == Status.NOT_CHAINED) {
            missed.add("byte " + at + " as " + other + ": " + status);
          }
        }
      }
      trace[at] = sound;
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void everyRemovedOrRepeatedByteIsFound() throws IOException {
    String trace = String.join("", lines.subList(0, 3));
    for (int at = 0; at < trace.length() - 1; at++) {
      String removed = trace.substring(0, at) + trace.substring(at + 1);
      String repeated = trace.substring(0, at) + trace.charAt(at) + trace.substring(at);

      assertThat(verify(List.of(removed)).status())
          .as("without %d", at)
          .isIn(Status.TAMPERED, Status.DAMAGED);
      assertThat(verify(List.of(repeated)).status())
          .as("twice %d", at)
          .isIn(Status.TAMPERED, Status.DAMAGED);
    }
  }

  @Test
  void aChangedLineIsNamedWithBothHashes() throws IOException {
    lines.set(2, lines.get(2).replace("\"e3\"", "\"x3\""));

    ChainReport report = verify(lines);

    assertThat(report.status()).isEqualTo(Status.TAMPERED);
    assertThat(report.chainedLines()).isEqualTo(2);
    assertThat(report.head()).isEqualTo(hashes.get(1));
    assertThat(report.firstBreak().line()).isEqualTo(3);
    assertThat(report.firstBreak().reason()).isEqualTo("the line was changed");
    assertThat(report.firstBreak().found()).isEqualTo(hashes.get(2));
    assertThat(report.firstBreak().expected()).hasSize(64).isNotEqualTo(hashes.get(2));
  }

  @Test
  void aChangedLineWithAHashToMatchIsFoundAtTheNext() throws IOException {
    byte[] body =
        "{\"event_id\": \"x3\", \"event_type\": \"X\", \"governor\": {}}".getBytes(ISO_8859_1);
    JsonWriter forged = new JsonWriter(16).raw(body);
    byte[] hash = HashChain.seal(forged, 0, HexFormat.of().parseHex(hashes.get(1)));
    lines.set(2, new String(forged.toByteArray(), ISO_8859_1) + "\n");

    assertThat(verify(lines).firstBreak())
        .isEqualTo(
            new Break(
                4,
                "a line before it was removed, inserted or moved",
                HexFormat.of().formatHex(hash),
                hashes.get(2)));
  }

  @Test
  void aRemovedLineIsFoundAtTheNext() throws IOException {
    lines.remove(2);

    assertThat(verify(lines).firstBreak())
        .isEqualTo(
            new Break(
                3,
                "a line before it was removed, inserted or moved",
                hashes.get(1),
                hashes.get(2)));
  }

  @Test
  void aRemovedFirstLineIsFoundToo() throws IOException {
    lines.remove(0);

    assertThat(verify(lines).firstBreak())
        .isEqualTo(
            new Break(1, "a line before it was removed, inserted or moved", ZEROS, hashes.get(0)));
  }

  @Test
  void aMovedOrRepeatedLineIsFound() throws IOException {
    List<String> moved = new ArrayList<>(lines);
    moved.add(1, moved.remove(2));
    List<String> repeated = new ArrayList<>(lines);
    repeated.add(3, repeated.get(2));

    assertThat(verify(moved).firstBreak().line()).isEqualTo(2);
    assertThat(verify(repeated).firstBreak().line()).isEqualTo(4);
  }

  @Test
  void aMissingEndShowsOnlyInTheHead() throws IOException {
    ChainReport report = verify(lines.subList(0, 3));

    assertThat(report).isEqualTo(report(Status.INTACT, 3, 0, 0, hashes.get(2)));
  }

  @Test
  void aLineWithoutChainAfterOneThatHasOneBreaksTheChain() throws IOException {
    lines.add(3, "{\"event_type\": \"X\"}\n");

    assertThat(verify(lines).firstBreak())
        .isEqualTo(new Break(4, "the line has no chain, after one that has", null, null));
  }

  @Test
  void aLineThatIsNoEventBreaksTheChain() throws IOException {
    for (String junk : List.of("\n", "{}\n", "# note\n", "\r\n", "x".repeat(17 << 20) + "\n")) {
      List<String> inside = new ArrayList<>(lines);
      inside.add(3, junk);
      List<String> before = new ArrayList<>(lines);
      before.add(0, junk);
      List<String> after = new ArrayList<>(lines);
      after.add(junk);

      assertThat(verify(inside).firstBreak())
          .isEqualTo(new Break(4, "the line is no event", null, null));
      assertThat(verify(before).firstBreak())
          .isEqualTo(new Break(1, "the line is no event", null, null));
      assertThat(verify(after).firstBreak())
          .isEqualTo(new Break(6, "the line is no event", null, null));
    }
  }

  @Test
  void aSessionThatBeganWithoutAChainMayGoOnWithOne() throws IOException {
    String before = event("e0", 1, null) + "\n";
    lines.clear();
    hashes.clear();
    append(event("e1", 2, "e0"));

    lines.add(0, before);

    assertThat(verify(lines)).isEqualTo(report(Status.INTACT, 1, 1, 0, hashes.get(0)));
  }

  @Test
  void anEventBeforeAChainThatDoesNotGoOnFromItWasInserted() throws IOException {
    for (String inserted :
        List.of(event("e0", 1, null), event("e9", 1, null), event("e1", 2, "e0"))) {
      lines.clear();
      hashes.clear();
      append(event("e1", 1, null));
      append(event("e2", 2, "e1"));

      lines.add(0, inserted + "\n");

      assertThat(verify(lines).firstBreak())
          .isEqualTo(new Break(1, "the line was inserted before the chain", null, null));
    }
  }

  private static String event(String id, int sequence, @Nullable String previous) {
    return "{\"event_id\": \"%s\", \"event_type\": \"X\", \"session_id\": \"s\", \"event_sequence_number\": %d, \"previous_event_id\": %s, \"governor\": {\"origin\": \"api\"}}"
        .formatted(id, sequence, previous == null ? null : '"' + previous + '"');
  }

  @Test
  void everyChangedByteOfATraceOfOneLineIsFound() throws IOException {
    byte[] trace = bytes(lines.subList(0, 1));
    List<String> missed = new ArrayList<>();
    for (int at = 0; at < trace.length; at++) {
      byte sound = trace[at];
      for (int other = 0; other < 256; other++) {
        if ((byte) other != sound) {
          trace[at] = (byte) other;
          Status status = verify(trace).status();
          if (status == Status.INTACT || status == Status.NOT_CHAINED) {
            missed.add("byte " + at + " as " + other + ": " + status);
          }
        }
      }
      trace[at] = sound;
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void aLastLineWithoutItsLineEndIsDamage() throws IOException {
    lines.set(4, lines.get(4).stripTrailing());

    assertThat(verify(lines)).isEqualTo(report(Status.DAMAGED, 5, 0, 0, hashes.get(4)));
  }

  @Test
  void aTraceWithoutChainIsNotChained() throws IOException {
    List<String> foreign = List.of("{\"event_type\": \"X\"}\n", "\n", "{}\n", "{\"event_id\": \"e");

    assertThat(verify(foreign))
        .isEqualTo(new ChainReport("t", Status.NOT_CHAINED, 0, 1, 1, 2, 0, null, null, null));
    assertThat(verify(List.of())).isEqualTo(report(Status.NOT_CHAINED, 0, 0, 0, null));
  }

  @Test
  void everyTornLineAfterWhichTheChainGoesOnIsDamage() throws IOException {
    String whole = lines.get(2).stripTrailing();
    for (int length = 1; length < whole.length(); length++) {
      List<String> torn = new ArrayList<>(lines);
      torn.add(2, whole.substring(0, length) + "\n");

      assertThat(verify(torn))
          .as("cut after %d bytes", length)
          .isEqualTo(report(Status.DAMAGED, 5, 0, 1, hashes.get(4)));
    }
  }

  @Test
  void tornLinesAtTheStartAtTheEndAndInARowAreDamage() throws IOException {
    String torn = "{\"event_id\": \"e9\", \"event_ty";
    List<String> trace = new ArrayList<>(lines);
    trace.add(0, torn + "\n");
    trace.add(3, torn + "\n");
    trace.add(3, "{\n");
    trace.add(torn);

    assertThat(verify(trace)).isEqualTo(report(Status.DAMAGED, 5, 0, 4, hashes.get(4)));
  }

  @Test
  void aLineThatWasCutWhenTheChainWentOnFromItIsTampering() throws IOException {
    String whole = lines.get(2);
    lines.set(2, whole.substring(0, 100) + "\n");

    assertThat(verify(lines).firstBreak())
        .isEqualTo(
            new Break(3, "the line was cut, and not by a crash", hashes.get(1), hashes.get(2)));
  }

  @Test
  void aCutLineThatIsNoBeginningOfAnEventIsTampering() throws IOException {
    for (String line :
        List.of(
            "{\"event_type\": \"X\", ", "{\"event_id\": \"\t", "{\"event_id\": \"e\",, ", "x")) {
      List<String> trace = new ArrayList<>(lines);
      trace.add(2, line + "\n");

      assertThat(verify(trace).firstBreak())
          .isEqualTo(new Break(3, "the line is no event", null, null));
    }
  }

  @Test
  void everyBeginningOfALineOfTheEncoderIsKnownAsOne() {
    long seed = RandomEvents.seed();
    RandomEvents events = new RandomEvents(new SplittableRandom(seed));
    for (int i = 0; i < 20; i++) {
      byte[] line = RandomEvents.line(events.next());
      for (int length = 1; length < line.length; length++) {
        assertThat(EventDecoder.isCutOff(line, 0, length))
            .as("event %d of seed %d, cut after %d bytes", i, seed, length)
            .isTrue();
      }
      assertThat(EventDecoder.isCutOff(line, 0, line.length)).isFalse();
    }
  }

  @Test
  void filesAreVerifiedAndErrorsNameThem(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("t.jsonl"), bytes(lines));
    Path missing = folder.resolve("missing.jsonl");

    assertThat(ChainVerifier.verify(file).status()).isEqualTo(Status.INTACT);
    assertThat(ChainVerifier.verify(file).source()).isEqualTo(file.toString());
    assertThatThrownBy(() -> ChainVerifier.verify(missing))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot read " + missing + ": no such file or directory");
    assertThatThrownBy(() -> ChainVerifier.verify(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read " + folder + ": ");
  }

  private static ChainReport report(
      Status status, long chained, long unchained, long damaged, @Nullable String head) {
    return new ChainReport("t", status, chained, unchained, damaged, 0, chained, head, null, null);
  }

  private void append(String body) {
    byte[] prev = HexFormat.of().parseHex(hashes.isEmpty() ? ZEROS : hashes.get(hashes.size() - 1));
    JsonWriter line = new JsonWriter(256).raw(body.getBytes(ISO_8859_1));
    hashes.add(HexFormat.of().formatHex(HashChain.seal(line, 0, prev)));
    lines.add(new String(line.toByteArray(), ISO_8859_1) + "\n");
  }

  private static ChainReport verify(List<String> lines) throws IOException {
    return verify(bytes(lines));
  }

  private static ChainReport verify(byte[] trace) throws IOException {
    return ChainVerifier.verify("t", new ByteArrayInputStream(trace));
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("", lines).getBytes(ISO_8859_1);
  }
}
