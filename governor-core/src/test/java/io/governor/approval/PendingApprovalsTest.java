package io.governor.approval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingApprovalsTest {

  @TempDir Path root;

  private Instant now = Requests.NOW;
  private PendingApprovals pending;

  @BeforeEach
  void twoQuestions() throws IOException {
    ApprovalFolder folder = ApprovalFolder.below(root);
    folder.create();
    String later = "01234567" + "8".repeat(56);
    String earlier = "01234567" + "9".repeat(56);
    folder.write(PendingApproval.of(Requests.of(later, "{}", now.plusSeconds(1), Requests.RULE)));
    folder.write(PendingApproval.of(Requests.of(earlier, "{\"a\": 1}", now, Requests.RULE)));
    pending = PendingApprovals.at(root, () -> now);
  }

  @Test
  void theOldestQuestionStandsFirst() throws IOException {
    List<PendingApproval> open = pending.list().questions();

    assertThat(open)
        .extracting(PendingApproval::id)
        .containsExactly("01234567" + "9".repeat(24), "01234567" + "8".repeat(24));
    PendingApproval first = open.get(0);
    assertThat(first.tool()).isEqualTo("refund.create");
    assertThat(first.agent()).isEqualTo("support-1");
    assertThat(first.session()).isEqualTo("ticket-4711");
    assertThat(first.arguments()).isEqualTo("{\n  \"a\": 1\n}");
    assertThat(first.answer()).isNull();
    assertThat(first.rules())
        .containsExactly(new PendingApproval.Asking("ACME-103", "Refunds over 500 need a person."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          01234567     | 2 questions begin with 01234567: write more digits
          0123456      | not the id of a question: expected at least 8 hex digits in lower case, as the list shows them
          ``           | not the id of a question: expected at least 8 hex digits in lower case, as the list shows them
          ../../../../ | not the id of a question: expected at least 8 hex digits in lower case, as the list shows them
          ABCDEF0123   | not the id of a question: expected at least 8 hex digits in lower case, as the list shows them
          76543210     | no open question begins with 76543210; list them to see what is open
          """)
  void onlyOneQuestionCanBeMeant(String prefix, String message) {
    assertThatThrownBy(() -> pending.allow(prefix))
        .isInstanceOf(ApprovalProblem.class)
        .hasMessage(message);
    assertThatThrownBy(() -> pending.deny(prefix)).hasMessage(message);
    assertThatThrownBy(() -> pending.find(prefix)).hasMessage(message);
    assertThat(root.resolve("approvals")).isDirectoryNotContaining("glob:**.answer.json");
  }

  @Test
  void theWholeDigestNamesAQuestionToo() throws Exception {
    assertThat(pending.allow("01234567" + "9".repeat(56)).answer()).isTrue();
    assertThat(pending.list().questions().get(0).answer()).isTrue();
    assertThat(pending.list().questions().get(1).answer()).isNull();
  }

  @Test
  void whatHasExpiredCannotBeAnsweredAndIsRemoved() throws Exception {
    now = now.plus(Requests.TIMEOUT);

    assertThatThrownBy(() -> pending.allow("012345679"))
        .hasMessage("the question 012345679 expired at 2026-04-14T09:05:00Z: nobody waits for it");
    assertThat(pending.list().questions()).hasSize(1);
    now = now.plusSeconds(1);
    assertThat(pending.list().questions()).isEmpty();
    assertThat(root.resolve("approvals")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                  | line 1, column 2: ends before the document is complete
          []                                 | line 1, column 1: expected a JSON object
          {"schema": "1"}                    | schema: expected a whole number
          {"schema": 2}                      | schema: expected 1, the version this one knows
          {"schema": 1, "digest": "zz"}      | digest: expected 64 hex digits in lower case
          {"schema": 1, "digest": "DIGEST"}  | tool: expected a text
          {"schema": 1, "digest": "OTHER", "tool": "t", "agent": "a", "session": "s", "rules": [], "time": "2026-04-14T09:00:00Z", "expires": "2026-04-14T09:05:00Z", "arguments": "{}", "arguments_left_out": 0} | digest: expected the one that the file is named after
          {"schema": 1, "digest": "DIGEST", "tool": "t", "agent": "a", "session": "s", "rules": [], "time": "soon", "expires": "2026-04-14T09:05:00Z", "arguments": "canary", "arguments_left_out": 0} | time: expected a time such as 2026-04-14T09:00:00Z
          {"schema": 1, "digest": "DIGEST", "tool": "t", "agent": "a", "session": "s", "rules": ["R"], "time": "2026-04-14T09:00:00Z", "expires": "2026-04-14T09:05:00Z", "arguments": "canary", "arguments_left_out": 0} | rules: expected objects with an id
          """)
  void aFileThatIsNoQuestionIsNamedWithWhatIsWrong(String json, String problem) throws Exception {
    String id = "f".repeat(32);
    Path file = root.resolve("approvals").resolve(id + ".question.json");
    String text = json.replace("DIGEST", "f".repeat(64)).replace("OTHER", "e".repeat(64));
    OwnerOnly.replace(file, text.getBytes(UTF_8));

    PendingApprovals.Listing listing = pending.list();

    assertThat(listing.questions()).hasSize(2);
    assertThat(listing.problems())
        .extracting(ApprovalProblem::text)
        .containsExactly(file + ": " + problem);
    assertThatThrownBy(() -> pending.allow(id)).hasMessage(file + ": " + problem);
  }

  @Test
  void nothingIsOpenWhereNothingWasAsked() throws IOException {
    Path nowhere = root.resolve("nowhere");

    assertThat(PendingApprovals.at(nowhere, () -> now).list().questions()).isEmpty();
    assertThatThrownBy(() -> PendingApprovals.at(nowhere, () -> now).allow("01234567"))
        .isInstanceOf(ApprovalProblem.class);
    assertThat(nowhere).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatOthersCanWriteToIsRefused() throws IOException {
    Path folder = root.resolve("approvals");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable use :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> pending.list(), () -> pending.allow("012345679"))) {
      assertThatThrownBy(use)
          .isInstanceOf(IOException.class)
          .hasMessage(folder + ": expected that only its owner can write to it");
    }
  }
}
