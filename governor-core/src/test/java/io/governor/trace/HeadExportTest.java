package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadExportTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  @TempDir private Path home;

  private RecordedRoot root;

  @BeforeEach
  void record() {
    root = new RecordedRoot(home.resolve("root")).record("a", 3).share("b", 2).record("c", 1);
  }

  private HeadExport export() throws IOException {
    return TraceVerifier.of(root.path).export(NOW).heads();
  }

  private VerifyReport against(HeadExport heads) throws IOException {
    return TraceVerifier.of(root.path).against(heads).verify();
  }

  private Map<String, Kind> foundAgainst(HeadExport heads) throws IOException {
    return RecordedRoot.found(against(heads));
  }

  @Test
  void anExportNamesEachTraceWithItsLinesAndItsHead() throws IOException {
    HeadExport heads = export();

    assertThat(heads.heads())
        .extracting(TraceHead::trace, TraceHead::lines)
        .containsExactly(
            tuple("traces/api/a.jsonl", 5L),
            tuple("traces/api/b.jsonl", 4L),
            tuple("traces/api/c.jsonl", 3L));
    assertThat(root.lines("a").get(4)).contains("\"hash\": \"" + heads.heads().get(0).hash());
    assertThat(heads.logBytes()).isEqualTo(Files.size(root.log()));
    List<String> lines = heads.text().lines().toList();
    assertThat(lines).hasSize(2 + 1 + 3 + 1).startsWith("governor heads 1", NOW.toString());
    assertThat(lines.get(6)).isEqualTo("sha256 " + heads.hash());
  }

  @Test
  void whatWasExportedIsReadBackAsItWas() throws IOException {
    HeadExport heads = export();
    HeadExport strange =
        new HeadExport(
            NOW,
            List.of(
                new TraceHead(" odd\n\"name\u00e9.jsonl", 1, "0".repeat(64)),
                new TraceHead("two words.jsonl", 2, "1".repeat(64))),
            0,
            "2".repeat(64));

    for (HeadExport each : List.of(heads, strange)) {
      assertThat(HeadExport.parse(each.text())).isEqualTo(each);
      assertThat(HeadExport.parse(each.text().replace("\n", "\r\n"))).isEqualTo(each);
      assertThat(HeadExport.parse(each.json())).isEqualTo(each);
      assertThat(HeadExport.parse(each.json() + "\n")).isEqualTo(each);
    }
  }

  @Test
  void anExportThatIsNotWholeOrWasChangedIsRefused() throws IOException {
    String text = export().text();
    for (int length = 0; length < text.length() - 1; length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> HeadExport.parse(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    for (int at = 0; at < text.length() - 1; at++) {
      String changed = text.substring(0, at) + 'X' + text.substring(at + 1);
      assertThatThrownBy(() -> HeadExport.parse(changed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("line ");
    }
    String json = export().json().replace("\"lines\": 5", "\"lines\": 6");
    assertThatThrownBy(() -> HeadExport.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sha256: the export is not whole, or was changed: its hash is another");
  }

  @Test
  void tracesThatGoOnContinueTheExportedHeads() throws IOException {
    HeadExport heads = export();

    assertThat(against(heads).findings()).isEmpty();

    root.record("a", 2).share("b", 1).record("d", 1);
    assertThat(against(heads).findings()).isEmpty();
  }

  @Test
  void aTraceThatWasWrittenAnewTogetherWithTheLogOfHeadsIsFoundOnlyByAnExport() throws IOException {
    HeadExport heads = export();
    Files.delete(root.trace("a"));
    List<String> log = Files.readAllLines(root.log());
    log.removeIf(line -> line.contains("/a.jsonl"));
    Files.write(root.log(), log);
    root.record("a", 6);

    assertThat(root.verify().findings()).isEmpty();
    assertThat(foundAgainst(heads))
        .containsExactly(entry("a.jsonl:5", Kind.TAMPERED), entry("heads.log", Kind.TAMPERED));
  }

  @Test
  void linesThatWereExportedAndAreGoneAreTamperingWhateverTheLogSays() throws IOException {
    HeadExport heads = export();
    root.write("a", root.lines("a").subList(0, 2));

    assertThat(root.found()).containsExactly(entry("a.jsonl", Kind.MISSING));
    assertThat(foundAgainst(heads)).containsExactly(entry("a.jsonl:3", Kind.TAMPERED));

    root.record("a", 4);
    assertThat(root.found()).containsExactly(entry("a.jsonl", Kind.MISSING));
    assertThat(foundAgainst(heads)).containsExactly(entry("a.jsonl:3", Kind.TAMPERED));
  }

  @Test
  void aFileThatWasExportedAndIsGoneIsFoundThoughNothingElseKnowsOfIt() throws IOException {
    root.record("open", 1);
    List<String> log = Files.readAllLines(root.log());
    log.removeIf(line -> line.contains("/open.jsonl"));
    Files.write(root.log(), log);
    HeadExport heads = export();
    Files.delete(root.trace("open"));

    assertThat(root.verify().findings()).isEmpty();
    assertThat(foundAgainst(heads)).containsExactly(entry("open.jsonl", Kind.DELETED));
  }

  @Test
  void aFileThatWasRemovedForItsAgeSinceTheExportIsCountedAndNotMissed() throws IOException {
    HeadExport heads = export();
    prune("a");

    VerifyReport report = against(heads);

    assertThat(report.findings()).isEmpty();
    assertThat(report.pruned()).isEqualTo(1);
    root.record("a", 1);
    assertThat(against(heads).findings()).isEmpty();
  }

  @Test
  void aRecordOfRemovalFromBeforeTheExportExcusesNothing() throws IOException {
    prune("a");
    root.record("a", 2);
    HeadExport heads = export();
    Files.delete(root.trace("a"));

    assertThat(foundAgainst(heads)).containsExactly(entry("a.jsonl", Kind.DELETED));
  }

  private void prune(String id) throws IOException {
    Files.writeString(
        root.log(),
        root.head(id, "closed").replace("closed", "pruned") + "\n",
        StandardCharsets.US_ASCII,
        StandardOpenOption.APPEND);
    Files.delete(root.trace(id));
  }

  @Test
  void ofATraceThatWasTamperedWithThereIsNoHead() throws IOException {
    root.write("a", root.lines("a").subList(1, 5));

    TraceVerifier.Exported exported = TraceVerifier.of(root.path).export(NOW);

    assertThat(exported.heads().heads())
        .extracting(TraceHead::trace)
        .containsExactly("traces/api/b.jsonl", "traces/api/c.jsonl");
    assertThat(RecordedRoot.found(exported.report()).values()).containsExactly(Kind.TAMPERED);
  }

  @Test
  void ofAStateRootThatIsGoneTheExportKnowsWhatWasThere() throws IOException {
    HeadExport heads = export();

    VerifyReport report =
        TraceVerifier.of(home.resolve("gone")).against(HeadExport.parse(heads.text())).verify();

    assertThat(RecordedRoot.found(report).values()).contains(Kind.DELETED);
    assertThat(report.count(Kind.DELETED)).isEqualTo(heads.heads().size());
  }

  @Test
  void ofNothingThereIsAnExportToo() throws IOException {
    TraceVerifier nothing = TraceVerifier.of(home.resolve("nothing"));

    HeadExport heads = nothing.export(NOW).heads();

    assertThat(heads.heads()).isEmpty();
    assertThat(nothing.against(HeadExport.parse(heads.text())).verify().findings()).isEmpty();
  }
}
