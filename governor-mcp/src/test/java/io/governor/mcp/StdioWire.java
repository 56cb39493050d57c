package io.governor.mcp;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client's end of a stdio proxy with a server that is a process. Calls of {@code delete} are
 * refused, and all results are looked at.
 */
final class StdioWire implements AutoCloseable {

  private static final Rule DENY =
      Rule.named("ACME-101").tools("mcp__box__delete").reason("No.").mode(Mode.ENFORCE).deny();
  private static final Rule LOOK =
      Rule.named("ACME-102").tools("mcp__box__*").onResult().mode(Mode.OBSERVE).deny();

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PipedInputStream fromProxy = new PipedInputStream(1 << 16);
  private final OutputStream toProxy;
  private final BufferedReader answers =
      new BufferedReader(new InputStreamReader(fromProxy, StandardCharsets.UTF_8));
  private final CompletableFuture<Integer> code;

  StdioWire(List<String> command) throws IOException {
    PipedInputStream in = new PipedInputStream(1 << 16);
    toProxy = new PipedOutputStream(in);
    PipedOutputStream out = new PipedOutputStream(fromProxy);
    code =
        CompletableFuture.supplyAsync(
            () -> run(command, in, out), task -> new Thread(task).start());
  }

  private int run(List<String> command, InputStream in, OutputStream out) {
    try (Governor governor =
            Governor.builder().trace(new RecordingTraceSink()).rules(DENY, LOOK).build();
        out) {
      return McpProxy.of(governor, "box").stdio(command, FixtureServer.environment(), in, out, log);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void say(String frame) throws IOException {
    say((frame + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void say(byte[] bytes) throws IOException {
    toProxy.write(bytes);
    toProxy.flush();
  }

  /** The next line that the client gets; null at the end. */
  String answer() throws IOException {
    return answers.readLine();
  }

  /** The client has no more to say. */
  void end() throws IOException {
    toProxy.close();
  }

  /** All lines that the client still gets. */
  List<String> rest() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = answer(); line != null; line = answer()) {
      lines.add(line);
    }
    return lines;
  }

  int code() throws Exception {
    return code.get(30, TimeUnit.SECONDS);
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    toProxy.close();
  }
}
