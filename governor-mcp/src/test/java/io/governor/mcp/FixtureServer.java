package io.governor.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server as a program of its own, with the manners that its argument names. It answers each frame
 * that has an id with the frame it got, as a text.
 */
final class FixtureServer {

  private static final List<String> GATHERED = new ArrayList<>();
  private static int awaited;

  private FixtureServer() {}

  /** The command that starts it. */
  static List<String> command(String manner, String... arguments) {
    List<String> command = new ArrayList<>(java("-Xmx64m"));
    command.add(FixtureServer.class.getName());
    command.add(manner);
    command.addAll(List.of(arguments));
    return command;
  }

  /** A JVM with the classes of this test. */
  static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  static Map<String, String> environment() {
    return ServerEnvironment.of(System.getenv(), List.of());
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    switch (args[0]) {
      case "logs" -> {
        out.println("Server listening, token=ghp_0123456789abcdefghijABCDEFGHIJ012345");
        out.println("[INFO] ready");
        out.println("[1, 2");
      }
      case "announces" ->
          out.println("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
      case "floods" -> flood();
      case "environment" -> System.getenv().keySet().forEach(System.err::println);
      case "forks" -> fork(Path.of(args[1]));
      case "gathers" -> awaited = Integer.parseInt(args[1]);
      case "stays" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(FixtureServer::sleep));
        fork(Path.of(args[1]));
      }
      case "stubborn" -> Runtime.getRuntime().addShutdownHook(new Thread(FixtureServer::sleep));
      default -> {
        // Well-mannered until somebody asks.
      }
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard(args[0], line, out);
    }
    if (args[0].equals("stays")) {
      sleep();
    }
    System.exit(args[0].equals("exits") ? 7 : 0);
  }

  private static void heard(String manner, String line, PrintStream out) {
    switch (manner) {
      case "large" -> {
        if (line.contains("initialize")) {
          answer(line, out);
        } else {
          large(out);
        }
      }
      case "gathers" -> gathered(line, out);
      case "dies-later" -> {
        if (line.contains("tools/call")) {
          Runtime.getRuntime().halt(3);
        }
        answer(line, out);
      }
      case "dies" -> {
        out.print("{\"jsonrpc\":\"2.0\",\"id\":1,\"resu");
        out.flush();
        Runtime.getRuntime().halt(3);
      }
      case "closes" -> {
        out.close();
        sleep();
      }
      case "stateless" -> stateless(line, out);
      case "hangs", "stubborn" -> sleep();
      default -> answer(line, out);
    }
  }

  /** Answers none before it has as many as it awaits, and then the last one first. */
  private static void gathered(String line, PrintStream out) {
    GATHERED.add(0, line);
    if (GATHERED.size() == awaited) {
      GATHERED.forEach(each -> out.println(ManyCallsTest.answer(each)));
    }
  }

  private static void answer(String line, PrintStream out) {
    int at = line.indexOf("\"id\":");
    if (at >= 0 && line.contains("\"method\"")) {
      String id = line.substring(at + 5, line.indexOf(',', at));
      String quoted = line.replace("\\", "\\\\").replace("\"", "\\\"");
      out.println(
          "{\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
              + quoted
              + "\"}]},\"jsonrpc\":\"2.0\",\"id\":"
              + id
              + "}");
    }
  }

  /** Speaks on the way to its answers, and of a subscription without one; dies when it is told. */
  private static void stateless(String line, PrintStream out) {
    if (line.contains("tools/call") && line.contains("die")) {
      Runtime.getRuntime().halt(3);
    }
    if (line.contains("notifications/cancelled")) {
      System.err.println("cancelled");
    } else if (line.contains("subscriptions/listen")) {
      String meta = "{\"io.modelcontextprotocol/subscriptionId\":" + value(line, "id") + "}";
      out.println(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"_meta\":"
              + meta
              + "}}");
      out.println(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{\"_meta\":"
              + meta
              + "}}");
    } else {
      if (line.contains("progressToken")) {
        out.println(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1,\"progressToken\":"
                + value(line, "progressToken")
                + "}}");
      }
      out.println(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\"x\"}}");
      answer(line, out);
    }
  }

  private static String value(String line, String name) {
    int at = line.indexOf("\"" + name + "\":") + name.length() + 3;
    int end = at;
    while (",}".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    return line.substring(at, end);
  }

  /** 50 MB as the answer to the request 1, with the id behind it. */
  private static void large(PrintStream out) {
    out.print("{\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"");
    String part = "z".repeat(10_000);
    for (int i = 0; i < 5_000; i++) {
      out.print(part);
    }
    out.println("\"}]},\"jsonrpc\":\"2.0\",\"id\":1}");
  }

  private static void flood() {
    String line = "x".repeat(1000);
    for (int i = 0; i < 5_000; i++) {
      System.err.println(line);
    }
    System.err.println("key AKIAIOSFODNN7EXAMPLQ");
    System.err.println("y".repeat(200_000));
    System.err.println(
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEcanarykey\n-----END RSA PRIVATE KEY-----");
    System.err.println("the end");
  }

  /** A child that outlives its parent's main thread, and notes its process id. */
  private static void fork(Path note) throws IOException {
    Process child =
        new ProcessBuilder(command("hangs")).redirectInput(ProcessBuilder.Redirect.PIPE).start();
    child.getOutputStream().write("go\n".getBytes(StandardCharsets.UTF_8));
    child.getOutputStream().flush();
    Files.writeString(note.resolveSibling("tmp"), Long.toString(child.pid()));
    Files.move(note.resolveSibling("tmp"), note);
  }

  private static void sleep() {
    try {
      Thread.sleep(600_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
