package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import io.governor.trace.SessionFileName;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Runs hooks against a state root of their own. Each run is a governor of its own, as in a process
 * of its own; clock and ids are repeatable.
 */
final class HookBench {

  static final String SESSION = "0a1b2c3d-aaaa-4bbb-8ccc-000000000001";
  static final Instant START = Instant.parse("2026-03-01T10:00:00.250600Z");

  private final Path stateRoot;
  private final AtomicLong ids = new AtomicLong();
  private Instant now = START;
  private HookSettings settings = HookSettings.DEFAULT;
  private Map<String, String> environment = Map.of("USER", "pat");
  private UnaryOperator<GovernorBuilder> configuration = UnaryOperator.identity();

  HookBench(Path stateRoot) {
    this.stateRoot = stateRoot;
  }

  /** What a hook left behind, its trace apart. */
  record Outcome(int exitCode, String stdout, String stderr) {}

  HookBench settings(HookSettings newSettings) {
    settings = newSettings;
    return this;
  }

  HookBench environment(Map<String, String> newEnvironment) {
    environment = newEnvironment;
    return this;
  }

  HookBench configured(UnaryOperator<GovernorBuilder> newConfiguration) {
    configuration = newConfiguration;
    return this;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Runs the hook and demands that the agent does not notice it. */
  Outcome run(String payload) {
    return run(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)));
  }

  Outcome run(InputStream payload) {
    Outcome outcome = run("claude-code", payload);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr().lines().count()).isLessThanOrEqualTo(1);
    return outcome;
  }

  Outcome run(String agent, InputStream payload) {
    HookCommand command =
        new HookCommand(
            settings,
            () ->
                configuration.apply(
                    Governor.builder().clock(() -> now).nanoTime(() -> 0).ids(this::nextId)),
            () -> now);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int exitCode =
          command.run(
              agent,
              payload,
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              stateRoot,
              environment);
      return new Outcome(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
    }
  }

  private String nextId() {
    return String.format("00000000-0000-4000-8000-%012d", ids.incrementAndGet());
  }

  Path folder() {
    return stateRoot.resolve("traces").resolve("claude-code");
  }

  Path file(String sessionId, String ending) {
    return folder().resolve(SessionFileName.of(sessionId) + ending);
  }

  Path trace() {
    return file(SESSION, ".jsonl");
  }

  Path state() {
    return file(SESSION, ".state");
  }

  List<TraceEvent> events() {
    return events(SESSION);
  }

  List<TraceEvent> events(String sessionId) {
    return read(file(sessionId, ".jsonl"));
  }

  static List<TraceEvent> read(Path trace) {
    List<TraceEvent> events = new ArrayList<>();
    if (Files.exists(trace)) {
      try {
        TraceReader.read(TraceSource.of(trace), (event, at) -> events.add(event));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return events;
  }

  HookFailures.Summary failures() {
    try {
      return HookFailures.at(stateRoot).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below the state root. */
  List<Path> files() {
    if (!Files.exists(stateRoot)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(stateRoot)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String quoted(String text) {
    return new String(
        new JsonWriter(text.length() + 2).value(text).toByteArray(), StandardCharsets.US_ASCII);
  }

  /** A payload without anything of a tool. */
  static String event(String sessionId, String eventName, String more) {
    return "{\"session_id\": "
        + quoted(sessionId)
        + ", \"transcript_path\": \"/nowhere/at-all.jsonl\", \"cwd\": \"/somewhere\","
        + " \"hook_event_name\": "
        + quoted(eventName)
        + more
        + "}";
  }

  static String event(String eventName) {
    return event(SESSION, eventName, "");
  }

  /** A payload before a call. */
  static String before(String sessionId, String tool, String input, String callId) {
    return event(sessionId, "PreToolUse", tool(tool, input, callId));
  }

  static String before(String tool, String input) {
    return before(SESSION, tool, input, "call-1");
  }

  /** A payload after a call. */
  static String after(String tool, String input, String callId, String response) {
    return event(
        SESSION, "PostToolUse", tool(tool, input, callId) + ", \"tool_response\": " + response);
  }

  static String tool(String tool, String input, String callId) {
    return ", \"tool_name\": "
        + quoted(tool)
        + ", \"tool_input\": "
        + input
        + ", \"tool_use_id\": "
        + quoted(callId);
  }

  static String end(Path transcript) {
    return "{\"session_id\": "
        + quoted(SESSION)
        + ", \"transcript_path\": "
        + quoted(transcript.toString())
        + ", \"hook_event_name\": \"SessionEnd\", \"reason\": \"other\"}";
  }
}
