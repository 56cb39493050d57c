package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy file that changes under a running governor. */
class WatchedPolicyTest {

  private static final String TEXT =
      "{governor: 1, id: acme, revision: %d, rules: [{id: ACME-101, tool: x, effect: warn}]}";

  @TempDir private Path folder;

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aChangedFileComesIntoForceAndABrokenOneDoesNot() throws IOException {
    Path file = write(TEXT.formatted(1));
    try (Governor governor =
        Governor.builder().policyFile(file).trace(event -> {}).nanoTime(nanos::get).build()) {
      assertThat(revision(governor)).isEqualTo(1);

      write(TEXT.formatted(2));
      assertThat(revision(governor)).as("nobody looks twice in a second").isEqualTo(1);
      nanos.addAndGet(1_000_000_000);
      await().untilAsserted(() -> assertThat(revision(governor)).isEqualTo(2));

      write("{governor: 1, id: acme, revision: 3, ruls: []}");
      nanos.addAndGet(1_000_000_000);
      await()
          .untilAsserted(
              () -> {
                assertThat(revision(governor)).isEqualTo(2);
                assertThat(governor.health().policyProblem())
                    .startsWith(file + ":1:38: ")
                    .contains("rules");
              });

      Files.delete(file);
      nanos.addAndGet(1_000_000_000);
      await()
          .untilAsserted(
              () -> {
                assertThat(revision(governor)).isEqualTo(2);
                assertThat(governor.health().policyProblem()).endsWith("missing");
              });

      write(TEXT.formatted(4));
      nanos.addAndGet(1_000_000_000);
      await().untilAsserted(() -> assertThat(revision(governor)).isEqualTo(4));
      assertThat(governor.health().policyProblem()).isNull();
      assertThat(governor.health().policy().revision()).isEqualTo(4);
    }
  }

  @Test
  void aBrokenFileAtStartIsToldWhereItIsBroken() throws IOException {
    Path file = write("{governor: 1, id: acme, revision: 1, mode: enfroce}");

    assertThatThrownBy(() -> Governor.builder().policyFile(file).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ":1:44: mode: ")
        .hasMessageContaining("enforce");
    assertThatThrownBy(() -> Governor.builder().policyFile(folder.resolve("none.yaml")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.yaml: the policy cannot be read: missing");
  }

  @Test
  void warmingUpLeavesNoTrace() throws IOException {
    Path file = write(TEXT.formatted(1));
    try (Governor governor =
        Governor.builder().policyFile(file).stateRoot(folder.resolve("home")).build()) {
      governor.warmUp();

      assertThat(governor.health().written()).isZero();
      assertThat(governor.health().openSessions()).isZero();
      assertThat(folder.resolve("home")).doesNotExist();
    }
  }

  private static long revision(Governor governor) {
    try (GovernedSession session = governor.session().open()) {
      return session.before(ToolCall.of("x", ToolArguments.empty())).policy().revision();
    }
  }

  /** As editors and configuration tools replace files: at once. */
  private Path write(String text) throws IOException {
    Path file = folder.resolve("policy.yaml");
    Path fresh = Files.writeString(folder.resolve("fresh"), text);
    return Files.move(
        fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
