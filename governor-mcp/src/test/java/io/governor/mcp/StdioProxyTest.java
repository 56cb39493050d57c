package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A client here, a server that is a process, and the proxy between them. */
@Timeout(60)
class StdioProxyTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";

  private static final Rule DENY =
      Rule.named("ACME-101").tools("mcp__box__delete").reason("No.").mode(Mode.ENFORCE).deny();

  @Test
  void callsGoThroughAndTheServerEndsWithItsClientAndItsExitCodeIsHandedOn() throws Exception {
    try (Wire wire = new Wire("exits")) {
      wire.say(CALL.formatted(1, "read"));
      assertThat(wire.answer()).contains("\"id\":1").contains("\\\"read\\\"");

      wire.say(CALL.formatted(2, "delete"));
      assertThat(wire.answer())
          .contains("\"id\":2")
          .contains("\"isError\":true")
          .contains("ACME-101");

      assertThat(wire.end()).isEqualTo(7);
      assertThat(wire.answer()).isNull();
    }
  }

  @Test
  void whatAServerLogsToItsStandardOutputReachesTheLogAndNotTheClient() throws Exception {
    try (Wire wire = new Wire("logs")) {
      wire.say(CALL.formatted(1, "read"));

      assertThat(wire.answer()).startsWith("{\"result\"");
      wire.end();
      assertThat(wire.log())
          .contains("Server listening", "[INFO] ready", "[1, 2", "wrote 3 lines")
          .doesNotContain("ghp_0123");
    }
  }

  @Test
  void aServerThatFloodsItsStandardErrorIsReadWithoutItsSecrets() throws Exception {
    try (Wire wire = new Wire("floods")) {
      wire.say(CALL.formatted(1, "read"));

      assertThat(wire.answer()).contains("\"id\":1");
      wire.end();
      assertThat(wire.log().length()).isGreaterThan(5_000_000);
      assertThat(wire.log().lines().filter(line -> !line.startsWith("xx")).toList().toString())
          .contains("the end", "a line of more than 65536 bytes was left out")
          .doesNotContain("AKIAIOSFODNN7EXAMPLQ", "yyyy", "MIIEcanarykey");
    }
  }

  @Test
  void aServerThatDiesInMidAnswerLeavesEachRequestWithOneAnswer() throws Exception {
    try (Wire wire = new Wire("dies")) {
      wire.say(CALL.formatted(1, "read"));

      assertThat(wire.answer()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\"");
      assertThat(wire.answer()).isNull();
      assertThat(wire.code()).isEqualTo(3);
    }
  }

  @Test
  void aServerThatClosesItsOutputButLivesIsNotWaitedFor() throws Exception {
    try (Wire wire = new Wire("closes")) {
      wire.say(CALL.formatted(1, "read"));
      assertThat(wire.answer()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\"");

      wire.say(CALL.formatted(2, "read"));
      assertThat(wire.answer()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":2,\"error\"");
    }
  }

  @Test
  void aClientThatVanishesWithoutAWordEndsTheServer() throws Exception {
    try (Wire wire = new Wire("echo")) {
      wire.say(CALL.formatted(1, "read"));
      wire.answer();
      wire.fromProxy.close();

      wire.say(CALL.formatted(2, "delete"));

      assertThat(wire.code()).isZero();
    }
  }

  @Test
  void theServerGetsABuiltEnvironment() throws Exception {
    try (Wire wire = new Wire("environment")) {
      wire.end();
      assertThat(wire.log().lines().toList())
          .contains("PATH", "GIVEN")
          .isSubsetOf(
              "PATH", "GIVEN", "HOME", "LANG", "LC_ALL", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TZ",
              "USER");
    }
  }

  @Test
  void theWholeTreeEndsWithAProxyThatIsToldToEnd(@TempDir Path folder) throws Exception {
    Path note = folder.resolve("pid");
    List<String> command = FixtureServer.java("-Xmx64m");
    command.add(ProxyMain.class.getName());
    command.addAll(FixtureServer.command("forks", note.toString()));
    Process proxy =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader answers = reader(proxy.getInputStream())) {
      proxy
          .getOutputStream()
          .write((CALL.formatted(1, "read") + "\n").getBytes(StandardCharsets.UTF_8));
      proxy.getOutputStream().flush();
      assertThat(answers.readLine()).contains("\"id\":1");
      List<ProcessHandle> tree = proxy.descendants().toList();
      assertThat(tree).hasSizeGreaterThanOrEqualTo(2);
      assertThat(tree).anyMatch(each -> each.pid() == pid(note));

      proxy.destroy();

      assertThat(proxy.waitFor(20, TimeUnit.SECONDS)).isTrue();
      for (ProcessHandle each : tree) {
        each.onExit().get(20, TimeUnit.SECONDS);
      }
    } finally {
      proxy.descendants().forEach(ProcessHandle::destroyForcibly);
      proxy.destroyForcibly();
    }
  }

  /**
   * Killed as nothing can catch it, by a client or for want of memory: the server does not mind the
   * end of its input, nor being asked to end, and neither does what it started.
   */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theWholeTreeEndsWithAProxyThatIsKilled(@TempDir Path folder) throws Exception {
    Path note = folder.resolve("pid");
    List<String> command = FixtureServer.java("-Xmx64m");
    command.add(ProxyMain.class.getName());
    command.addAll(FixtureServer.command("stays", note.toString()));
    Process proxy =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<ProcessHandle> tree = List.of();
    try (BufferedReader answers = reader(proxy.getInputStream())) {
      proxy
          .getOutputStream()
          .write((CALL.formatted(1, "read") + "\n").getBytes(StandardCharsets.UTF_8));
      proxy.getOutputStream().flush();
      assertThat(answers.readLine()).contains("\"id\":1");
      tree = proxy.descendants().toList();
      assertThat(tree).anyMatch(each -> each.pid() == pid(note));

      proxy.destroyForcibly();

      assertThat(proxy.waitFor(20, TimeUnit.SECONDS)).isTrue();
      for (ProcessHandle each : tree) {
        each.onExit().get(20, TimeUnit.SECONDS);
      }
    } finally {
      tree.forEach(ProcessHandle::destroyForcibly);
      proxy.destroyForcibly();
    }
  }

  @Test
  void aCommandThatCannotBeRunIsSaidAtOnce() {
    try (Governor governor = Governor.builder().trace(new RecordingTraceSink()).build()) {
      for (String command : List.of("no-such-program", "/no/such/program", "a\0b", "-x")) {
        assertThatThrownBy(
                () ->
                    McpProxy.of(governor, "box")
                        .stdio(
                            List.of(command),
                            FixtureServer.environment(),
                            InputStream.nullInputStream(),
                            OutputStream.nullOutputStream(),
                            OutputStream.nullOutputStream()))
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static long pid(Path note) {
    try {
      return Long.parseLong(Files.readString(note));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** The proxy as a program; what follows is the server's command. */
  static final class ProxyMain {

    private ProxyMain() {}

    public static void main(String[] command) throws Exception {
      try (Governor governor =
          Governor.builder().trace(new RecordingTraceSink()).rules(DENY).build()) {
        System.exit(
            McpProxy.of(governor, "box")
                .stdio(
                    List.of(command),
                    FixtureServer.environment(),
                    System.in,
                    System.out,
                    System.err));
      }
    }
  }

  private static final class Wire implements AutoCloseable {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PipedInputStream fromProxy = new PipedInputStream(1 << 16);
    private final OutputStream toProxy;
    private final BufferedReader answers = reader(fromProxy);
    private final CompletableFuture<Integer> code;

    Wire(String manner) throws IOException {
      PipedInputStream in = new PipedInputStream(1 << 16);
      toProxy = new PipedOutputStream(in);
      PipedOutputStream out = new PipedOutputStream(fromProxy);
      code =
          CompletableFuture.supplyAsync(
              () -> run(manner, in, out), task -> new Thread(task).start());
    }

    private int run(String manner, InputStream in, OutputStream out) {
      Map<String, String> environment = FixtureServer.environment();
      environment.put("GIVEN", "1");
      try (Governor governor =
              Governor.builder().trace(new RecordingTraceSink()).rules(DENY).build();
          out) {
        return McpProxy.of(governor, "box")
            .stdio(FixtureServer.command(manner), environment, in, out, log);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void say(String frame) throws IOException {
      toProxy.write((frame + "\n").getBytes(StandardCharsets.UTF_8));
      toProxy.flush();
    }

    String answer() throws IOException {
      return answers.readLine();
    }

    int end() throws Exception {
      toProxy.close();
      return code();
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
}
