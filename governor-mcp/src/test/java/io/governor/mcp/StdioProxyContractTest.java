package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.json.CanonicalJson;
import io.governor.testkit.AdapterContract;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The whole proxy between standard streams; the server is a process that asks the test. */
class StdioProxyContractTest extends AdapterContract {

  @Override
  protected Run start(Governor governor, String prompt) throws Exception {
    return new Wire(governor);
  }

  @Override
  protected String governedName() {
    return "mcp__crm__" + TOOL;
  }

  /** A tool that throws is an error result in this protocol. */
  @Override
  protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
    assertThat(answer.text()).isEqualTo("failed: " + thrown.getMessage());
  }

  /** A server that hands on each line to the port it is given, and back. */
  static final class Relay {

    private Relay() {}

    public static void main(String[] args) throws IOException {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
        Thread back = new Thread(() -> copy(socket, System.out));
        back.setDaemon(true);
        back.start();
        System.in.transferTo(socket.getOutputStream());
      }
    }

    private static void copy(Socket socket, OutputStream out) {
      try (BufferedReader lines = reader(socket.getInputStream())) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      } catch (IOException e) {
        // The test is over.
        return;
      }
    }
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** One client, its proxy, its server, and the tool behind that. */
  private static final class Wire implements Run {

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final PipedInputStream fromProxy = new PipedInputStream(1 << 16);
    private final BufferedReader answers = reader(fromProxy);
    private final OutputStream toProxy;
    private final CompletableFuture<Integer> proxy;
    private final Socket server;
    private final AtomicReference<Tool> running = new AtomicReference<>();
    private int id;

    Wire(Governor governor) throws IOException {
      PipedInputStream in = new PipedInputStream(1 << 16);
      toProxy = new PipedOutputStream(in);
      OutputStream out = new PipedOutputStream(fromProxy);
      List<String> command = FixtureServer.java("-Xmx32m");
      command.add(Relay.class.getName());
      command.add(String.valueOf(listening.getLocalPort()));
      proxy =
          CompletableFuture.supplyAsync(
              () -> run(governor, command, in, out), task -> new Thread(task).start());
      server = listening.accept();
      new Thread(this::serve).start();
    }

    private static int run(
        Governor governor, List<String> command, InputStream in, OutputStream out) {
      try (out) {
        return McpProxy.of(governor, "crm")
            .stdio(command, FixtureServer.environment(), in, out, new ByteArrayOutputStream());
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Answer call(String text, Tool tool) {
      running.set(tool);
      return Answer.of(() -> ask(text));
    }

    private String ask(String text) throws Exception {
      id++;
      Map<String, ?> request =
          Map.of(
              "jsonrpc",
              "2.0",
              "id",
              id,
              "method",
              "tools/call",
              "params",
              Map.of("name", TOOL, "arguments", Map.of(ARGUMENT, text)));
      write(toProxy, CanonicalJson.text(request));
      return ConversationContractTest.Wire.text(
          answers.readLine().getBytes(StandardCharsets.UTF_8));
    }

    /** What reaches the server runs the tool. */
    private void serve() {
      try (BufferedReader calls = reader(server.getInputStream())) {
        for (String call = calls.readLine(); call != null; call = calls.readLine()) {
          byte[] frame = call.getBytes(StandardCharsets.UTF_8);
          write(
              server.getOutputStream(), ConversationContractTest.Wire.serve(frame, running.get()));
        }
      } catch (Exception e) {
        // The run is over.
        return;
      }
    }

    private static void write(OutputStream to, String line) throws IOException {
      to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
    }

    @Override
    public void close() {
      try {
        toProxy.close();
        proxy.get();
        server.close();
        listening.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
