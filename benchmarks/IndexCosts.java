import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What looking at one day of a year of traces costs, with and without the index, on Linux: {@code
 * java benchmarks/IndexCosts.java bin/governor [FILES]}, with bin/governor built. 10,000 files of
 * 40 events unless it is said. Uses a state root of its own and removes it.
 */
public final class IndexCosts {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final int EVENTS = 40;
  private static final int RUNS = 3;
  private static final String WINDOW = "2026-06-15";

  private final String governor;
  private final Path root;

  private IndexCosts(String governor, Path root) {
    this.governor = governor;
    this.root = root;
  }

  public static void main(String[] args) throws Exception {
    Path root = Files.createTempDirectory("index-costs");
    IndexCosts costs = new IndexCosts(args[0], root);
    try {
      long bytes = costs.write(args.length > 1 ? Integer.parseInt(args[1]) : 10_000);
      System.out.printf(
          Locale.ROOT,
          "load %s, Java %s, %.1f MB of traces%n",
          Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
          Runtime.version(),
          bytes / 1e6);
      // Older than two seconds, or nothing is learned of it.
      Thread.sleep(2_500);
      costs.compare("list");
      costs.compare("report", "--window", WINDOW, "--html", "-");
      costs.compare("sync", "count", "--window", WINDOW);
    } finally {
      remove(root);
    }
  }

  /** A session a file, spread over the year. */
  private long write(int files) throws IOException {
    Path folder = Files.createDirectories(root.resolve("traces/claude-code"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    long bytes = 0;
    for (int file = 0; file < files; file++) {
      Instant time = FIRST.plus(Duration.ofDays(365).multipliedBy(file).dividedBy(files));
      StringBuilder lines = new StringBuilder();
      for (int event = 0; event < EVENTS; event++) {
        lines.append(line(file, event, time.plusSeconds(event)));
      }
      byte[] text = lines.toString().getBytes(StandardCharsets.US_ASCII);
      Path trace = Files.write(folder.resolve("s" + file + ".jsonl"), text);
      Files.setLastModifiedTime(trace, FileTime.from(time));
      bytes += text.length;
    }
    return bytes;
  }

  private static String line(int file, int event, Instant time) {
    return """
    {"event_id": "e%d-%d", "event_type": "SCOPE_ASSERTED", "session_id": "s%d", \
    "event_sequence_number": %d, "previous_event_id": null, "agent_id": "agent-%d", \
    "deployment_mode": "vendor_managed", "timestamp_utc": "%s", "primitive": "SCOPE", \
    "payload": {"tool_id": "Bash", "declared_scope": ["read"], "target_system": "files", \
    "operation_type": "READ"}, "advisory_flags": [], "policy_violations": [%s], \
    "simulated_consequence": null, "pass_through": true}
    """
        .formatted(file, event, file, event, file % 50, time, event % 4 == 0 ? "\"POL-001\"" : "");
  }

  private void compare(String... command) throws Exception {
    Path index = root.resolve("traces.index");
    double[] without = new double[RUNS];
    double[] with = new double[RUNS];
    double[] cpuWithout = new double[RUNS];
    double[] cpuWith = new double[RUNS];
    for (int run = -1; run < RUNS; run++) {
      Files.deleteIfExists(index);
      Files.createDirectories(index.resolve("in-the-way"));
      double[] slow = time(command);
      remove(index);
      time("list");
      double[] fast = time(command);
      if (run >= 0) {
        without[run] = slow[0];
        cpuWithout[run] = slow[1];
        with[run] = fast[0];
        cpuWith[run] = fast[1];
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s without %7.0f ms (CPU %7.0f), with %7.0f ms (CPU %7.0f), index %d bytes%n",
        String.join(" ", List.of(command).subList(0, Math.min(2, command.length))),
        median(without),
        median(cpuWithout),
        median(with),
        median(cpuWith),
        Files.size(index));
  }

  /** Milliseconds, and milliseconds of CPU. */
  private double[] time(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(governor));
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("GOVERNOR_HOME", root.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    long ticks = childTicks();
    long start = System.nanoTime();
    int exit = builder.start().waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    if (exit != 0) {
      throw new IllegalStateException(words + " ended with " + exit);
    }
    return new double[] {millis, (childTicks() - ticks) * 10};
  }

  private static long childTicks() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void remove(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
