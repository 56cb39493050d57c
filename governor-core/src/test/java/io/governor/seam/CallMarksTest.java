package io.governor.seam;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallMarksTest {

  private static final ToolArguments ARGUMENTS =
      ToolArguments.ofJson("{\"path\":\"/a\",\"n\":1.5}");

  @TempDir private Path root;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T10:00:00Z"));

  @Test
  void aCallIsRecognisedInAnotherProcessWhateverTheOrderOfItsArguments() {
    String mark = marks().mark(decision("read", "call-7"), "read", ARGUMENTS);

    MarkedCall read =
        marks().read(mark, "read", ToolArguments.ofJson(" {\"n\": 1.50, \"path\":\"\\/a\"}"));

    assertThat(mark).hasSizeLessThan(300).doesNotContain("/a", " ");
    assertThat(read).isNotNull();
    assertThat(read.callId()).isEqualTo("call-7");
    assertThat(read.counted().agreed()).isEmpty();
  }

  @Test
  void noArgumentsAndEmptyOnesAreTheSame() {
    String mark = marks().mark(decision("read", "c"), "read", ToolArguments.empty());

    assertThat(marks().read(mark, "read", ToolArguments.of(Map.of()))).isNotNull();
    assertThat(marks().read(mark, "read", ToolArguments.ofJson("{}"))).isNotNull();
  }

  @Test
  void aMarkIsGoodForOneUse() {
    CallMarks reader = marks();
    String mark = marks().mark(decision("read", "c"), "read", ARGUMENTS);

    assertThat(reader.read(mark, "read", ARGUMENTS)).isNotNull();
    assertThat(reader.read(mark, "read", ARGUMENTS)).isNull();
    assertThat(reader.read(mark + "=", "read", ARGUMENTS)).as("the same proof").isNull();
  }

  @Test
  void aMarkIsGoodForThisCallOnly() {
    String mark = marks().mark(decision("read", "c"), "read", ARGUMENTS);

    assertThat(marks().read(mark, "write", ARGUMENTS)).isNull();
    assertThat(marks().read(mark, "read", ToolArguments.ofJson("{\"path\":\"/b\",\"n\":1.5}")))
        .isNull();
    assertThat(marks().read(mark, "read", ToolArguments.ofJson("{\"path\":"))).isNull();
  }

  @Test
  void aMarkIsGoodForAMinute() {
    String mark = marks().mark(decision("read", "c"), "read", ARGUMENTS);

    now.updateAndGet(instant -> instant.plusSeconds(60));
    assertThat(marks().read(mark, "read", ARGUMENTS)).isNotNull();
    now.updateAndGet(instant -> instant.plusMillis(1));
    assertThat(marks().read(mark, "read", ARGUMENTS)).isNull();
    now.updateAndGet(instant -> instant.minusSeconds(70));
    assertThat(marks().read(mark, "read", ARGUMENTS)).as("made in the future").isNull();
  }

  @Test
  void anotherInstallationsMarkIsNone(@TempDir Path other) {
    String mark = CallMarks.below(other, now::get).mark(decision("read", "c"), "read", ARGUMENTS);

    assertThat(marks().read(mark, "read", ARGUMENTS)).as("no key here").isNull();
    marks().mark(decision("read", "c"), "read", ARGUMENTS);
    assertThat(marks().read(mark, "read", ARGUMENTS)).as("another key").isNull();
  }

  @Test
  void whatAMarkSaysCannotBeExchanged() {
    String mark = marks().mark(decision("read", "c"), "read", ARGUMENTS);
    String[] parts = mark.split("\\.", -1);
    String said = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String other =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(said.replace("\"c\"", "\"d\"").getBytes(StandardCharsets.UTF_8));

    assertThat(said).contains("\"call\":\"c\"");
    assertThat(marks().read("1." + other + "." + parts[2], "read", ARGUMENTS)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "1..",
        "1.e30.",
        "2.e30.AAAA",
        "1.%%.%%",
        "1.e30.e30.e30",
        "{}",
        "x"
      })
  void anythingElseIsNoMark(String text) {
    marks().mark(decision("read", "c"), "read", ARGUMENTS);

    assertThat(marks().read(text, "read", ARGUMENTS)).isNull();
    assertThat(marks().read("1." + "A".repeat(10_000) + ".AAAA", "read", ARGUMENTS)).isNull();
    assertThat(marks().read(null, "read", ARGUMENTS)).isNull();
    assertThat(marks().read(List.of(text), "read", ARGUMENTS)).isNull();
  }

  @Test
  void whatWasRefusedOrCannotBeReadIsNotMarked() {
    Rule deny = Rule.named("ACME-101").tools("read").mode(Mode.ENFORCE).deny();

    assertThat(marks().mark(decision("read", "c", deny), "read", ARGUMENTS)).isNull();
    assertThat(marks().mark(decision("read", "c"), "read", ToolArguments.ofJson("{"))).isNull();
    assertThat(marks().mark(decision("read", "c".repeat(5_000)), "read", ARGUMENTS)).isNull();
  }

  @Test
  void theKeyIsForItsOwnerAlone() throws Exception {
    String mark = marks().mark(decision("read", "c"), "read", ARGUMENTS);
    Path key = root.resolve("call-mark.key");

    assertThat(Files.size(key)).isEqualTo(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(marks().read(mark, "read", ARGUMENTS)).isNull();
    assertThat(marks().mark(decision("read", "c"), "read", ARGUMENTS)).isNull();
  }

  @Test
  void aKeyBehindALinkIsNone(@TempDir Path elsewhere) throws Exception {
    Path foreign = Files.write(elsewhere.resolve("key"), new byte[32]);
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(root.resolve("call-mark.key"), foreign);

    assertThat(marks().mark(decision("read", "c"), "read", ARGUMENTS)).isNull();
  }

  @Test
  void marksThatCannotBeRememberedAreNotRecognised() {
    UsedMarks used = new UsedMarks();
    for (int i = 0; i < UsedMarks.MAX; i++) {
      assertThat(used.use("mark " + i, 1000, 2000)).isTrue();
    }

    assertThat(used.use("one more", 2000, 3000)).isFalse();
    assertThat(used.use("one more", 2001, 3000)).as("the others have expired").isTrue();
  }

  private CallMarks marks() {
    return CallMarks.below(root, now::get);
  }

  private static Decision decision(String tool, String id, Rule... rules) {
    try (Governor governor = Governor.builder().trace(event -> {}).rules(rules).build();
        GovernedSession session = governor.session().open()) {
      return session.before(ToolCall.of(tool, ARGUMENTS).withId(id));
    }
  }
}
