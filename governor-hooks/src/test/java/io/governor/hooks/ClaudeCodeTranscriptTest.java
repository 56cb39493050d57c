package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.TokenUsage;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.TraceEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeCodeTranscriptTest {

  @TempDir Path home;

  @Test
  void theFirstUsageOfARequestCountsAndItsCallsAreCollectedOverAllItsLines() throws IOException {
    List<TokenUsage> turns =
        turns(
            """
            {"type": "user", "message": {"role": "user", "content": "please"}}
            {"type": "assistant", "requestId": "r1", "message": {"model": "m-1", "content": [{"type": "text", "text": "ok"}], "usage": {}}}
            {"type": "assistant", "requestId": "r1", "message": {"model": "m-1", "content": [{"type": "tool_use", "id": "c1", "name": "Read", "input": {"id": "no", "type": "tool_use"}}], "usage": {"input_tokens": 3, "output_tokens": 40, "cache_read_input_tokens": 1000, "cache_creation_input_tokens": 500}}}
            {"type": "assistant", "requestId": "r2", "message": {"model": "m-2", "content": "only text", "usage": {"output_tokens": 7}}}
            {"type": "assistant", "requestId": "r1", "message": {"content": [{"id": "c2", "type": "tool_use"}, {"type": "tool_use", "id": "c1"}, {"type": "tool_use"}, 5], "usage": {"input_tokens": 9, "output_tokens": 9}}}
            """);

    assertThat(turns)
        .containsExactly(
            new TokenUsage(
                3L, 40L, 1000L, 500L, null, "m-1", "anthropic", "r1", List.of("c1", "c2")),
            new TokenUsage(null, 7L, null, null, null, "m-2", "anthropic", "r2", List.of()));
    assertThat(turns.get(0).derivedBurn()).isEqualTo(1543);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[1, 2]",
        "{\"type\": \"assistant\"",
        "{\"type\": \"assistant\", \"requestId\": \"x\", \"message\": {\"usage\": {\"input_tokens\": 1}}} more",
        "{\"type\": \"user\", \"requestId\": \"x\", \"message\": {}}",
        "{\"type\": \"assistant\", \"requestId\": 7, \"message\": {}}",
        "{\"type\": \"assistant\", \"requestId\": \"x\", \"message\": \"text\"}",
        "{\"type\": \"assistant\", \"requestId\": \"x\", \"message\": null}",
        "{\"type\": \"assistant\", \"message\": {\"usage\": {\"input_tokens\": 1}}}",
      })
  void aLineThatIsBrokenOrNoModelRequestIsPassedOver(String line) throws IOException {
    List<TokenUsage> turns = turns(turn("before", 1) + line + "\n" + turn("after", 2));

    assertThat(turns.stream().map(TokenUsage::turnId)).containsExactly("before", "after");
  }

  @Test
  void aBrokenLastLineIsNormalAndAWholeOneNeedsNoLineEnd() throws IOException {
    assertThat(turns(turn("one", 1) + turn("two", 2).substring(0, 60))).hasSize(1);
    assertThat(turns(turn("one", 1) + turn("two", 2).strip())).hasSize(2);
  }

  @Test
  void aLineWithBrokenCharactersStillTellsItsUsage() throws IOException {
    String halfPair =
        "{\"type\": \"assistant\", \"requestId\": \"r\", \"message\": {\"content\": [{\"type\":"
            + " \"text\", \"text\": \"\\ud83d\"}], \"usage\": {\"input_tokens\": 5}}}\n";

    assertThat(turns(halfPair).get(0).promptTokens()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "token-counts.csv", delimiter = '|', quoteCharacter = '`')
  void aCountIsANonNegativeWholeNumber(String written, Long expected) throws IOException {
    String line =
        "{\"type\": \"assistant\", \"requestId\": \"r\", \"message\": {\"usage\": {\"input_tokens\": "
            + written
            + ", \"output_tokens\": 1}}}\n";

    assertThat(turns(line).get(0).promptTokens()).isEqualTo(expected);
    assertThat(turns(line).get(0).completionTokens()).isEqualTo(1);
  }

  @Test
  void aLineOfAnyLengthIsReadWithoutBeingHeld() throws IOException {
    Path transcript = home.resolve("long.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(transcript)) {
      out.write(
          "{\"type\": \"assistant\", \"message\": {\"content\": [{\"type\": \"text\", \"text\": \"");
      String block = "0123456789".repeat(1000);
      for (int i = 0; i < 6000; i++) {
        out.write(block);
      }
      out.write("\"}], \"usage\": {\"input_tokens\": 11}}, \"requestId\": \"r\"}\n");
    }

    TurnSource.Turns turns = new ClaudeCodeTranscript(transcript.toString()).read();

    assertThat(turns.problem()).isNull();
    assertThat(turns.usages().get(0).promptTokens()).isEqualTo(11);
  }

  @Test
  void whatCannotBeReadIsNamedWithoutItsPath() throws IOException {
    Path folder = Files.createDirectory(home.resolve("canary"));
    String nul = "/canary\0";

    for (String path : List.of(folder.toString(), folder.resolve("absent").toString(), nul)) {
      TurnSource.Turns turns = new ClaudeCodeTranscript(path).read();

      assertThat(turns.usages()).isEmpty();
      assertThat(turns.problem())
          .startsWith("SessionEnd: the transcript cannot be read: ")
          .doesNotContain("canary");
    }
    assertThat(new ClaudeCodeTranscript(null).read().problem()).contains("transcript_path");
  }

  @Test
  void aSessionsEndRecordsEachTurnOnceAndThatTheTraceIsClosed() throws IOException {
    HookBench bench = new HookBench(home.resolve("state"));
    Path transcript = transcript(turn("r1", 10) + turn("r2", 20));
    bench.run(HookBench.before("Read", "{}"));

    bench.run(HookBench.end(transcript));
    byte[] once = Files.readAllBytes(bench.trace());
    byte[] headsOnce = Files.readAllBytes(home.resolve("state").resolve("heads.log"));
    bench.run(HookBench.end(transcript));

    assertThat(Lines.of(bench.events()))
        .isEqualTo(
            "AGENT_REGISTERED; INTENT_DECLARED; SCOPE_ASSERTED READ filesystem POL-001;"
                + " CONTEXT_SNAPSHOT filesystem POL-003; CONTEXT_SNAPSHOT claude_code_transcript;"
                + " CONTEXT_SNAPSHOT claude_code_transcript");
    assertThat(Files.readAllBytes(bench.trace())).isEqualTo(once);
    assertThat(Files.readAllBytes(home.resolve("state").resolve("heads.log"))).isEqualTo(headsOnce);
    assertThat(new String(headsOnce, StandardCharsets.US_ASCII))
        .containsOnlyOnce("\"why\": \"closed\"");
    ContextSnapshot snapshot = (ContextSnapshot) bench.events().get(4).payload();
    assertThat(snapshot.contextSizeTokens()).isEqualTo(11);
    assertThat(bench.events().get(4).flags()).isEmpty();
  }

  @Test
  void aSessionThatGoesOnAfterItsEndRecordsOnlyItsNewTurns() throws IOException {
    HookBench bench = new HookBench(home.resolve("state"));
    bench.run(HookBench.end(transcript(turn("r1", 10))));

    bench.run(HookBench.event("SessionStart"));
    bench.run(HookBench.end(transcript(turn("r1", 10) + turn("r2", 20))));

    assertThat(turnIds(bench)).containsExactly("r1", "r2");
  }

  @Test
  void turnsAlreadyWrittenAreKnownWithoutTheState() throws IOException {
    HookBench bench = new HookBench(home.resolve("state"));
    Path transcript = transcript(turn("r1", 10) + turn("r2", 20));
    bench.run(HookBench.end(transcript));

    Files.delete(bench.state());
    bench.run(HookBench.end(transcript));

    assertThat(turnIds(bench)).containsExactly("r1", "r2");
  }

  @Test
  void anEndBeginsARecordOnlyWhenItsTranscriptTellsOfSomethingOrCannotBeRead() throws IOException {
    String mute = "{\"type\": \"assistant\", \"requestId\": \"r\", \"message\": {}}\n";
    String calling =
        "{\"type\": \"assistant\", \"requestId\": \"r\", \"message\":"
            + " {\"content\": [{\"type\": \"tool_use\", \"id\": \"c\"}]}}\n";

    assertThat(afterEndOnly("empty", transcript(""))).isEmpty();
    assertThat(afterEndOnly("mute", transcript(mute))).isEmpty();
    assertThat(afterEndOnly("used", transcript(turn("r", 1)))).hasSize(3);
    assertThat(afterEndOnly("calling", transcript(calling))).hasSize(3);
    assertThat(afterEndOnly("absent", home.resolve("absent.jsonl"))).hasSize(2);
  }

  @Test
  void aMuteTurnHasItsSnapshotInASessionThatIsOnRecord() throws IOException {
    HookBench bench = new HookBench(home.resolve("state"));
    bench.run(HookBench.event("SessionStart"));

    bench.run(
        HookBench.end(
            transcript("{\"type\": \"assistant\", \"requestId\": \"r\", \"message\": {}}\n")));

    assertThat(turnIds(bench)).containsExactly("r");
  }

  private List<TraceEvent> afterEndOnly(String name, Path transcript) {
    HookBench bench = new HookBench(home.resolve(name));
    bench.run(HookBench.end(transcript));
    return bench.events();
  }

  @Test
  void theReferenceTranscriptBurnsWhatItShould() {
    Path transcript =
        Path.of(System.getProperty("governor.vectors", "absent"))
            .resolve("execution-record/claude_code_transcript_session_basic.jsonl");
    Assumptions.assumeTrue(Files.exists(transcript), "no reference data at " + transcript);
    HookBench bench = new HookBench(home.resolve("state"));

    bench.run(HookBench.end(transcript));
    bench.run(HookBench.end(transcript));

    List<ContextSnapshot> snapshots =
        bench.events().stream()
            .map(TraceEvent::payload)
            .filter(ContextSnapshot.class::isInstance)
            .map(ContextSnapshot.class::cast)
            .toList();
    assertThat(snapshots.stream().map(ContextSnapshot::contextSizeTokens))
        .containsExactly(39282L, 1060L, 605L);
    assertThat(snapshots.stream().map(snapshot -> snapshot.usage().toolUseIds().size()))
        .containsExactly(2, 1, 0);
  }

  private static List<String> turnIds(HookBench bench) {
    return bench.events().stream()
        .map(TraceEvent::payload)
        .filter(ContextSnapshot.class::isInstance)
        .map(payload -> ((ContextSnapshot) payload).usage().turnId())
        .toList();
  }

  private static String turn(String requestId, int input) {
    return "{\"type\": \"assistant\", \"requestId\": \""
        + requestId
        + "\", \"message\": {\"usage\": {\"input_tokens\": "
        + input
        + ", \"output_tokens\": 1}}}\n";
  }

  private Path transcript(String lines) throws IOException {
    return Files.writeString(Files.createTempFile(home, "transcript", ".jsonl"), lines);
  }

  private List<TokenUsage> turns(String lines) throws IOException {
    TurnSource.Turns turns = new ClaudeCodeTranscript(transcript(lines).toString()).read();
    assertThat(turns.problem()).isNull();
    return turns.usages();
  }
}
