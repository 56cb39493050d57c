package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.ResultHint;
import io.governor.ToolTraits;
import io.governor.event.TraceEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session's state across hooks, each of which is a governor of its own. */
class SharedSessionTest {

  private static final String OTHER = "0a1b2c3d-aaaa-4bbb-8ccc-000000000002";

  @TempDir Path home;

  @Test
  void whateverHappensToTheStateTheNextEventIsTheSame() throws IOException {
    SplittableRandom random = Seeds.random();
    List<String> payloads = payloads(random);
    HookBench undisturbed = new HookBench(profiled("undisturbed"));
    HookBench disturbed = new HookBench(profiled("disturbed"));
    disturbed.run(HookBench.before(OTHER, "Bash", "{}", "other"));

    List<byte[]> states = new ArrayList<>();
    for (String payload : payloads) {
      Duration pause = Duration.ofNanos(random.nextLong(3_000_000_000L));
      undisturbed.pass(pause);
      disturbed.pass(pause);
      undisturbed.run(payload);
      disturb(disturbed, states, random);
      disturbed.run(payload);
    }

    assertThat(comparable(disturbed.trace())).isEqualTo(comparable(undisturbed.trace()));
    Chains.assertUnbroken(disturbed.trace());
  }

  /** With a profile under which everything a session remembers shows in its events. */
  private Path profiled(String name) throws IOException {
    Path stateRoot = Files.createDirectory(home.resolve(name));
    Files.writeString(
        stateRoot.resolve("profile.yaml"),
        """
        session_intent: {demand_at: first_write}
        task_boundary: {signals: [time_gap], time_gap_seconds: 2}
        """);
    return stateRoot;
  }

  private void disturb(HookBench bench, List<byte[]> states, SplittableRandom random)
      throws IOException {
    Path state = bench.state();
    if (!Files.exists(state)) {
      return;
    }
    byte[] present = Files.readAllBytes(state);
    states.add(present);
    switch (random.nextInt(8)) {
      case 0 -> Files.delete(state);
      case 1 -> Files.write(state, damaged(present, random));
      case 2 -> Files.write(state, Arrays.copyOf(present, random.nextInt(present.length)));
      case 3 -> Files.write(state, states.get(random.nextInt(states.size())));
      case 4 -> Files.copy(bench.file(OTHER, ".state"), state, StandardCopyOption.REPLACE_EXISTING);
      case 5 -> Files.writeString(state, "[[[[");
      default -> {}
    }
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    byte[] damaged = bytes.clone();
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(127));
    return damaged;
  }

  private static List<String> payloads(SplittableRandom random) {
    String[] tools = {"Read", "Bash", "Write", "Edit", "WebFetch", "mcp__crm__delete_all"};
    List<String> payloads = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String tool = tools[random.nextInt(tools.length)];
      String input = "{\"command\": \"rm -rf /tmp/x" + i + "\", \"n\": " + random.nextInt() + "}";
      payloads.add(
          random.nextBoolean()
              ? HookBench.before(HookBench.SESSION, tool, input, "call-" + i)
              : HookBench.after(tool, input, "call-" + i, "\"result\""));
    }
    return payloads;
  }

  /** The lines without what may differ: ids of events count up over all sessions of a bench. */
  private static List<String> comparable(Path trace) {
    return Chains.lines(trace).stream()
        .map(line -> line.substring(0, line.indexOf(", \"chain\"")))
        .map(line -> line.replaceAll("00000000-0000-4000-8000-[0-9]{12}", "id"))
        .toList();
  }

  @Test
  void aStateThatWasTamperedWithIsNotBelieved() throws IOException {
    HookBench bench = new HookBench(profiled("state"));
    bench.run(HookBench.before("Write", "{}"));
    String state = Files.readString(bench.state());
    assertThat(state).contains("\"first_write_recorded\": true");

    Files.writeString(
        bench.state(),
        state.replace("\"first_write_recorded\": true", "\"first_write_recorded\": null"));
    bench.run(HookBench.before("Write", "{}"));

    assertThat(bench.events().get(5).violations()).isEmpty();
  }

  @Test
  void aRiseInSensitivityIsSeenAcrossHooks() throws IOException {
    HookBench bench =
        new HookBench(home)
            .configured(
                builder ->
                    builder
                        .tool("crm.*", ToolTraits.NONE.result(ResultHint.classified("internal")))
                        .tool("hr.*", ToolTraits.NONE.result(ResultHint.classified("pii"))));

    for (String tool : List.of("hr.find", "crm.find", "hr.find", "crm.find", "hr.find")) {
      bench.run(HookBench.after(tool, "{}", "call-1", "\"found\""));
    }
    Files.delete(bench.state());
    bench.run(HookBench.after("crm.find", "{}", "call-1", "\"found\""));
    bench.run(HookBench.after("hr.find", "{}", "call-1", "\"found\""));

    assertThat(bench.events().stream().skip(2).map(TraceEvent::violations))
        .containsExactly(
            List.of(),
            List.of(),
            List.of("POL-005"),
            List.of(),
            List.of("POL-005"),
            List.of(),
            List.of("POL-005"));
  }

  @Test
  void manyGovernorsInOneProcessTakeTurns() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<String>> said = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String payload = HookBench.before(HookBench.SESSION, "Read", "{}", "call-" + i);
      said.add(threads.submit(() -> stderrOf(payload)));
    }
    for (Future<String> one : said) {
      assertThat(one.get()).isEmpty();
    }
    threads.shutdown();

    HookBench bench = new HookBench(home);
    assertThat(bench.events()).hasSize(122);
    Chains.assertUnbroken(bench.trace());
  }

  private String stderrOf(String payload) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    PrintStream stderr = new PrintStream(err, true, StandardCharsets.UTF_8);
    new HookCommand()
        .run("claude-code", new ByteArrayInputStream(bytes), stderr, stderr, home, Map.of());
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linesOfAnotherSessionInTheSameFileDoNotMatter() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));
    bench.run(HookBench.before(OTHER, "Bash", "{}", "other"));
    String foreign = Files.readString(bench.file(OTHER, ".jsonl"));

    Files.writeString(bench.trace(), foreign, StandardOpenOption.APPEND);
    bench.run(HookBench.before("Read", "{}"));

    List<TraceEvent> own =
        bench.events().stream()
            .filter(event -> event.sessionId().equals(HookBench.SESSION))
            .toList();
    assertThat(own).extracting(TraceEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(own.get(4).previousEventId()).isEqualTo(own.get(3).eventId());
  }

  @Test
  void aTornLastLineIsClosedAndNeverJoinedToOrCut() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));
    String before = Files.readString(bench.trace());
    String torn = before.substring(0, 100);

    Files.writeString(bench.trace(), torn, StandardOpenOption.APPEND);
    bench.run(HookBench.before("Read", "{}"));

    List<String> lines = Chains.lines(bench.trace());
    assertThat(String.join("\n", lines)).startsWith(before + torn + "\n");
    assertThat(bench.events())
        .extracting(TraceEvent::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    List<String> whole = new ArrayList<>(lines);
    assertThat(whole.remove(4)).isEqualTo(torn);
    Chains.assertChained(whole, "0".repeat(64));
  }

  @Test
  void aLastLineThatOnlyLacksItsLineEndIsAnEvent() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));
    String before = Files.readString(bench.trace());

    Files.writeString(bench.trace(), before.substring(0, before.length() - 1));
    bench.run(HookBench.before("Read", "{}"));

    Chains.assertUnbroken(bench.trace());
    assertThat(bench.events()).hasSize(6);
  }

  @Test
  void aTraceThatLostItsTailGoesOnFromTheHeadItHad() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));
    bench.run(HookBench.before("Read", "{}"));
    List<String> full = Chains.lines(bench.trace());
    String lostHead = Chains.hash(full.get(5));

    Files.writeString(bench.trace(), String.join("\n", full.subList(0, 4)) + "\n");
    bench.run(HookBench.before("Read", "{}"));
    Files.delete(bench.state());
    bench.run(HookBench.before("Read", "{}"));

    List<String> lines = Chains.lines(bench.trace());
    assertThat(lines).hasSize(8);
    Chains.assertChained(lines.subList(0, 4), "0".repeat(64));
    Chains.assertChained(lines.subList(4, 8), lostHead);
    assertThat(Files.readAllLines(home.resolve("heads.log")))
        .hasSize(4)
        .satisfies(
            heads -> {
              assertThat(heads.get(0)).contains("\"lines\": 4", "\"why\": \"reached\"");
              assertThat(heads.get(1)).contains("\"lines\": 6", lostHead, "\"why\": \"short\"");
              assertThat(heads.get(2)).contains("\"lines\": 8", "\"why\": \"reached\"");
              assertThat(heads.get(3)).contains("\"lines\": 8", "\"why\": \"resumed\"");
            });
  }

  @Test
  void aStateFromBeforeTheTraceWasRemovedStillTellsThatSomethingIsMissing() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));
    String head = Chains.hash(Chains.lines(bench.trace()).get(3));

    Files.delete(bench.trace());
    bench.run(HookBench.event("SessionStart"));

    assertThat(Lines.of(bench.events())).isEqualTo("AGENT_REGISTERED; INTENT_DECLARED");
    Chains.assertChained(Chains.lines(bench.trace()), head);
  }

  @Test
  void onlyASessionsEndGoesOnRecordAsItsEnd() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));
    bench.run(HookBench.before("Read", "{}"));

    assertThat(Files.readString(home.resolve("heads.log"))).doesNotContain("closed");

    bench.run(HookBench.event("SessionEnd"));

    assertThat(Files.readAllLines(home.resolve("heads.log")))
        .hasSize(2)
        .last()
        .asString()
        .contains("closed");
  }

  @Test
  void aHookThatHasNothingToRecordWritesNothing() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));
    Object state = Files.readAttributes(bench.state(), BasicFileAttributes.class).fileKey();
    byte[] trace = Files.readAllBytes(bench.trace());

    bench.run(HookBench.event("Stop"));

    assertThat(Files.readAllBytes(bench.trace())).isEqualTo(trace);
    assertThat(Files.readAttributes(bench.state(), BasicFileAttributes.class).fileKey())
        .isEqualTo(state);
  }
}
