package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.TraceEvent;
import io.governor.hooks.HookSettings.OnFailure;
import io.governor.trace.SessionFileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookEngineTest {

  private static final String POLICY =
      """
      governor: 1
      id: engine-test
      revision: 1
      mode: %s
      rules:
        - {id: HOOK-101, tool: "*", when: {command: {destructive: true}}, effect: deny, reason: No.}
        - {id: HOOK-102, tool: counted, limit: {calls: 2, within: PT1H, per: session}, effect: deny, reason: Enough.}
      """;

  @TempDir Path home;

  private HookEngine engine(HookSettings settings) {
    return HookEngine.open(home, settings);
  }

  private void policy(String mode) throws IOException {
    Files.writeString(home.resolve("policy.yaml"), POLICY.formatted(mode));
  }

  private static HookReply answer(HookEngine engine, String payload) {
    return answer(engine, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static HookReply answer(HookEngine engine, byte[] payload) {
    return engine.answer(new HookRequest("claude-code", payload, Map.of()));
  }

  private static String call(String session, String tool, String command, String id) {
    return HookBench.before(session, tool, "{\"command\": " + HookBench.quoted(command) + "}", id);
  }

  private List<TraceEvent> events(String session) {
    return HookBench.read(
        home.resolve("traces/claude-code").resolve(SessionFileName.of(session) + ".jsonl"));
  }

  static Stream<byte[]> unreadable() {
    byte[] notUtf8 = "{\"session_id\": \"\u0001\"}".getBytes(StandardCharsets.ISO_8859_1);
    notUtf8[16] = (byte) 0xff;
    return Stream.of(
        "{\"session_id\": \"s\", \"hook_ev".getBytes(StandardCharsets.UTF_8),
        notUtf8,
        ("{\"a\": " + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8),
        ("{\"a\": \"" + "x".repeat(20 << 20) + "\"}").getBytes(StandardCharsets.UTF_8),
        "[]".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatNobodyCanReadGoesOnWhereNothingIsEnforced(byte[] payload) throws IOException {
    policy("observe");
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      HookReply reply = answer(engine, payload);

      assertThat(reply.exitCode()).isZero();
      assertThat(reply.stdout()).isEmpty();
      assertThat(reply.stderr())
          .startsWith("governor hook claude-code: the payload cannot be read");
      assertThat(HookFailures.at(home).read().byReason()).containsEntry("payload", 1L);
    }
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatNobodyCanReadIsRefusedWithAReasonWhereSomethingIsEnforced(byte[] payload)
      throws IOException {
    policy("enforce");
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      HookReply reply = answer(engine, payload);

      assertThat(reply.exitCode()).isEqualTo(2);
      assertThat(reply.stdout()).isEmpty();
      assertThat(reply.stderr()).startsWith("Refused: ").contains("the payload cannot be read");
      assertThat(HookFailures.at(home).read().byReason()).containsEntry("payload", 1L);
    }
  }

  @Test
  void aPayloadOfWhichTheDaemonKeptOnlyTheBeginningIsSaidToBeTooLong() throws IOException {
    policy("enforce");
    byte[] kept = new byte[(16 << 20) + 1];
    Arrays.fill(kept, 0, 16 << 20, (byte) 'x');
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      assertThat(answer(engine, kept).stderr()).contains("it is longer than 16 MiB");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "observe, BY_MODE, 0",
    "observe, CLOSED, 2",
    "observe, OPEN, 0",
    "enforce, BY_MODE, 2",
    "enforce, OPEN, 0",
    "enforce, CLOSED, 2"
  })
  void theOperatorSaysWhatBecomesOfWhatCannotBeDecided(
      String mode, OnFailure onFailure, int exitCode) throws IOException {
    policy(mode);
    try (HookEngine engine = engine(HookSettings.DEFAULT.withOnFailure(onFailure))) {
      assertThat(answer(engine, "no JSON").exitCode()).isEqualTo(exitCode);
      assertThat(answer(engine, "").exitCode()).isEqualTo(exitCode);
      assertThat(answer(engine, "{}").exitCode()).isEqualTo(exitCode);
      HookRequest stranger = new HookRequest("stranger", new byte[0], Map.of());
      assertThat(engine.answer(stranger).exitCode()).isEqualTo(exitCode);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UserPromptSubmit", "PostToolUse", "SessionStart", "Stop", "SomethingNew"})
  void whatDecidesNothingIsNeverRefused(String event) throws IOException {
    policy("enforce");
    try (HookEngine engine = engine(HookSettings.DEFAULT.withOnFailure(OnFailure.CLOSED))) {
      HookReply reply = answer(engine, HookBench.event(event));

      assertThat(reply.exitCode()).isZero();
      assertThat(reply.stdout()).isEmpty();
    }
  }

  private static HookReply enforced(HookEngine engine, String payload) {
    return engine.answer(
        new HookRequest("claude-code", payload.getBytes(StandardCharsets.UTF_8), Map.of(), true));
  }

  @Test
  void hooksThatEnforceRefuseCallsWhereThereIsNoPolicyAndNothingElse() throws IOException {
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      HookReply refused = enforced(engine, call("s", "Bash", "true", "t1"));
      HookReply unreadable = enforced(engine, "{");
      HookReply prompt =
          enforced(engine, "{\"session_id\": \"s\", \"hook_event_name\": \"UserPromptSubmit\"}");
      HookReply observing = answer(engine, call("s", "Bash", "true", "t2"));

      assertThat(new String(refused.stdout(), StandardCharsets.UTF_8))
          .contains(
              "\"deny\"", "there is no " + home.resolve("policy.yaml"), "init AGENT --enforce");
      assertThat(unreadable.exitCode()).isEqualTo(2);
      assertThat(prompt).isEqualTo(HookReply.SILENCE);
      assertThat(observing).isEqualTo(HookReply.SILENCE);
    }
    assertThat(HookFailures.at(home).read().byReason()).containsEntry("policy", 1L);
  }

  @Test
  void anOperatorMaySayThatTheyGoOnWithoutAPolicy() throws IOException {
    try (HookEngine engine = engine(HookSettings.DEFAULT.withOnFailure(OnFailure.OPEN))) {
      assertThat(enforced(engine, call("s", "Bash", "true", "t1"))).isEqualTo(HookReply.SILENCE);
    }
    assertThat(events("s")).isNotEmpty();
  }

  @Test
  void aPolicyThatIsRemovedHoldsUntilTheEndOfTheProcessWhichSaysSoAndIsNotForgotten()
      throws IOException {
    policy("enforce");
    String rm = call("s", "Bash", "rm -rf /", "t1");
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      assertThat(engine.notices()).isEmpty();
      Files.delete(home.resolve("policy.yaml"));

      assertThat(new String(enforced(engine, rm).stdout(), StandardCharsets.UTF_8))
          .contains("HOOK-101");
      assertThat(engine.notices()).singleElement().asString().contains("policy.yaml is gone");
    }
    try (HookEngine next = engine(HookSettings.DEFAULT)) {
      assertThat(new String(enforced(next, rm).stdout(), StandardCharsets.UTF_8))
          .contains("\"deny\"", "there is no ");
    }
  }

  @Test
  void aPolicyThatIsRefusedIsNamedWithItsPlace() throws IOException {
    Files.writeString(home.resolve("policy.yaml"), "governor: 1\nid: x\nrevisoin: 1\n");

    assertThatThrownBy(() -> engine(HookSettings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.yaml:3:1")
        .hasMessageContaining("revision");
  }

  @Test
  void aPolicyThatAppearsLaterHolds() throws Exception {
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      String call = call("s1", "Bash", "rm -rf /", "c1");
      assertThat(answer(engine, call).stdout()).isEmpty();
      policy("enforce");

      boolean refused = false;
      long end = System.nanoTime() + 20_000_000_000L;
      while (!refused && System.nanoTime() < end) {
        refused = answer(engine, call).stdout().length > 0;
      }

      assertThat(refused).isTrue();
    }
  }

  @Test
  void aSessionThatAnotherProcessGoesOnWithGoesOnHere() throws IOException {
    policy("enforce");
    try (HookEngine here = engine(HookSettings.DEFAULT);
        HookEngine elsewhere = engine(HookSettings.DEFAULT)) {
      answer(here, call("s1", "Bash", "rm -rf /", "c1"));
      answer(elsewhere, call("s1", "Read", "x", "c2"));
      answer(here, call("s1", "Read", "x", "c3"));
      answer(elsewhere, HookBench.event("s1", "PostToolUse", HookBench.tool("Bash", "{}", "c1")));
    }

    List<TraceEvent> events = events("s1");
    assertThat(events.stream().map(TraceEvent::sequence))
        .containsExactlyElementsOf(
            Stream.iterate(1L, each -> each + 1).limit(events.size()).toList());
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).previousEventId()).isEqualTo(events.get(i - 1).eventId());
    }
    assertThat(events.get(events.size() - 1).flags().toString()).contains("ENFORCEMENT_BYPASSED");
  }

  @Test
  void aLimitCountsAcrossProcessesAndEvictions() throws IOException {
    policy("enforce");
    List<Integer> refused = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      try (HookEngine engine = engine(HookSettings.DEFAULT)) {
        refused.add(answer(engine, call("s1", "counted", "x", "c" + i)).stdout().length);
      }
    }

    assertThat(refused.subList(0, 2)).containsExactly(0, 0);
    assertThat(refused.subList(2, 4)).allMatch(length -> length > 0);
  }

  @Test
  void anyNumberOfSessionsTakesTurnsInABoundedNumberOfPlaces() throws IOException {
    policy("enforce");
    int sessions = HookSessions.MOST + 40;
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < sessions; i++) {
          answer(engine, call("session-" + i, "Bash", round == 0 ? "rm -rf /" : "ls", "c" + round));
        }
      }
      for (int i = 0; i < sessions; i++) {
        answer(
            engine,
            HookBench.event("session-" + i, "PostToolUse", HookBench.tool("Bash", "{}", "c0")));
      }
      assertThat(engine.sessionsHeld()).isEqualTo(HookSessions.MOST);
    }

    for (int i = 0; i < sessions; i++) {
      List<TraceEvent> events = events("session-" + i);
      assertThat(events).hasSize(7);
      assertThat(events.get(6).sequence()).isEqualTo(7);
      assertThat(events.get(6).flags().toString()).contains("ENFORCEMENT_BYPASSED");
    }
    assertThat(HookFailures.at(home).read().total()).isZero();
  }

  @Test
  void manyAtOnceAreAllRecordedOnceAndAnsweredForThemselves() throws Exception {
    policy("enforce");
    int threads = 16;
    int calls = 60;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        running.add(pool.submit(() -> callMany(engine, thread, calls)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }

    Set<String> ids = new HashSet<>();
    int results = 0;
    for (int session = 0; session < 5; session++) {
      for (TraceEvent event : events("shared-" + session)) {
        assertThat(ids.add(event.eventId())).isTrue();
        results += event.payload() instanceof ContextSnapshot ? 1 : 0;
      }
    }
    assertThat(results).isEqualTo(threads * calls);
  }

  private static void callMany(HookEngine engine, int thread, int calls) {
    for (int i = 0; i < calls; i++) {
      boolean bad = (thread + i) % 2 == 0;
      String session = "shared-" + (thread * 31 + i) % 5;
      HookReply reply =
          answer(engine, call(session, "Bash", bad ? "rm -rf /" : "ls", thread + "-" + i));
      assertThat(reply.stdout().length > 0).isEqualTo(bad);
      if (i % 20 == 19) {
        answer(engine, HookBench.event(session, "SessionEnd", ""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../x", "a/b", "..", "\u0000", "C:\\x", "", ".", "\u202e", "\ud83d\ude00"})
  void aHostileSessionIdWritesNothingElsewhere(String session) throws IOException {
    Path inner = Files.createDirectories(home.resolve("deep/inside/state"));
    try (HookEngine engine = HookEngine.open(inner, HookSettings.DEFAULT)) {
      HookReply reply = answer(engine, call(session, "Bash", "ls", "c1"));

      assertThat(reply.exitCode()).isZero();
    }

    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allMatch(f -> f.startsWith(inner));
    }
  }

  @Test
  void aSessionIdOfTenThousandCharactersIsRecordedOrCounted() throws IOException {
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      HookReply reply = answer(engine, call("x".repeat(10_000), "Bash", "ls", "c1"));

      assertThat(reply.exitCode()).isZero();
      assertThat(events("x".repeat(10_000))).hasSize(4);
    }
  }

  @Test
  void aStateRootThatCannotBeWrittenIsSaidAndRefusesOnlyWhereARecordIsRequired()
      throws IOException {
    Path policy = Files.writeString(home.resolve("p.yaml"), POLICY.formatted("enforce"));
    Path strict =
        Files.writeString(
            home.resolve("q.yaml"), POLICY.formatted("enforce") + "require_trace: true\n");
    Path unwritable = Path.of("/proc/governor");
    try (HookEngine easy = HookEngine.open(unwritable, HookSettings.DEFAULT.withPolicy(policy));
        HookEngine hard = HookEngine.open(unwritable, HookSettings.DEFAULT.withPolicy(strict))) {
      HookReply goesOn = answer(easy, call("s1", "Bash", "ls", "c1"));
      HookReply denied = answer(easy, call("s1", "Bash", "rm -rf /", "c2"));
      HookReply refused = answer(hard, call("s1", "Bash", "ls", "c1"));

      assertThat(goesOn.stdout()).isEmpty();
      assertThat(goesOn.stderr()).contains("events that could not be recorded: 4");
      assertThat(text(denied)).contains("deny").contains("HOOK-101");
      assertThat(text(refused)).contains("deny").contains("without a record");
    }
  }

  private static String text(HookReply reply) {
    return new String(reply.stdout(), StandardCharsets.UTF_8);
  }

  @Test
  void aSessionThatEndsTwiceIsClosedOnceAndMayBeResumed() throws IOException {
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      answer(engine, call("s1", "Bash", "ls", "c1"));
      answer(engine, HookBench.event("s1", "SessionEnd", ""));
      answer(engine, HookBench.event("s1", "SessionEnd", ""));
      assertThat(engine.sessionsHeld()).isZero();
      answer(engine, call("s1", "Bash", "ls", "c2"));
    }

    assertThat(events("s1")).hasSize(6);
    assertThat(Files.readString(home.resolve("heads.log")).lines().count()).isEqualTo(1);
  }

  @Test
  void aPausedSessionIsRefused() throws IOException {
    try (HookEngine engine = engine(HookSettings.DEFAULT)) {
      answer(engine, call("s1", "Bash", "ls", "c1"));
      try (var governor = io.governor.Governor.builder().stateRoot(home).build()) {
        governor.pause("s1");
      }
      String reply = "";
      long end = System.nanoTime() + 20_000_000_000L;
      while (reply.isEmpty() && System.nanoTime() < end) {
        reply = text(answer(engine, call("s1", "Bash", "ls", "c2")));
      }

      assertThat(reply).contains("deny").contains("GOV-005");
    }
  }

  @Test
  void whatIsCarriedShowsSizesOnly() {
    HookRequest request =
        new HookRequest("claude-code", "secret".getBytes(StandardCharsets.UTF_8), Map.of("K", "v"));
    HookReply reply = new HookReply(0, "secret".getBytes(StandardCharsets.UTF_8), "words");

    assertThat(request.toString()).isEqualTo("HookRequest[6 bytes, 1 variables]");
    assertThat(reply.toString()).isEqualTo("HookReply[exit 0, 6 bytes, 5 characters]");
  }
}
