package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.collector.testing.TestCollector;
import io.governor.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/sync.md shows is what the command says, played from the first line of the page to the
 * last against a collector with HTTPS. What differs in each run has one form in the page: the id,
 * the secret, the address, the version, hashes. An hour passes between any two commands. Written
 * anew with {@code -Dgovernor.golden=write}.
 */
class SyncPageTest {

  private static final Path PAGE = Path.of("../docs/sync.md");
  private static final boolean WRITE = "write".equals(System.getProperty("governor.golden"));
  private static final String OPEN = "```console";
  private static final String CLOSE = "```";
  private static final String TYPED = "$ governor ";
  private static final String RECORD = "<!-- recorded meanwhile: ";

  @TempDir Path temp;

  /** An hour passes between any two commands. */
  private Instant now = Instant.parse("2026-04-15T11:30:00Z");

  @Test
  @Timeout(120)
  void thePageIsWhatTheCommandSays() throws IOException {
    Path root = temp.resolve("state");
    StateRoots.make("support", root);
    try (TestCollector collector = TestCollector.start()) {
      Path authority = collector.writeCa(temp);
      Files.writeString(root.resolve(ConfigFile.NAME), "sync: {ca_file: '" + authority + "'}\n");
      collector.latestVersion("0.2.0");
      String page = Files.readString(PAGE);

      String played = played(page, root, collector.endpoint());

      if (WRITE) {
        Files.writeString(PAGE, played);
      } else {
        assertThat(played).isEqualTo(page);
      }
    }
  }

  private String played(String page, Path root, String endpoint) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inBlock = false;
    for (String line : page.split("\n", -1)) {
      if (line.startsWith(RECORD)) {
        record(root, line.substring(RECORD.length()).replace(" -->", ""));
      }
      boolean typed = inBlock && line.startsWith(TYPED);
      boolean closes = inBlock && line.equals(CLOSE);
      if (!inBlock || typed || closes) {
        lines.add(line);
      }
      if (typed) {
        now = now.plus(Duration.ofHours(1));
        lines.addAll(answer(line.substring(TYPED.length()), root, endpoint));
      }
      inBlock = inBlock ? !closes : line.equals(OPEN);
    }
    return String.join("\n", lines);
  }

  private List<String> answer(String typed, Path root, String endpoint) {
    String[] args =
        words(typed).stream()
            .map(word -> word.replace("https://collector.example.org", endpoint))
            .map(word -> word.replace("~/.governor", root.toString()))
            .toArray(String[]::new);
    Cli.Result result = Cli.at(root).clock(() -> now).run(args);
    List<String> lines = new ArrayList<>();
    (result.out() + result.err()).lines().forEach(line -> lines.add(shown(line, root, endpoint)));
    if (result.exitCode() != 0) {
      lines.add("exit " + result.exitCode());
    }
    return lines;
  }

  private static List<String> words(String typed) {
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(typed);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  private static String shown(String line, Path root, String endpoint) {
    return line.replace(root.toString(), "~/.governor")
        .replace(endpoint, "https://collector.example.org")
        .replaceAll(
            "inst_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "inst_3f2b8c1d-9e4a-4b7c-8d6e-1f2a3b4c5d6e")
        .replaceAll("sgn_live_[0-9A-Za-z._-]+", "sgn_live_0000-this-is-not-a-secret")
        .replaceAll("governor-sync/\\S+ java-\\d+ \\w+", "governor-sync/0.1.0 java-17 linux")
        .replaceAll("(runtime_version\\\\?\"?:? +\\\\?\"?)[0-9A-Za-z.+-]+", "$10.1.0")
        .replaceAll("\\b[0-9a-f]{64}\\b", "7d8e" + "0".repeat(56) + "9a1f")
        .replace("governor " + Version.governor(), "governor 0.1.0")
        .stripTrailing();
  }

  private static void record(Path root, String rule) throws IOException {
    Path trace = root.resolve("traces/api/later.jsonl");
    Files.createDirectories(trace.getParent());
    long number = Files.exists(trace) ? Files.readAllLines(trace).size() : 0;
    Files.writeString(
        trace,
        ("{\"event_id\": \"later-%d\", \"event_type\": \"SCOPE_ASSERTED\", \"session_id\":"
                + " \"later\", \"event_sequence_number\": %d, \"agent_id\": \"support\","
                + " \"primitive\": \"SCOPE\", \"timestamp_utc\": \"2026-04-15T16:00:00.000Z\","
                + " \"payload\": {\"tool_id\": \"crm.lookup\", \"target_system\": \"crm\","
                + " \"operation_type\": \"READ\"}, \"advisory_flags\": [],"
                + " \"policy_violations\": [\"%s\"]}%n")
            .formatted(number, number, rule),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
