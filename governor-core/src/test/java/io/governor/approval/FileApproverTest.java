package io.governor.approval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Agent;
import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileApproverTest {

  private static final String CANARY = "canary-7f3a-value";
  private static final String ID = "a".repeat(32);

  @TempDir Path root;

  private volatile Instant now = Requests.NOW;
  private final List<CompletableFuture<Approval>> asked = new ArrayList<>();

  /** Nothing that this class asks may go on looking for an answer in a folder that is gone. */
  @AfterEach
  void nothingIsLeftWhenNobodyWaits() {
    asked.forEach(each -> each.cancel(false));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> threads() == 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("governor-approvals"))
        .count();
  }

  private Path folder() {
    return root.resolve("approvals");
  }

  private Path question() {
    return folder().resolve(ID + ".question.json");
  }

  private FileApprover approver() {
    return FileApprover.at(root, () -> now);
  }

  private PendingApprovals pending() {
    return PendingApprovals.at(root, () -> now);
  }

  private CompletableFuture<Approval> ask(ApprovalRequest request) {
    return ask(approver(), request);
  }

  private CompletableFuture<Approval> ask(FileApprover approver, ApprovalRequest request) {
    CompletableFuture<Approval> approval = approver.ask(request).toCompletableFuture();
    asked.add(approval);
    return approval;
  }

  private static Approval answered(CompletableFuture<Approval> approval) throws Exception {
    return approval.get(30, TimeUnit.SECONDS);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void awaitFiles(String... names) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(files()).containsExactly(names));
  }

  /** The state that a process leaves behind which is killed while it waits. */
  private void killedWhileWaiting(ApprovalRequest request) throws IOException {
    CompletableFuture<Approval> approval = ask(request);
    byte[] left = Files.readAllBytes(question());
    approval.cancel(false);
    awaitFiles();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> threads() == 0);
    OwnerOnly.replace(question(), left);
  }

  @Test
  void theQuestionIsAFileOfThisForm() throws IOException {
    assertThat(ask(Requests.of('a', "{\"order\": \"A-7\\u202e\", \"amount\": 900}"))).isNotDone();

    assertThat(Files.readString(question()))
        .isEqualTo(
            """
            {"schema": 1, "digest": "%s", "digest_of": "SHA-256 of the JSON array [agent, tool, \
            arguments] with sorted names and without blanks; it covers all arguments, also \
            characters left out here", "tool": "refund.create", "agent": "support-1", "session": \
            "ticket-4711", "rules": [{"id": "ACME-103", "reason": "Refunds over 500 need a \
            person."}], "time": "2026-04-14T09:00:00Z", "expires": "2026-04-14T09:05:00Z", \
            "arguments": "{\\n  \\"order\\": \\"A-7\\\\u202e\\",\\n  \\"amount\\": 900\\n}", \
            "arguments_left_out": 0}
            """
                .formatted("a".repeat(64)));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void questionAndAnswerAreTheirOwnersAlone() throws Exception {
    killedWhileWaiting(Requests.of('a', "{}"));
    pending().allow(ID);

    assertThat(files()).hasSize(2);
    for (String file : files()) {
      assertThat(mode(folder().resolve(file))).isEqualTo("rw-------");
    }
    assertThat(mode(folder())).isEqualTo("rwx------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aYesArrivesAndQuestionAndAnswerAreGone() throws Exception {
    CompletableFuture<Approval> approval = ask(Requests.of('a', "{}"));

    pending().allow(ID.substring(0, 8));

    assertThat(answered(approval)).isEqualTo(new Approval(true, "a".repeat(64)));
    assertThat(files()).isEmpty();
  }

  @Test
  void aNoArrivesAndQuestionAndAnswerAreGone() throws Exception {
    CompletableFuture<Approval> approval = ask(Requests.of('a', "{}"));

    pending().deny(ID);

    assertThat(answered(approval)).isEqualTo(new Approval(false, "a".repeat(64)));
    assertThat(files()).isEmpty();
  }

  @Test
  void theLastAnswerCountsAsLongAsNoneWasTaken() throws Exception {
    ApprovalRequest request = Requests.of('a', "{}");
    killedWhileWaiting(request);
    pending().allow(ID);
    assertThat(pending().find(ID).answer()).isTrue();
    pending().deny(ID);
    assertThat(pending().find(ID).answer()).isFalse();

    assertThat(answered(ask(request)).allowed()).isFalse();
  }

  @Test
  void anAnswerToAProcessThatDiedIsForTheSameCallAskedAgainOnce() throws Exception {
    ApprovalRequest request = Requests.of('a', "{}");
    killedWhileWaiting(request);
    pending().allow(ID);
    now = now.plus(Requests.TIMEOUT).minusMillis(1);

    assertThat(ask(Requests.of('b', "{}"))).isNotDone();
    assertThat(ask(request)).isCompletedWithValue(request.allow());
    assertThat(files()).containsExactly("b".repeat(32) + ".question.json");
    assertThat(ask(request)).isNotDone();
  }

  @Test
  void anAnswerThatHasExpiredIsNeverUsed() throws Exception {
    killedWhileWaiting(Requests.of('a', "{}"));
    pending().allow(ID);
    now = now.plus(Requests.TIMEOUT);

    CompletableFuture<Approval> again = ask(Requests.of("a".repeat(64), "{}", now, Requests.RULE));

    assertThat(again).isNotDone();
    awaitFiles(ID + ".question.json");
    assertThat(pending().find(ID).time()).isEqualTo(now);
  }

  @Test
  void anAnswerDoesNotCountForARuleThatThePersonWasNotToldOf() throws Exception {
    killedWhileWaiting(Requests.of('a', "{}"));
    pending().allow(ID);

    CompletableFuture<Approval> again =
        ask(
            Requests.of(
                "a".repeat(64), "{}", now, Requests.RULE, Requests.rule("ACME-104", "New.")));
    assertThat(again).isNotDone();

    pending().allow(ID);
    assertThat(answered(again).allowed()).isTrue();
  }

  @Test
  void ofTwoWhoWaitForOneAnswerOneTakesItAndTheOtherIsAskedAboutAgain() throws Exception {
    ApprovalRequest request = Requests.of('a', "{}");
    for (boolean twoProcesses : new boolean[] {true, false}) {
      FileApprover one = approver();
      CompletableFuture<Approval> first = ask(one, request);
      CompletableFuture<Approval> second = ask(twoProcesses ? approver() : one, request);

      pending().allow(ID);
      CompletableFuture.anyOf(first, second).get(30, TimeUnit.SECONDS);
      awaitFiles(ID + ".question.json");
      assertThat(Stream.of(first, second).filter(CompletableFuture::isDone)).hasSize(1);

      pending().deny(ID);
      List<Boolean> answers = List.of(answered(first).allowed(), answered(second).allowed());
      assertThat(answers).containsExactlyInAnyOrder(true, false);
      awaitFiles();
    }
  }

  @Test
  void aQuestionThatIsWithdrawnIsDeleted() throws Exception {
    CompletableFuture<Approval> approval = ask(Requests.of('a', "{}"));
    assertThat(question()).exists();

    approval.cancel(false);

    awaitFiles();
  }

  @Test
  void aQuestionThatExpiresIsDeletedAndFailsWithATimeOut() {
    CompletableFuture<Approval> approval = ask(Requests.of('a', "{}"));

    now = now.plus(Requests.TIMEOUT);

    assertThatThrownBy(() -> answered(approval))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    awaitFiles();
  }

  @Test
  void whatProcessesThatWereKilledLeftIsRemovedWhenItHasExpired() throws Exception {
    killedWhileWaiting(Requests.of('a', "{}"));
    pending().allow(ID);
    Path leftover = folder().resolve(".half-written.tmp");
    OwnerOnly.createFile(leftover);
    Files.setLastModifiedTime(leftover, FileTime.from(now));
    now = now.plus(Duration.ofHours(2));

    assertThat(ask(Requests.of("b".repeat(64), "{}", now, Requests.RULE))).isNotDone();

    assertThat(files()).containsExactly("b".repeat(32) + ".question.json");
  }

  @Test
  void longArgumentsAreCutAndTheNumberOfCharactersLeftOutIsTold() throws Exception {
    assertThat(ask(Requests.of('a', "{\"body\": \"" + "x".repeat(300_000) + "\"}"))).isNotDone();

    PendingApproval question = pending().find(ID);
    assertThat(question.arguments()).hasSize(PendingApproval.MOST_ARGUMENT_CHARACTERS);
    assertThat(question.arguments().length() + question.leftOut()).isEqualTo(300_016);
    assertThat(Files.size(question())).isLessThan(300_000);
    assertThat(question.toString()).contains("300016 characters").doesNotContain("xx");
  }

  @Test
  void theWorstArgumentsStillMakeAFileThatCanBeRead() throws Exception {
    String worst = "\\ud83d\\ude00".repeat(150_000);
    assertThat(ask(Requests.of('a', "{\"a\": \"" + worst + "\"}"))).isNotDone();

    assertThat(pending().list().problems()).isEmpty();
    assertThat(pending().find(ID).leftOut()).isPositive();
  }

  @Test
  void moreQuestionsThanAPersonCouldAnswerAreRefused() throws Exception {
    OwnerOnly.createDirectories(folder());
    for (int i = 0; i < FileApprover.MOST_QUESTIONS; i++) {
      Files.createFile(folder().resolve("%032x.question.json".formatted(i)));
    }

    assertThatThrownBy(() -> answered(ask(Requests.of('a', "{}"))))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("1000 questions are open");
    assertThat(question()).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatOthersCouldHaveMadeIsRefused() throws Exception {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.createSymbolicLink(folder(), elsewhere);
    assertRefused("expected a directory, and no link to one");

    Files.delete(folder());
    Files.createFile(folder());
    assertRefused("approvals");

    Files.delete(folder());
    Files.createDirectory(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwx---"));
    assertRefused("expected that only its owner can write to it");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> answered(ask(Requests.of('a', "{}"))))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkInPlaceOfAnAnswerIsNotFollowed() throws Exception {
    ApprovalRequest request = Requests.of('a', "{}");
    killedWhileWaiting(request);
    pending().allow(ID);
    Path answer = folder().resolve(ID + ".answer.json");
    Path moved = Files.move(answer, root.resolve("answer.json"));
    Files.createSymbolicLink(answer, moved);

    assertThat(ask(request)).isCompletedExceptionally();
  }

  @Test
  void anAnswerThatCannotBeReadIsIgnoredAndTheQuestionStaysOpen() throws Exception {
    CompletableFuture<Approval> approval = ask(Requests.of('a', "{}"));
    for (String broken :
        List.of(
            "",
            "[]",
            "{\"schema\": 2}",
            "{\"schema\": 1, \"digest\": \"b\", \"allowed\": true}",
            "{\"schema\": 1, \"digest\": \"" + "a".repeat(64) + "\", \"allowed\": \"yes\"}")) {
      OwnerOnly.replace(folder().resolve(ID + ".answer.json"), broken.getBytes(UTF_8));
      awaitFiles(ID + ".question.json");
    }
    assertThat(approval).isNotDone();

    pending().allow(ID);
    assertThat(answered(approval).allowed()).isTrue();
  }

  @Test
  void whoRemovesTheStateRootEndsTheWait() throws Exception {
    CompletableFuture<Approval> approval = ask(Requests.of('a', "{}"));

    // The question is put back until the folder is gone, too.
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::removed);

    assertThatThrownBy(() -> answered(approval)).hasCauseInstanceOf(IOException.class);
    assertThat(folder()).doesNotExist();
  }

  private boolean removed() {
    try {
      Files.deleteIfExists(question());
      return Files.deleteIfExists(folder());
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void theArgumentsStandInTheQuestionWhileItIsOpenAndNowhereElseEver() throws Exception {
    Rule asks = Rule.named("ACME-101").tools("mail.send").mode(Mode.ENFORCE).ask();
    ToolCall call = ToolCall.of("mail.send", ToolArguments.ofJson("{\"to\": \"" + CANARY + "\"}"));
    try (Governor governor =
            Governor.builder()
                .agent(Agent.named("bot"))
                .stateRoot(root)
                .clock(() -> now)
                .rules(asks)
                .approver(approver(), Duration.ofMinutes(5))
                .build();
        GovernedSession session = governor.session().open()) {
      for (boolean allow : new boolean[] {true, false}) {
        CompletableFuture<Decision> decision = session.beforeAsync(call).toCompletableFuture();
        PendingApproval open = pending().list().questions().get(0);
        assertThat(open.arguments()).contains(CANARY);
        assertThat(open.toString()).doesNotContain(CANARY);
        assertThat(filesWithCanary()).containsExactly(open.id() + ".question.json");

        PendingApproval answered = allow ? pending().allow(open.id()) : pending().deny(open.id());
        assertThat(answered.answer()).isEqualTo(allow);
        assertThat(decision.get(30, TimeUnit.SECONDS).refused()).isEqualTo(!allow);
        assertThat(filesWithCanary()).isEmpty();
        assertThat(files()).isEmpty();
      }
    }
    assertThat(filesWithCanary()).isEmpty();
  }

  private List<String> filesWithCanary() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).contains(CANARY)) {
          found.add(file.getFileName().toString());
        }
      }
    }
    return found;
  }
}
