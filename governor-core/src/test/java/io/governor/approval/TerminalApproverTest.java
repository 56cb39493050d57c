package io.governor.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.governor.Approval;
import io.governor.ApprovalRequest;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TerminalApproverTest {

  private final StringWriter shown = new StringWriter();

  private CompletableFuture<Approval> ask(Reader typed, ApprovalRequest request) {
    return TerminalApprover.on(typed, shown).ask(request).toCompletableFuture();
  }

  @ParameterizedTest
  @CsvSource({
    "y,true",
    "Y,true",
    "yes,true",
    "' YES ',true",
    "'',false",
    "n,false",
    "no,false",
    "yy,false",
    "ja,false",
    "'y n',false"
  })
  void onlyAYesIsAYes(String line, boolean allowed) throws Exception {
    CompletableFuture<Approval> approval =
        ask(new StringReader(line + "\n"), Requests.of('a', "{}"));

    assertThat(approval.get(30, TimeUnit.SECONDS)).isEqualTo(new Approval(allowed, "a".repeat(64)));
  }

  @Test
  void theEndOfTheInputIsANo() throws Exception {
    CompletableFuture<Approval> approval = ask(Reader.nullReader(), Requests.of('a', "{}"));

    assertThat(approval.get(30, TimeUnit.SECONDS).allowed()).isFalse();
  }

  @Test
  void thePersonSeesToolAgentRulesAndArguments() throws Exception {
    ask(new StringReader("y\n"), Requests.of('a', "{\"order\": \"A-7\", \"amount\": 900}"))
        .get(30, TimeUnit.SECONDS);

    assertThat(shown)
        .hasToString(
            """

            A tool call needs your approval.
            Tool       refund.create
            Agent      support-1
            Rule       ACME-103  Refunds over 500 need a person.
            Arguments
            {
              "order": "A-7",
              "amount": 900
            }
            Let support-1 run refund.create? [y/N] \
            """);
  }

  @Test
  void nothingThatATerminalObeysReachesIt() throws Exception {
    String hostile = "\u001b[2J\u0007\r\b\u009b31m\u202e\u2066\u200b\u2028\ufeff\u0000\ud83d\n";
    ApprovalRequest request =
        Requests.of(
            "tool" + hostile,
            "a".repeat(64),
            "{not json " + hostile,
            Requests.NOW,
            Requests.rule("ACME-103", "Because" + hostile));

    ask(new StringReader("n\n"), request).get(30, TimeUnit.SECONDS);

    assertThat(shown.toString().codePoints()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
    assertThat(shown.toString()).contains("\\u001b[2J").contains("\\u202e").contains("\\ud83d");
    assertThat(shown.toString().lines()).hasSize(8);
  }

  @Test
  void longArgumentsAreCutAndTheNumberOfCharactersLeftOutIsTold() throws Exception {
    ask(new StringReader("n\n"), Requests.of('a', "{\"a\": \"" + "x".repeat(299_987) + "\"}"))
        .get(30, TimeUnit.SECONDS);

    assertThat(shown.toString())
        .hasSizeLessThan(4_500)
        .contains("\n... 296000 MORE CHARACTERS ARE NOT SHOWN\nLet support-1 run");
  }

  @Test
  void oneQuestionIsAskedAtATime() throws Exception {
    TerminalApprover approver = TerminalApprover.on(new StringReader("y\nn\ny\n"), shown);
    CompletableFuture<Approval> first = approver.ask(Requests.of('a', "{}")).toCompletableFuture();
    CompletableFuture<Approval> second = approver.ask(Requests.of('b', "{}")).toCompletableFuture();
    CompletableFuture<Approval> third = approver.ask(Requests.of('c', "{}")).toCompletableFuture();

    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(new Approval(true, "a".repeat(64)));
    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(new Approval(false, "b".repeat(64)));
    assertThat(third.get(30, TimeUnit.SECONDS)).isEqualTo(new Approval(true, "c".repeat(64)));
  }

  /** The person types for what is on the screen, which may not be waited for any more. */
  @Test
  void aLineThatIsTypedTooLateAnswersNoOtherQuestion() throws Exception {
    PipedWriter keyboard = new PipedWriter();
    TerminalApprover approver = TerminalApprover.on(new PipedReader(keyboard), shown);
    CompletableFuture<Approval> late = approver.ask(Requests.of('a', "{}")).toCompletableFuture();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> questions() == 1);
    late.cancel(true);
    CompletableFuture<Approval> skipped =
        approver.ask(Requests.of('b', "{}")).toCompletableFuture();
    skipped.cancel(true);
    CompletableFuture<Approval> next = approver.ask(Requests.of('c', "{}")).toCompletableFuture();
    assertThat(shown.toString()).contains("Press Enter to go on");

    keyboard.write("y\n");
    keyboard.flush();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> questions() == 2);
    assertThat(next).isNotDone();
    keyboard.write("y\n");
    keyboard.flush();

    assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(new Approval(true, "c".repeat(64)));
  }

  private long questions() {
    return shown.toString().lines().filter(line -> line.startsWith("Let ")).count();
  }

  @Test
  void aTerminalThatFailsMeansThatNobodyCouldBeAsked() {
    Reader broken =
        new Reader() {
          @Override
          public int read(char[] target, int offset, int length) throws IOException {
            throw new IOException("gone");
          }

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> ask(broken, Requests.of('a', "{}")).get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whereThereIsNoTerminalNobodyCanBeAsked() {
    TerminalApprover approver = TerminalApprover.console();
    assumeTrue(approver.toString().contains("no terminal"), "there is a terminal");

    assertThatThrownBy(
            () ->
                approver
                    .ask(Requests.of('a', "{}"))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("there is no terminal to ask on");
  }

  @Test
  void theThreadEndsWhenNothingIsAsked() throws Exception {
    ask(new StringReader("y\n"), Requests.of('a', "{}")).get(30, TimeUnit.SECONDS);

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("governor-terminal")));
  }
}
