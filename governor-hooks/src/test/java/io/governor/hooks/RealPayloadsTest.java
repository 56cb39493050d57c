package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.json.StrictJson;
import io.governor.trace.SessionFileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Payloads of real agents, whatever they are, under a policy that denies every call. */
class RealPayloadsTest {

  private static final Path VECTORS =
      Path.of(System.getProperty("governor.vectors", "absent"), "hook-payloads");

  private static final String DENY_ALL =
      """
      governor: 1
      id: deny-all
      revision: 1
      mode: enforce
      rules:
        - {id: HOOK-900, tool: "*", when: {operation: [READ, WRITE, EXECUTE, DELETE]}, effect: deny, reason: Not here.}
      """;

  @TempDir Path home;

  private static List<Path> payloads() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(VECTORS), "no reference data at " + VECTORS);
    try (Stream<Path> found = Files.walk(VECTORS)) {
      return found
          .filter(path -> path.toString().endsWith(".json"))
          .filter(path -> !path.getParent().equals(VECTORS))
          .sorted()
          .toList();
    }
  }

  private static String agent(Path payload) {
    String folder = VECTORS.relativize(payload).getName(0).toString();
    return folder.startsWith("gemini") ? "gemini" : folder.replaceFirst("-[0-9.]+$", "");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsRefusedInItsAgentsWordsAndNothingElseIsAnswered()
      throws IOException {
    List<Path> payloads = payloads();
    assertThat(payloads).hasSizeGreaterThan(50);
    return payloads.stream()
        .map(
            path ->
                DynamicTest.dynamicTest(VECTORS.relativize(path).toString(), () -> check(path)));
  }

  private void check(Path path) throws Exception {
    Path root = Files.createTempDirectory(home, "real");
    Files.writeString(root.resolve("policy.yaml"), DENY_ALL);
    byte[] bytes = Files.readAllBytes(path);
    Map<?, ?> members = (Map<?, ?>) StrictJson.parse(bytes, StrictJson.Limits.HOOK);
    String event = (String) members.get("hook_event_name");
    boolean decides = List.of("PreToolUse", "BeforeTool", "PermissionRequest").contains(event);

    HookReply reply;
    try (HookEngine engine = HookEngine.open(root, HookSettings.DEFAULT)) {
      reply = engine.answer(new HookRequest(agent(path), bytes, Map.of()));
    }

    assertThat(reply.exitCode()).isZero();
    boolean noTranscript = event.equals("SessionEnd") && agent(path).equals("claude-code");
    assertThat(reply.stderr().isEmpty()).isEqualTo(!noTranscript);
    if (decides) {
      Map<?, ?> answer = (Map<?, ?>) StrictJson.parse(reply.stdout(), StrictJson.Limits.POLICY);
      assertThat(answer.toString()).contains("deny").contains("HOOK-900").contains("Not here.");
    } else {
      assertThat(reply.stdout()).isEmpty();
    }
    List<TraceEvent> events = events(root, agent(path), (String) members.get("session_id"));
    assertThat(events.stream().filter(each -> each.payload() instanceof ScopeAsserted).count())
        .isEqualTo(decides && !event.equals("PermissionRequest") ? 1 : 0);
    assertThat(HookSurprises.at(root).read().byReason().keySet()).isSubsetOf("calls turned away");
  }

  @Test
  void whatAnAgentTurnsAwayItselfIsCounted() throws IOException {
    try (HookEngine engine = HookEngine.open(home, HookSettings.DEFAULT)) {
      for (Path path : payloads()) {
        engine.answer(new HookRequest(agent(path), Files.readAllBytes(path), Map.of()));
      }
    }

    assertThat(HookSurprises.at(home).read().byReason())
        .containsExactly(Map.entry("calls turned away", 2L));
  }

  private static List<TraceEvent> events(Path root, String agent, String session) {
    return HookBench.read(
        root.resolve("traces").resolve(agent).resolve(SessionFileName.of(session) + ".jsonl"));
  }
}
