package io.governor.samples.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both configuration files, started for real: the agent here, the proxy and the server as
 * processes.
 */
@Timeout(120)
class McpAgentTest {

  private static final Path SAMPLE = sample();

  @TempDir Path root;

  @Test
  void theProxyIsPutInByOneLineOfTheConfiguration() throws IOException {
    List<String> before = Files.readAllLines(SAMPLE.resolve("before.json"));
    List<String> after = Files.readAllLines(SAMPLE.resolve("after.json"));

    List<Integer> changed = new ArrayList<>();
    for (int line = 0; line < before.size(); line++) {
      if (!before.get(line).equals(after.get(line))) {
        changed.add(line);
      }
    }

    assertThat(after).hasSameSizeAs(before);
    assertThat(changed).hasSize(1);
    List<String> server = command("before.json");
    List<String> proxy = command("after.json");
    assertThat(proxy.subList(proxy.size() - server.size(), proxy.size())).isEqualTo(server);
  }

  @Test
  void withoutTheProxyEverythingGoesThrough() throws Exception {
    String said = run("before.json");

    assertThat(said).contains("ghp_0123", "Refunded 900 EUR.");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void behindTheProxyTheRulesHoldAndEachCallIsOnRecordOnce() throws Exception {
    String said = run("after.json");

    assertThat(said)
        .contains("Order 1042", "Refunded 49.9 EUR.", "SHOP-101", "Hand the case to a colleague.")
        .doesNotContain("ghp_0123", "Refunded 900 EUR.");
    assertThat(traced("\"SCOPE_ASSERTED\"")).hasSize(3);
    assertThat(traced("\"CONTEXT_SNAPSHOT\"")).hasSize(2);
    assertThat(traced("ghp_0123")).isEmpty();
  }

  @Test
  void theReadmeShowsTheLineAndWhatTheAgentPrints() throws Exception {
    String readme = Files.readString(SAMPLE.resolve("README.md"));
    List<String> after = Files.readAllLines(SAMPLE.resolve("after.json"));

    assertThat(readme).contains("+" + after.get(3)).contains(run("after.json").indent(4));
  }

  private String run(String configuration) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    McpAgent.run(
        runnable(command(configuration)),
        Map.of("GOVERNOR_HOME", root.toString()),
        new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> command(String configuration) throws IOException {
    return ClientConfiguration.read(SAMPLE.resolve(configuration), "shop").command();
  }

  /**
   * The same with what is there before anything is packaged: classes, not jars and the launcher.
   */
  private static List<String> runnable(List<String> configured) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    for (String each : configured) {
      switch (each) {
        case "bin/governor" ->
            command.addAll(List.of(java, "-cp", classes, "io.governor.cli.GovernorCommand"));
        case "java" -> command.add(java);
        case "samples/mcp-agent/target/mcp-agent.jar" -> command.add(classes);
        case "samples/mcp-agent/policy.yaml" ->
            command.add(SAMPLE.resolve("policy.yaml").toString());
        default -> command.add(each);
      }
    }
    return command;
  }

  /** Lines of the traces below the state root with this in them. */
  private List<String> traced(String what) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("traces"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().filter(line -> line.contains(what)).toList();
  }

  private static Path sample() {
    Path here = Path.of("").toAbsolutePath();
    return here.endsWith("mcp-agent") ? here : here.resolve("samples/mcp-agent");
  }
}
