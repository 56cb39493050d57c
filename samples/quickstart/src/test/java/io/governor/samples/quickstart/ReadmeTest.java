package io.governor.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README prints is what this program is, and what it says. */
class ReadmeTest {

  private static final Path README = Path.of("../../README.md");
  private static final Path SOURCE =
      Path.of("src/main/java/io/governor/samples/quickstart/Quickstart.java");

  @TempDir Path home;

  @Test
  void theReadmesJavaIsTheProgram() throws IOException {
    String source = Files.readString(SOURCE);
    String region = source.split("// readme\n", -1)[1];
    String program = region.substring(0, region.lastIndexOf('\n')).stripIndent() + "\n";

    assertThat(block("java")).isEqualTo(program);
  }

  @Test
  void theReadmesOutputIsWhatTheProgramPrints() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    String before = System.getProperty("governor.home");
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setProperty("governor.home", home.toString());
    try {
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(out);
      System.setProperty("governor.home", before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(block("text"));
  }

  @Test
  void theReadmeNamesTheTwoCommands() throws IOException {
    List<String> commands =
        block("sh").lines().map(line -> line.split("#", -1)[0].strip()).toList();

    assertThat(commands).containsExactly("bin/governor demo", "mvn verify");
  }

  private static String block(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
