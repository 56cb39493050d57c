package io.governor.benchmarks.count;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a process of {@link CountingRun} said.
 *
 * @param first seconds of the first count in its process
 * @param fastest seconds of the fastest one
 * @param processor seconds of processor time that a warm one took, of all threads together: what
 *     other processes do to the machine is hardly a part of it
 * @param resident the most memory the process had, in bytes
 * @param scratch the most its temporary files held, in bytes
 */
record Outcome(
    double first, double fastest, double processor, long resident, long scratch, Counted counted) {

  /** Runs a contender with the options that are given to its JVM. */
  static Outcome of(
      String contender, int threads, List<String> options, Path home, List<Path> directories)
      throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(home.resolve("scratch"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Djava.io.tmpdir=" + scratch);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CountingRun.class.getName(), contender, "" + threads, "" + scratch));
    directories.forEach(directory -> command.add(directory.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(contender + " failed: " + said);
    }
    return read(said);
  }

  private static Outcome read(String said) {
    Map<String, String> values = new HashMap<>();
    Map<String, Long> rules = new TreeMap<>();
    for (String line : said.lines().toList()) {
      String[] pair = line.split("=", 2);
      if (pair[0].startsWith("rule.")) {
        rules.put(pair[0].substring("rule.".length()), Long.valueOf(pair[1]));
      } else {
        values.put(pair[0], pair[1]);
      }
    }
    return new Outcome(
        number(values, "first") / 1e9,
        number(values, "fastest") / 1e9,
        number(values, "processor") / 1e9,
        number(values, "resident") * 1024,
        number(values, "scratch"),
        new Counted(lines(values.get("lines")), rules.isEmpty() ? null : rules));
  }

  private static long number(Map<String, String> values, String name) {
    return Long.parseLong(String.valueOf(values.get(name)));
  }

  private static @Nullable Long lines(@Nullable String text) {
    return text == null || text.equals("null") ? null : Long.valueOf(text);
  }
}
