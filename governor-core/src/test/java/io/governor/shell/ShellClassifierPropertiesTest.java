package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Effect;
import io.governor.event.OperationClassification.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws that hold of every command. A failure names its seed; {@code -Dgovernor.seed=…} brings the
 * same commands back.
 */
class ShellClassifierPropertiesTest {
  private static final String CANARY = "canary7f3a";
  private static final Set<String> DOMAINS =
      Set.of(
          "filesystem",
          "version_control",
          "packages",
          "network",
          "cloud_infrastructure",
          "process",
          "unknown");
  private static final Set<String> ACTIONS =
      Set.of("read", "create", "modify", "delete", "execute", "unknown");

  private final List<String> pieces = HostilePieces.allAnd(CANARY);
  private final long seed = Long.getLong("governor.seed", new SplittableRandom().nextLong());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final ShellClassifier classifier = new ShellClassifier();

  @Test
  void neverThrowsAndNeverContradictsItself() {
    for (int i = 0; i < 10_000; i++) {
      String command = randomCommand();
      assertThatCode(() -> assertConsistent(classifier.classify(command)))
          .as(reproduce(command))
          .doesNotThrowAnyException();
    }
  }

  private static void assertConsistent(OperationClassification classification) {
    List<Effect> effects =
        classification.segments().stream().flatMap(segment -> segment.effects().stream()).toList();
    boolean complete = effects.stream().noneMatch(effect -> effect.domain().equals("unknown"));
    boolean destroys =
        effects.stream().anyMatch(effect -> Boolean.TRUE.equals(effect.destructive()));
    boolean harmless =
        complete && effects.stream().allMatch(effect -> Boolean.FALSE.equals(effect.destructive()));

    assertThat(classification.complete()).isEqualTo(complete);
    assertThat(classification.destructive())
        .isEqualTo(destroys ? Boolean.TRUE : harmless ? Boolean.FALSE : null);
    assertThat(effects)
        .allMatch(effect -> DOMAINS.contains(effect.domain()) && ACTIONS.contains(effect.action()));
    assertThat(effects)
        .allMatch(effect -> effect.domain().equals("unknown") == effect.action().equals("unknown"));
    assertThat(ShellClassifier.targetSystem(classification)).startsWith("shell");
  }

  @Test
  void writesNothingTheUserTypedUnlessATableListsIt() {
    for (int i = 0; i < 10_000; i++) {
      String command = randomCommand();

      assertThat(classifier.classify(command).toString())
          .as(reproduce(command))
          .doesNotContain(CANARY);
    }
  }

  /** Even a filter that lets every name pass never sees an argument. */
  @Test
  void argumentsNeitherPassTheFilterNorAppear() {
    List<String> asked = new ArrayList<>();
    ShellClassifier open =
        new ShellClassifier(
            word -> {
              asked.add(word);
              return word;
            });

    assertThat(settledRows()).hasSizeGreaterThan(500);
    for (ClassifiedCommand row : settledRows()) {
      for (String tail :
          List.of(
              " %s", " -x %s", " --x=%s", " '%s'", " \"$(%s)\"", " > %s", " /%s/x", " u@%s:x")) {
        String command = row.command() + String.format(tail, CANARY);

        assertThat(open.classify(command).toString()).as(command).doesNotContain(CANARY);
      }
    }
    assertThat(asked).noneMatch(word -> word.contains(CANARY));
  }

  /**
   * Rows of one command whose sub-command, if it takes one, is there and known: what follows can
   * only be an argument.
   */
  private static List<ClassifiedCommand> settledRows() {
    return ClassifiedCommand.all().stream()
        .filter(ClassifiedCommand::canBeContinued)
        .filter(row -> !row.expected().contains("unknown") && !row.expected().contains(" ; "))
        .filter(
            row -> !row.expected().startsWith("no segments") && !row.expected().startsWith("\"\""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"; ", ";", "\n", " && ", " || ", "|", " |& ", " & "})
  void commandsInARowAreTheirSegmentsInARow(String separator) {
    List<ClassifiedCommand> rows =
        ClassifiedCommand.all().stream().filter(ClassifiedCommand::canBeContinued).toList();
    for (int i = 0; i < 2_000; i++) {
      List<ClassifiedCommand> chosen =
          random.ints(1 + random.nextInt(5), 0, rows.size()).mapToObj(rows::get).toList();
      String command =
          chosen.stream().map(ClassifiedCommand::command).collect(Collectors.joining(separator));
      String expected =
          chosen.stream()
              .map(ClassifiedCommand::expectedSegments)
              .filter(segments -> !segments.equals("no segments"))
              .collect(Collectors.joining(" ; "));

      assertThat(Rendering.segments(classifier.classify(command)))
          .as(reproduce(command))
          .isEqualTo(expected.isEmpty() ? "no segments" : expected);
    }
  }

  @Test
  void longCommandsTakeLittleTimeAndNoStack() throws Exception {
    for (String piece : pieces) {
      assertQuick("", piece, 100_000);
    }
  }

  @Test
  void deepCommandsTakeLittleTimeAndNoStack() throws Exception {
    for (String piece : HostilePieces.DEEP) {
      assertQuick("", piece, 1_000_000);
      for (String opening : HostilePieces.OPENINGS) {
        assertQuick(opening, piece, 100_000);
      }
    }
  }

  /**
   * What grew with the square of the length would take far longer, and what recursed would not fit
   * the small stack.
   */
  private void assertQuick(String opening, String piece, int length) throws Exception {
    String command = opening + piece.repeat(length / piece.length());
    long started = System.nanoTime();

    onSmallStack(() -> classifier.classify(command));

    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .as("%d characters of <%s> after <%s>", length, piece, opening)
        .isLessThan(Duration.ofSeconds(5));
  }

  private static void onSmallStack(Runnable work)
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<Boolean> task = new FutureTask<>(work, true);
    Thread thread = new Thread(null, task, "small stack", 256 * 1024);
    thread.setDaemon(true);
    thread.start();
    task.get(60, TimeUnit.SECONDS);
  }

  @Test
  void writesNoNameLongerThan64Characters() {
    ShellClassifier open = new ShellClassifier(word -> word);
    for (int i = 0; i < 10_000; i++) {
      String command = randomCommand();

      assertThat(open.classify(command).segments())
          .as(reproduce(command))
          .allMatch(ShellClassifierPropertiesTest::isShort);
    }
  }

  private static boolean isShort(Segment segment) {
    String subcommand = segment.subcommand() == null ? "" : segment.subcommand();
    return characters(segment.executable()) <= 64 && characters(subcommand) <= 64;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private String randomCommand() {
    StringBuilder command = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      command.append(pieces.get(random.nextInt(pieces.size())));
    }
    return command.toString();
  }

  private String reproduce(String command) {
    return "governor.seed=" + seed + ", command <" + command + ">";
  }
}
