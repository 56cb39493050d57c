package io.governor.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the proxy adds to a {@code tools/call}, beside the direct connection in the same run: blocks
 * of calls go one way and then the other. Traces go to a folder of their own. How to run it stands
 * in benchmarks/README.md.
 */
final class LatencyMain {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"read\",\"arguments\":{\"path\":\"/a\"}}}";
  private static final int BLOCK = 250;

  private LatencyMain() {}

  private interface Way extends AutoCloseable {
    void call(int id) throws Exception;

    @Override
    void close() throws IOException;
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int blocks = args.length > 0 ? Integer.parseInt(args[0]) : 40;
    Path state = Files.createTempDirectory("governor-mcp-latency");
    Rule deny = Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny();
    try (Governor governor = Governor.builder().stateRoot(state).rules(deny).build()) {
      try (Way direct = stdio(FixtureServer.command("echo"));
          Way proxied = stdio(proxied(state))) {
        compare("stdio", direct, proxied, blocks);
      }
      try (FaultServer server = new FaultServer(exchange -> answer(exchange));
          McpProxy.Running proxy =
              McpProxy.of(governor, "box")
                  .http(server.url(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          Way direct = http(server.url());
          Way through =
              http(URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp"))) {
        compare("HTTP", direct, through, blocks);
      }
    }
    System.out.printf(
        "load %.1f on %d processors%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
  }

  /** The proxy as a program, with traces on disk. */
  static final class Proxy {

    private Proxy() {}

    public static void main(String[] args) throws Exception {
      Rule deny = Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny();
      try (Governor governor = Governor.builder().stateRoot(Path.of(args[0])).rules(deny).build()) {
        McpProxy.of(governor, "box")
            .stdio(
                List.of(args).subList(1, args.length),
                FixtureServer.environment(),
                System.in,
                System.out,
                System.err);
      }
    }
  }

  private static List<String> proxied(Path state) {
    List<String> command = new ArrayList<>(FixtureServer.java("-Xmx128m"));
    command.add(Proxy.class.getName());
    command.add(state.toString());
    command.addAll(FixtureServer.command("echo"));
    return command;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    FaultServer.json(
        exchange,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}");
  }

  private static void compare(String transport, Way direct, Way proxied, int blocks)
      throws Exception {
    long[] one = new long[blocks * BLOCK];
    long[] other = new long[blocks * BLOCK];
    // The first half warms up.
    for (int round = 0; round < 2; round++) {
      for (int block = 0; block < blocks; block++) {
        time(direct, one, block);
        time(proxied, other, block);
      }
    }
    System.out.printf(
        "%s: direct %.3f ms, through the proxy %.3f ms, added %.3f ms at the median of %d calls%n",
        transport, median(one), median(other), median(other) - median(one), one.length);
  }

  private static void time(Way way, long[] nanos, int block) throws Exception {
    for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
      long start = System.nanoTime();
      way.call(i);
      nanos[i] = System.nanoTime() - start;
    }
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }

  private static Way stdio(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    OutputStream in = process.getOutputStream();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    return new Way() {
      @Override
      public void call(int id) throws IOException {
        in.write((CALL.formatted(id) + "\n").getBytes(UTF_8));
        in.flush();
        if (!String.valueOf(out.readLine()).contains("\"result\"")) {
          throw new IOException("no result");
        }
      }

      @Override
      public void close() throws IOException {
        in.close();
        process.onExit().join();
      }
    };
  }

  private static Way http(URI url) {
    HttpClient client = HttpClient.newHttpClient();
    return new Way() {
      @Override
      public void call(int id) throws Exception {
        HttpRequest request =
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(CALL.formatted(1)))
                .build();
        if (!client.send(request, BodyHandlers.ofString()).body().contains("\"result\"")) {
          throw new IOException("no result");
        }
      }

      @Override
      public void close() {
        // The client ends with its threads.
      }
    };
  }
}
