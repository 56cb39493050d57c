package io.governor.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Origin;
import io.governor.Rule;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers over 1 MiB: through as they come where no rule looks at them, held where one does. */
@Timeout(120)
class LargeAnswerTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";
  private static final String BODY = "\\u0041 ünïcode \\\" ] } ".repeat(150_000);
  private static final String RESULT =
      "{\"content\":[{\"type\":\"text\",\"text\":\"" + BODY + "\"}]}";

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .rules(
              Rule.named("ACME-101")
                  .tools("mcp__box__secret")
                  .onResult()
                  .mode(Mode.ENFORCE)
                  .redactResult(result -> ToolResult.ofText("[hidden]")))
          .build();
  private final GovernedSession session = governor.session().origin(Origin.MCP).open();
  private final Conversation conversation =
      new Conversation(session, new ServerTools("box"), false);
  private final ByteArrayOutputStream client = new ByteArrayOutputStream();
  private final List<Passage> ends = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":%s}",
        "{\"result\":%s,\"jsonrpc\":\"2.0\",\"id\":1}",
        " { \"result\" : %s , \"x\":[{\"result\":1}], \"id\" : 1.0 } \t\r",
      })
  void goOnAsTheyCome(String frame) throws Exception {
    asked("read");
    String answer = frame.formatted(RESULT);

    assertThat(lines(answer)).containsExactly("went on");
    assertThat(client.toString(UTF_8)).isEqualTo(answer + "\n");
    assertThat(ends).containsExactly(Passage.NOTHING);
    assertThat(conversation.gone(Side.SERVER)).isEmpty();
    assertThat(trace.events().toString()).contains("CONTEXT_SNAPSHOT");
  }

  @Test
  void areHeldWhereARuleLooksAtThem() throws Exception {
    asked("secret");

    assertThat(lines("{\"result\":" + RESULT + ",\"id\":1}")).containsExactly("held");
    assertThat(client.size()).isZero();
  }

  @Test
  void areHeldWhileTheyCouldBelongToARequestThatARuleLooksAt() throws Exception {
    asked("read");
    pass(Side.CLIENT, CALL.formatted("secret").replace("\"id\":1", "\"id\":2"));

    assertThat(lines("{\"result\":" + RESULT + ",\"id\":1}")).containsExactly("held");
    assertThat(lines("{\"id\":1,\"result\":" + RESULT + "}")).containsExactly("went on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":%s,\"id\":1,\"id\":2}",
        "{\"result\":%s,\"id\":1,\"method\":\"sampling/createMessage\"}",
        "{\"result\":%s,\"id\":1,\"r\\u0065sult\":{}}",
        "{\"result\":%s,\"id\":1,\"error\":{}}",
        "{\"result\":%s,\"id\":{}}",
        "{\"result\":%s,\"id\":1",
        "{\"result\":%s,\"id\":1}{}",
        "{\"result\":%s}",
        "{\"result\":%s,\"id\":9}",
        "{\"id\":1,\"result\":{\"a\":%s,\"inputRequests\":{}}}",
        "{\"id\":1,\"result\":{\"a\":%s,\"input\\u0052equests\":{}}}",
      })
  void thatTurnOutToBeSomethingElseNeverBecomeReadable(String frame) throws Exception {
    asked("read");

    assertThat(lines(frame.formatted(RESULT))).containsExactly("went on");

    String heard = client.toString(UTF_8);
    assertThat(heard).endsWith("\n").hasLineCount(1);
    assertThatThrownBy(() -> Frame.read(client.toByteArray())).isInstanceOf(RefusedFrame.class);
    List<byte[]> left = new ArrayList<>(conversation.gone(Side.SERVER));
    if (ends.get(0).onward() != null) {
      left.add(ends.get(0).onward());
    }
    assertThat(left).as("one answer").hasSize(1);
    assertThat(new String(left.get(0), UTF_8)).contains("\"id\":1,\"error\"");
  }

  @Test
  void areCutAnywhereWithoutADifference() throws Exception {
    asked("read");
    String answer = "{\"result\":" + RESULT + ",\"jsonrpc\":\"2.0\",\"id\":1}";
    byte[] bytes = answer.getBytes(UTF_8);
    AnswerScan whole = new AnswerScan();
    int before = whole.feed(bytes, 0, bytes.length);
    AnswerScan pieces = new AnswerScan();
    int sum = 0;
    for (int i = 0; i < bytes.length; i += 7) {
      sum += pieces.feed(bytes, i, Math.min(bytes.length, i + 7));
    }

    assertThat(before).isEqualTo(bytes.length - 1).isEqualTo(sum);
    assertThat(pieces.isWhole()).isTrue();
    assertThat(pieces.id()).isEqualTo(whole.id());
  }

  @Test
  void ofFiftyMegabytesPassASmallHeap(@TempDir Path folder) throws Exception {
    List<String> command = FixtureServer.java("-Xmx24m");
    command.add(StdioProxyTest.ProxyMain.class.getName());
    command.addAll(FixtureServer.command("large"));
    Path errors = folder.resolve("errors");
    Process proxy = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (InputStream answers = new BufferedInputStream(proxy.getInputStream(), 1 << 16)) {
      proxy.getOutputStream().write((CALL.formatted("read") + "\n").getBytes(UTF_8));
      proxy.getOutputStream().flush();
      long bytes = 0;
      int last = 0;
      for (int c = answers.read(); c >= 0 && c != '\n'; c = answers.read()) {
        bytes++;
        last = c;
      }
      assertThat(Files.readString(errors)).isEmpty();
      assertThat(last).isEqualTo('}');
      assertThat(bytes).isGreaterThan(50_000_000);
      proxy.getOutputStream().close();
      assertThat(proxy.waitFor()).isZero();
    } finally {
      proxy.destroyForcibly();
    }
  }

  private void asked(String tool) {
    assertThat(pass(Side.CLIENT, CALL.formatted(tool)).onward()).isNotNull();
  }

  private Passage pass(Side sender, String frame) {
    return conversation.pass(sender, frame.getBytes(UTF_8)).toCompletableFuture().join();
  }

  private List<String> lines(String frame) throws Exception {
    FrameWriter writer = new FrameWriter(client);
    LineFrames frames =
        new LineFrames(
            new ByteArrayInputStream((frame + "\n").getBytes(UTF_8)),
            64 << 20,
            new LineFrames.Large() {
              @Override
              public void tooLong(@Nullable RequestId id) {
                throw new AssertionError("nothing here is so long");
              }

              @Override
              public LargeAnswer begin(byte[] head) throws IOException {
                return LargeAnswer.begin(conversation, writer::open, head);
              }

              @Override
              public void end(LargeAnswer line) throws IOException {
                ends.add(line.end());
              }
            });
    List<String> lines = new ArrayList<>();
    for (byte[] line = frames.next(); line != null; line = frames.next()) {
      lines.add(line == LineFrames.WENT_ON ? "went on" : "held");
    }
    return lines;
  }
}
