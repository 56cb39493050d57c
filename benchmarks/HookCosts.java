import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What a hook costs, on Linux: {@code java benchmarks/HookCosts.java bin [PART...]}, where bin holds
 * governor and governor-hook, built. Parts: hook, daemon, http, cold, sessions, length, many; all of
 * them without one. Uses a state root of its own and removes it.
 */
public final class HookCosts {

  private static final int RUNS = 50;
  private static final String POLICY =
      """
      governor: 1
      id: hook-costs
      revision: 1
      mode: enforce
      rules:
        - id: COST-001
          tool: Bash
          when: {command: {destructive: true}}
          effect: deny
          reason: Nothing is removed here.
      """;

  private final Path bin;
  private final Path root;

  private HookCosts(Path bin, Path root) {
    this.bin = bin.toAbsolutePath();
    this.root = root;
  }

  public static void main(String[] args) throws Exception {
    Path home = Files.createTempDirectory("hook-costs");
    Path root = Files.createDirectory(home.resolve("s"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    write(root.resolve("config.yaml"), "hooks: {daemon: {http: true}}\n");
    write(root.resolve("policy.yaml"), POLICY);
    HookCosts costs = new HookCosts(Path.of(args[0]), root);
    List<String> parts = Arrays.asList(args).subList(1, args.length);
    System.out.printf(
        "load %s, %d processors, Java %s%n",
        Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    try {
      costs.run(List.of("governor", "daemon", "archive"), "");
      costs.run(List.of("governor", "daemon", "start"), "");
      for (String part :
          parts.isEmpty()
              ? List.of("hook", "daemon", "http", "cold", "sessions", "length", "many")
              : parts) {
        costs.part(part);
      }
    } finally {
      costs.run(List.of("governor", "daemon", "stop"), "");
      remove(home);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private void part(String name) throws Exception {
    switch (name) {
      case "hook" -> hook();
      case "daemon" -> daemon();
      case "http" -> http();
      case "cold" -> cold();
      case "sessions" -> sessions();
      case "length" -> length();
      case "many" -> many();
      default -> throw new IllegalArgumentException("no such part: " + name);
    }
  }

  // --- The parts -------------------------------------------------------------------------------

  private void hook() throws Exception {
    List<List<String>> commands =
        List.of(
            List.of("true"),
            List.of("sh", "-c", "true"),
            List.of("governor-hook", "--enforce", "--home", root.toString(), "claude-code"));
    double[][] wall = new double[commands.size()][RUNS];
    double[] cpu = new double[commands.size()];
    for (int run = -5; run < RUNS; run++) {
      for (int i = 0; i < commands.size(); i++) {
        long ticks = childTicks();
        long start = System.nanoTime();
        run(commands.get(i), before("warm", "c" + run, "ls -l"));
        double took = (System.nanoTime() - start) / 1e6;
        if (run >= 0) {
          wall[i][run] = took;
          cpu[i] += childTicks() - ticks;
        }
      }
    }
    for (int i = 0; i < commands.size(); i++) {
      System.out.printf(
          Locale.ROOT,
          "hook      %-14s median %6.2f ms, fastest %6.2f ms, mean CPU %5.2f ms%n",
          String.join(" ", commands.get(i).subList(0, Math.min(3, commands.get(i).size())))
              .replace(" --enforce --home", ""),
          median(wall[i]),
          Arrays.stream(wall[i]).min().orElseThrow(),
          cpu[i] * 10 / RUNS);
    }
  }

  private void daemon() throws Exception {
    double[] took = new double[5000];
    for (int i = -2000; i < took.length; i++) {
      long start = System.nanoTime();
      ask(before("socket", "d" + i, "ls -l"));
      if (i >= 0) {
        took[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "daemon    connect, ask, be answered: median %.3f ms, p90 %.3f ms%n",
        median(took),
        took[took.length * 9 / 10]);
  }

  private void http() throws Exception {
    String port = Files.readString(root.resolve("run/http-port")).strip();
    String token = Files.readString(root.resolve("run/http-token")).strip();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    double[] took = new double[2000];
    for (int i = -1000; i < took.length; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/hook/claude-code"))
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofString(before("http", "h" + i, "ls -l")))
              .build();
      long start = System.nanoTime();
      int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
      if (i >= 0) {
        took[i] = (System.nanoTime() - start) / 1e6;
      }
      check(status == 204 || status == 200, "HTTP " + status);
    }
    System.out.printf(
        Locale.ROOT,
        "http      one connection, kept: median %.3f ms, p90 %.3f ms%n",
        median(took),
        took[took.length * 9 / 10]);
  }

  private void cold() throws Exception {
    Path policy = root.resolve("policy.yaml");
    cold("with a policy", before("cold", "k", "ls -l"));
    Path aside = Files.move(policy, root.resolve("policy.aside"));
    try {
      cold("without one", before("bare", "k", "ls -l"));
    } finally {
      Files.move(aside, policy);
    }
  }

  private void cold(String policy, String payload) throws Exception {
    List<String> hook =
        List.of(
            bin.resolve("governor-hook").toString(),
            "--cold",
            "--home",
            root.toString(),
            "claude-code");
    double[] java = new double[RUNS];
    double[] cold = new double[RUNS];
    for (int run = -2; run < RUNS; run++) {
      double floor = cpu(List.of("java", "-version"), "");
      double took = cpu(hook, payload);
      if (run >= 0) {
        java[run] = floor;
        cold[run] = took;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "cold      java -version %.0f ms of CPU, hook without a daemon, %s, %.0f ms: %.2f times%n",
        median(java),
        policy,
        median(cold),
        median(cold) / median(java));
  }

  private void sessions() throws Exception {
    for (int i = 0; i < 1000; i++) {
      ask(before("session-" + i, "s", "ls -l"));
    }
    long pid = Long.parseLong(Files.readString(root.resolve("run/daemon.pid")).strip());
    long resident = resident(pid);
    long ticks = ticks(pid);
    Thread.sleep(30_000);
    System.out.printf(
        Locale.ROOT,
        "sessions  1,000: %.1f MB resident; in 30 idle seconds %d ms of CPU%n",
        resident / 1024.0,
        (ticks(pid) - ticks) * 10);
  }

  private void length() throws Exception {
    double first = 0;
    for (int i = 0; i < 10_500; i++) {
      if (i == 500) {
        first = block(i);
      }
      ask(before("long", "l" + i, "ls -l"));
    }
    long events;
    try (Stream<String> lines = Files.lines(root.resolve("traces/claude-code/long.jsonl"))) {
      events = lines.count();
    }
    System.out.printf(
        Locale.ROOT,
        "length    median of 500 calls: %.3f ms after 1,000 events, %.3f ms after %,d%n",
        first,
        block(20_000),
        events);
  }

  private double block(int from) throws Exception {
    double[] took = new double[500];
    for (int i = 0; i < took.length; i++) {
      long start = System.nanoTime();
      ask(before("long", "b" + (from + i), "ls -l"));
      took[i] = (System.nanoTime() - start) / 1e6;
    }
    return median(took);
  }

  private void many() throws Exception {
    int clients = 32;
    int calls = 10_000;
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    List<Future<Boolean>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      int call = i;
      boolean removes = i % 2 == 1;
      answers.add(
          pool.submit(
              () -> {
                String command = removes ? "rm -rf /" : "ls -l";
                String said =
                    run(
                        List.of("governor-hook", "--enforce", "--home", root.toString(), "claude-code"),
                        before("many-" + call % clients, "m" + call, command));
                return removes ? said.contains("COST-001") : said.equals("0 ");
              }));
    }
    int right = 0;
    for (Future<Boolean> answer : answers) {
      right += answer.get() ? 1 : 0;
    }
    pool.shutdown();
    System.out.printf(
        Locale.ROOT,
        "many      %d hooks at once, %,d calls: %,d answered rightly, %,d on record, %.0f s%n",
        clients,
        calls,
        right,
        recorded("many-"),
        (System.nanoTime() - start) / 1e9);
  }

  private long recorded(String prefix) throws IOException {
    long distinct = 0;
    try (Stream<Path> traces = Files.list(root.resolve("traces/claude-code"))) {
      for (Path trace :
          traces
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.toString().endsWith(".jsonl"))
              .toList()) {
        try (Stream<String> lines = Files.lines(trace)) {
          distinct +=
              lines
                  .filter(line -> line.contains("\"tool_use_id\": \"m"))
                  .map(line -> line.replaceAll(".*\"tool_use_id\": \"(m\\d+)\".*", "$1"))
                  .distinct()
                  .count();
        }
      }
    }
    return distinct;
  }

  // --- Means -----------------------------------------------------------------------------------

  private static String before(String session, String id, String command) {
    return "{\"session_id\": \""
        + session
        + "\", \"transcript_path\": \"/nowhere\", \"cwd\": \"/tmp\", \"hook_event_name\":"
        + " \"PreToolUse\", \"tool_name\": \"Bash\", \"tool_input\": {\"command\": \""
        + command
        + "\"}, \"tool_use_id\": \""
        + id
        + "\"}";
  }

  /** Exit code, a blank, and everything that was said. */
  private String run(List<String> command, String stdin) throws Exception {
    List<String> found = new ArrayList<>(command);
    if (command.get(0).startsWith("governor")) {
      found.set(0, bin.resolve(command.get(0)).toString());
    }
    ProcessBuilder builder = new ProcessBuilder(found).redirectErrorStream(true);
    builder.environment().put("GOVERNOR_HOME", root.toString());
    Process process = builder.start();
    try (var out = process.getOutputStream()) {
      out.write(stdin.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It reads nothing.
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said;
  }

  /** In milliseconds, by bash, which counts them; /proc counts hundredths of a second. */
  private double cpu(List<String> command, String stdin) throws Exception {
    List<String> timed = new ArrayList<>();
    timed.addAll(List.of("bash", "-c", "TIMEFORMAT='%3U %3S'; time \"$0\" \"$@\" > /dev/null 2>&1"));
    timed.addAll(command);
    String[] said = run(timed, stdin).strip().split(" ");
    check(said[0].equals("0"), "exit " + said[0]);
    return 1000 * (Double.parseDouble(said[1]) + Double.parseDouble(said[2]));
  }

  private void ask(String payload) throws IOException {
    byte[] body = payload.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("POST /v1/hook/claude-code HTTP/1.1\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(root.resolve("run/hook.sock")));
      ByteBuffer request = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
      while (request.hasRemaining()) {
        channel.write(request);
      }
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer piece = ByteBuffer.allocate(4096);
      while (channel.read(piece.clear()) >= 0) {
        answer.write(piece.array(), 0, piece.position());
      }
      check(answer.toString(StandardCharsets.UTF_8).contains("governor-hook/1 0\n"), "no answer");
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** CPU of children that have ended, in hundredths of a second. */
  private static long childTicks() throws IOException {
    String[] fields = stat("self");
    return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
  }

  private static long ticks(long pid) throws IOException {
    String[] fields = stat(Long.toString(pid));
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static String[] stat(String pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  private static long resident(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
