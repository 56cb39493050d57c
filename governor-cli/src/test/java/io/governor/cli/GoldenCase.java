package io.governor.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A conversation with the command, kept as a file: the state root it begins with, then lines that
 * are typed, each with the exit code and everything that comes back. To add a case, write a file
 * with the first two kinds of line and run the test with {@code -Dgovernor.golden=write}.
 *
 * <pre>
 * state: support
 * $ list
 * exit 0
 * SESSION …          what stands on standard output
 * ! governor: …      what stands on standard error
 * </pre>
 */
record GoldenCase(Path file, String state, List<String> typed) {

  private static final String STATE = "state: ";
  private static final String PROMPT = "$ ";

  /** Stands for the state root, which is another in each run. */
  private static final String ROOT = "ROOT";

  static Stream<GoldenCase> all() {
    try (Stream<Path> files = Files.list(directory())) {
      return files.sorted().map(GoldenCase::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    try {
      return Path.of(Objects.requireNonNull(GoldenCase.class.getResource("golden")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GoldenCase read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String state = lines.get(0).substring(STATE.length());
      List<String> typed =
          lines.stream()
              .filter(line -> line.startsWith(PROMPT))
              .map(line -> line.substring(PROMPT.length()))
              .toList();
      return new GoldenCase(file, state, typed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The conversation as the file has it. */
  String expected() throws IOException {
    return Files.readString(file);
  }

  /** The conversation as it goes now, below the given directory. */
  String played(Path root) {
    List<String> lines = new ArrayList<>();
    lines.add(STATE + state);
    for (String line : typed) {
      String[] args =
          Stream.of(line.split(" ", -1))
              .map(arg -> arg.replace(ROOT, root.toString()))
              .toArray(String[]::new);
      Cli.Result result = Cli.at(root).run(args);
      lines.add("");
      lines.add(PROMPT + line);
      lines.add("exit " + result.exitCode());
      result.out().lines().forEach(lines::add);
      result.err().lines().forEach(each -> lines.add(("! " + each).stripTrailing()));
    }
    return String.join("\n", lines).replace(root.toString(), ROOT) + "\n";
  }

  /** Takes what was played as what is expected, in the source tree. */
  void write(String played) throws IOException {
    Path source = Path.of("src/test/resources/io/governor/cli/golden", name());
    Files.writeString(source, played);
  }

  String name() {
    return Objects.requireNonNull(file.getFileName()).toString();
  }

  @Override
  public String toString() {
    return name();
  }
}
