package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.event.TraceEvent;
import io.governor.trace.SessionFileName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each agent is answered, byte by byte, and what is put on record, by the policy {@code
 * answers/policy.yaml}. Cases stand in {@code answers/AGENT.txt}; each is run by one engine, and
 * again by one engine per payload, as hooks without a daemon are.
 */
class HookAnswersTest {

  private static final List<String> AGENTS =
      List.of(
          "claude-code",
          "codex",
          "gemini",
          "cursor",
          "copilot-cli",
          "windsurf",
          "cline",
          "kiro",
          "droid",
          "opencode");

  /** In two pieces, lest somebody look for whoever lost it. */
  private static final String KEY = "AKIA" + "Z7K2M9P4X3B6N5T6";

  @TempDir Path home;

  /** A case: payloads with their answers, and the trace they leave. */
  record Case(String agent, String name, List<String> payloads, String expected) {
    @Override
    public String toString() {
      return agent + ": " + name;
    }
  }

  static Stream<Case> cases() {
    return AGENTS.stream().flatMap(agent -> cases(agent).stream());
  }

  private static List<Case> cases(String agent) {
    List<Case> cases = new ArrayList<>();
    for (String block : resource(agent + ".txt").split("(?m)^== ", -1)) {
      if (!block.isBlank() && !block.startsWith("#")) {
        int end = block.indexOf('\n');
        String text = block.substring(end + 1).strip();
        cases.add(new Case(agent, block.substring(0, end).strip(), payloads(text), text));
      }
    }
    return cases;
  }

  private static List<String> payloads(String text) {
    return text.lines()
        .filter(line -> line.startsWith("> "))
        .map(line -> line.substring(2))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anAgentIsAnsweredInItsOwnLanguageByOneEngine(Case each) throws IOException {
    Bench bench = new Bench(home);

    try (HookEngine engine = bench.engine()) {
      assertThat(bench.play(each, engine)).isEqualTo(each.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAnswersAreTheSameWhenEachPayloadHasAProcessOfItsOwn(Case each) throws IOException {
    Bench bench = new Bench(home);

    assertThat(bench.play(each, null)).isEqualTo(each.expected());
  }

  /** A state root with the policy, and engines with repeatable ids and time. */
  private static final class Bench {

    private final Path home;
    private final AtomicLong ids = new AtomicLong();

    Bench(Path home) throws IOException {
      this.home = home;
      Files.writeString(home.resolve("policy.yaml"), resource("policy.yaml"));
    }

    HookEngine engine() {
      return HookEngine.open(
          home,
          HookSettings.DEFAULT,
          () ->
              Governor.builder()
                  .clock(() -> HookBench.START)
                  .nanoTime(() -> 0)
                  .ids(() -> "id-" + ids.incrementAndGet()),
          () -> HookBench.START);
    }

    String play(Case each, HookEngine shared) throws IOException {
      StringBuilder played = new StringBuilder();
      for (String payload : each.payloads()) {
        played.append("> ").append(payload).append('\n');
        if (shared != null) {
          played.append(answer(shared, each.agent(), payload));
        } else {
          try (HookEngine engine = engine()) {
            played.append(answer(engine, each.agent(), payload));
          }
        }
      }
      for (TraceEvent event : events(each.agent())) {
        played.append("| ").append(Lines.of(event));
        event.flags().stream()
            .filter(flag -> flag.name().equals("ENFORCEMENT_BYPASSED"))
            .forEach(flag -> played.append(' ').append(flag));
        played.append(event.passThrough() ? "" : " blocked").append('\n');
      }
      return played.toString().strip();
    }

    private static String answer(HookEngine engine, String agent, String payload) {
      Map<String, String> environment = Map.of("CLAUDE_PROJECT_DIR", "/project", "PWD", "/project");
      byte[] bytes = payload.replace("@KEY@", KEY).getBytes(StandardCharsets.UTF_8);
      HookReply reply = engine.answer(new HookRequest(agent, bytes, environment));
      StringBuilder text = new StringBuilder();
      if (reply.stdout().length > 0) {
        text.append("< ").append(new String(reply.stdout(), StandardCharsets.UTF_8)).append('\n');
      }
      if (!reply.stderr().isEmpty()) {
        text.append("! ").append(reply.exitCode()).append(' ').append(reply.stderr()).append('\n');
      }
      return text.toString();
    }

    private List<TraceEvent> events(String agent) {
      List<TraceEvent> events =
          HookBench.read(
              home.resolve("traces").resolve(agent).resolve(SessionFileName.of("s1") + ".jsonl"));
      // Registration and intent are the same in every case.
      return events.size() < 2 ? events : events.subList(2, events.size());
    }
  }

  private static String resource(String name) {
    try (InputStream in = HookAnswersTest.class.getResourceAsStream("answers/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
