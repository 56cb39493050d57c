package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Segment;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellClassifierTest {
  private final ShellClassifier classifier = new ShellClassifier();

  static List<ClassifiedCommand> rows() {
    return ClassifiedCommand.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void classifiesAsTheRowSays(ClassifiedCommand row) {
    OperationClassification classification = classifier.classify(row.command());

    assertThat(Rendering.of(classification)).as(row.command()).isEqualTo(row.expected());
  }

  @Test
  void namesTheClassifierAndItsVersion() {
    OperationClassification classification = classifier.classify("ls");

    assertThat(classification.classifier()).isEqualTo("shell_rules");
    assertThat(classification.classifierVersion()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "\n", ";", "&", " && || ; \n & ", "\\\n"})
  void emptyCommandHasNoSegments(String command) {
    OperationClassification classification = classifier.classify(command);

    assertThat(Rendering.of(classification)).isEqualTo("no segments | complete F shell");
  }

  @ParameterizedTest
  @NullSource
  @MethodSource("notText")
  void commandThatIsNotTextIsOneUnknownSegment(Object command) {
    OperationClassification classification = classifier.classify(command);

    assertThat(Rendering.of(classification)).isEqualTo("\"\": unknown N | incomplete N shell");
  }

  static List<Object> notText() {
    return List.of(1, true, List.of("ls"), CharBuffer.wrap("ls"), new Object());
  }

  @Test
  void commentIsNoCommentButAnUnknownCommand() {
    assertThat(Rendering.segments(classifier.classify("# list; ls")))
        .isEqualTo("?: unknown N ; ls: filesystem/read F");
  }

  @Test
  void carriageReturnBelongsToTheWord() {
    assertThat(Rendering.segments(classifier.classify("ls\r\nls")))
        .isEqualTo("?: unknown N ; ls: filesystem/read F");
  }

  @Test
  void unlistedWordsPassTheFilterAndListedOnesDoNot() {
    List<String> asked = new ArrayList<>();
    ShellClassifier asking =
        new ShellClassifier(
            word -> {
              asked.add(word);
              return "<" + word + ">";
            });

    OperationClassification classification =
        asking.classify(
            "git push; git frob a; gh pr frob b; /opt/tool c; docker run d; X=$(y); $(z) e; gcloud run a list b");

    assertThat(classification.segments())
        .extracting(Segment::executable)
        .containsExactly("git", "git", "gh", "</opt/tool>", "docker", "<X=>", "<$(z)>", "gcloud");
    assertThat(classification.segments())
        .extracting(Segment::subcommand)
        .containsExactly("push", "<frob>", "pr <frob>", null, "<run>", null, null, "run <a> list");
    assertThat(asked).containsExactly("frob", "frob", "/opt/tool", "run", "X=", "$(z)", "a");
  }

  @Test
  void filterSeesTheWholeNameAndTheRecordItsFirst64Characters() {
    List<String> asked = new ArrayList<>();
    ShellClassifier asking =
        new ShellClassifier(
            word -> {
              asked.add(word);
              return word;
            });
    String name = "a".repeat(63) + "😀" + "b";

    List<Segment> segments = asking.classify(name + "; git " + name).segments();

    assertThat(asked).containsExactly(name, name);
    assertThat(segments.get(0).executable()).isEqualTo("a".repeat(63) + "😀");
    assertThat(segments.get(1).subcommand()).isEqualTo("a".repeat(63) + "😀");
  }

  @Test
  void nameOf64CharactersIsKeptWhole() {
    String name = "😀".repeat(64);

    List<Segment> segments = new ShellClassifier(word -> word).classify(name).segments();

    assertThat(segments.get(0).executable()).isEqualTo(name);
  }

  @Test
  void subcommandOfManyWordsIsCutAsOne() {
    String command = "gcloud " + "word ".repeat(100) + "list";

    List<Segment> segments = new ShellClassifier(word -> word).classify(command).segments();

    assertThat(segments.get(0).subcommand()).hasSize(64).startsWith("word word ");
  }

  @Test
  void targetNamesTheDomainOnlyWhenNothingElseIsTouched() {
    assertThat(target("ls")).isEqualTo("shell/filesystem");
    assertThat(target("git status")).isEqualTo("shell/version_control");
    assertThat(target("pip list")).isEqualTo("shell/packages");
    assertThat(target("ping h")).isEqualTo("shell/network");
    assertThat(target("kubectl get pods")).isEqualTo("shell/cloud_infrastructure");
    assertThat(target("make")).isEqualTo("shell/process");
    assertThat(target("frobnicate")).isEqualTo("shell");
    assertThat(target("ls; ping h")).isEqualTo("shell");
    assertThat(target("ls; frobnicate")).isEqualTo("shell");
    assertThat(target("echo hi")).isEqualTo("shell");
  }

  private String target(String command) {
    return ShellClassifier.targetSystem(classifier.classify(command));
  }

  @Test
  void whatHoldsWordsOfACommandShowsSizesOnly() {
    String canary = "canary";
    SimpleCommand command = CommandReader.read("tool canary $(canary) > canary").get(0);
    Arguments arguments = new Arguments(List.of(canary), false);
    Option option = Option.read(arguments, new Option.Valued("", Set.of())).get(0);
    Outcome outcome = new Outcome(List.of(canary), word -> false, Effects.ONLY_UNKNOWN);

    assertThat(
            List.of(command, command.words(), command.redirections(), arguments, option, outcome)
                .toString())
        .doesNotContain(canary);
  }
}
