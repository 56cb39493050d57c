package io.governor.hooks.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What setting up an agent does to a home, kept as a file of stages: {@code before}, {@code
 * observe}, {@code enforce}. To add a case, write a file with the first stage and run the test with
 * {@code -Dgovernor.golden=write}.
 *
 * <pre>
 * === before
 * --- .claude/settings.json
 * {"model": "opus"}
 * </pre>
 */
record SetupCase(String name, Map<String, Map<String, String>> stages) {

  private static final String STAGE = "=== ";
  private static final String FILE = "--- ";

  static Stream<SetupCase> all() {
    try (Stream<Path> files = Files.list(directory())) {
      return files.sorted().map(SetupCase::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    try {
      return Path.of(Objects.requireNonNull(SetupCase.class.getResource("golden")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SetupCase read(Path file) {
    Map<String, Map<String, String>> stages = new LinkedHashMap<>();
    Map<String, String> stage = new TreeMap<>();
    String name = "";
    StringBuilder content = new StringBuilder();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(STAGE) || line.startsWith(FILE)) {
          put(stage, name, content);
          name = line.startsWith(FILE) ? line.substring(FILE.length()) : "";
          if (line.startsWith(STAGE)) {
            stage = new TreeMap<>();
            stages.put(line.substring(STAGE.length()), stage);
          }
        } else {
          content.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    put(stage, name, content);
    String fileName = Objects.requireNonNull(file.getFileName()).toString();
    return new SetupCase(fileName.replace(".txt", ""), stages);
  }

  private static void put(Map<String, String> stage, String name, StringBuilder content) {
    if (!name.isEmpty()) {
      stage.put(name, content.toString());
    }
    content.setLength(0);
  }

  /** The agent: what the name begins with. */
  String agent() {
    return name.replaceAll("\\+.*", "");
  }

  Map<String, String> stage(String stage) {
    return stages.getOrDefault(stage, Map.of());
  }

  /** Takes the stages as they went as what is expected, in the source tree. */
  void write(Map<String, Map<String, String>> played) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String stage : List.of("before", "observe", "enforce")) {
      text.append(STAGE).append(stage).append('\n');
      played
          .getOrDefault(stage, Map.of())
          .forEach((file, content) -> text.append(FILE).append(file).append('\n').append(content));
    }
    Path source = Path.of("src/test/resources/io/governor/hooks/install/golden", name + ".txt");
    Files.writeString(source, text.toString());
  }

  @Override
  public String toString() {
    return name;
  }
}
