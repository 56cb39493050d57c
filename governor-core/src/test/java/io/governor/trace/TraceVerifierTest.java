package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceVerifierTest {

  @TempDir private Path home;

  private RecordedRoot root;

  @BeforeEach
  void name() {
    root = new RecordedRoot(home.resolve("root"));
  }

  @Test
  void whatWasWrittenResumedAndSharedIsIntact() throws IOException {
    root.record("a", 3).record("b", 1).record("a", 2).share("c", 2).share("c", 1);

    assertThat(root.verify()).isEqualTo(new VerifyReport(3, 5 + 3 + 2 + 5, 3, 0, 0, List.of()));
  }

  @Test
  void whereNothingIsNothingIsFound() throws IOException {
    assertThat(root.verify()).isEqualTo(new VerifyReport(0, 0, 0, 0, 0, List.of()));
    Files.createDirectories(root.path);
    assertThat(root.verify()).isEqualTo(new VerifyReport(0, 0, 0, 0, 0, List.of()));
  }

  @Test
  void aCutTailOfAClosedTraceIsMissingAndTheHeadOnRecordTells() throws IOException {
    root.record("a", 8);
    root.write("a", root.lines("a").subList(0, 6));

    VerifyFinding finding = root.verify().findings().get(0);

    assertThat(finding.kind()).isEqualTo(Kind.MISSING);
    assertThat(finding.reason())
        .isEqualTo("lines 7 to 10 of the chain are gone, as heads.log tells");
  }

  @Test
  void aTailCutInTheMiddleOfALineIsMissingAndDamaged() throws IOException {
    root.record("a", 3);
    String text = Files.readString(root.trace("a"));
    Files.writeString(root.trace("a"), text.substring(0, text.length() - 200));

    assertThat(root.verify().findings())
        .extracting(VerifyFinding::kind)
        .containsExactly(Kind.MISSING, Kind.DAMAGED);
  }

  @Test
  void aCutOfAClosedTraceAtWhateverByteIsFound() throws IOException {
    root.record("a", 1);
    byte[] text = Files.readAllBytes(root.trace("a"));
    for (int length = 0; length < text.length; length += 11) {
      Files.write(root.trace("a"), Arrays.copyOf(text, length));
      assertThat(root.verify().findings()).as("cut to %d bytes", length).isNotEmpty();
    }
  }

  @Test
  void aCutTailOfASharedTraceIsMissingThoughItsSessionIsNotOver() throws IOException {
    root.share("a", 4);
    root.write("a", root.lines("a").subList(0, 4));

    assertThat(root.verify().findings().get(0).reason())
        .isEqualTo("lines 5 to 6 of the chain are gone, as the state file beside it tells");
  }

  @Test
  void aFileThatIsGoneIsNamedWithWhoKnowsOfIt() throws IOException {
    root.record("a", 1).share("b", 1).share("b", 1).record("c", 1);
    Files.delete(root.trace("a"));
    Files.delete(root.trace("b"));

    assertThat(root.verify().findings())
        .extracting(VerifyFinding::kind, VerifyFinding::file, VerifyFinding::reason)
        .containsExactly(
            tuple(
                Kind.DELETED,
                root.trace("a").toString(),
                "the file is gone, with 3 lines, as heads.log tells"),
            tuple(
                Kind.DELETED,
                root.trace("b").toString(),
                "the file is gone, with 4 lines, as the state file beside it tells"));
  }

  @Test
  void aFileWhoseRemovalForAgeIsOnRecordIsNotMissed() throws IOException {
    root.record("a", 1).record("b", 1);
    Files.delete(root.trace("a"));
    append(root.log(), root.head("a", "closed").replace("closed", "pruned") + "\n");

    assertThat(root.verify().findings()).isEmpty();

    root.record("a", 2);

    assertThat(root.verify()).isEqualTo(new VerifyReport(2, 4 + 3, 2, 0, 0, List.of()));
  }

  /** What somebody may do to a trace of nine lines that is closed. */
  enum Tampering {
    CHANGE {
      @Override
      void on(List<String> lines) {
        lines.set(4, lines.get(4).replace("READ", "LIST"));
      }
    },
    CHANGE_OF_THE_LAST {
      @Override
      void on(List<String> lines) {
        lines.set(8, lines.get(8).replace("READ", "LIST"));
      }
    },
    DELETE {
      @Override
      void on(List<String> lines) {
        lines.remove(4);
      }
    },
    DELETE_THE_FIRST {
      @Override
      void on(List<String> lines) {
        lines.remove(0);
      }
    },
    SWAP {
      @Override
      void on(List<String> lines) {
        Collections.swap(lines, 3, 4);
      }
    },
    DUPLICATE {
      @Override
      void on(List<String> lines) {
        lines.add(4, lines.get(4));
      }
    },
    DUPLICATE_AT_THE_END {
      @Override
      void on(List<String> lines) {
        lines.add(lines.get(8));
      }
    },
    INSERT {
      @Override
      void on(List<String> lines) {
        lines.add(4, withoutChain(lines.get(4)));
      }
    },
    INSERT_AT_THE_FRONT {
      @Override
      void on(List<String> lines) {
        lines.add(0, withoutChain(lines.get(0)));
      }
    },
    INSERT_AT_THE_END {
      @Override
      void on(List<String> lines) {
        lines.add(withoutChain(lines.get(8)));
      }
    },
    REPLACE_WITHOUT_CHAIN {
      @Override
      void on(List<String> lines) {
        lines.replaceAll(Tampering::withoutChain);
      }
    };

    abstract void on(List<String> lines);

    static String withoutChain(String line) {
      return line.substring(0, line.length() - HashChain.TAIL_BYTES) + "}}";
    }
  }

  @ParameterizedTest
  @EnumSource
  void tamperingIsFoundAndStaysFoundHoweverOftenTheSessionGoesOn(Tampering tampering)
      throws IOException {
    root.record("a", 7).record("b", 2);
    List<String> lines = root.lines("a");
    tampering.on(lines);
    root.write("a", lines);

    assertThat(root.found().values()).containsExactly(Kind.TAMPERED);
    String first = root.found().keySet().iterator().next();

    for (int i = 0; i < 3; i++) {
      root.record("a", 2);
      assertThat(root.found()).containsExactly(entry(first, Kind.TAMPERED));
    }
  }

  @ParameterizedTest
  @EnumSource
  void tamperingWithASharedTraceIsFoundAndStaysFound(Tampering tampering) throws IOException {
    root.share("a", 7);
    List<String> lines = root.lines("a");
    tampering.on(lines);
    root.write("a", lines);

    for (int i = 0; i < 3; i++) {
      assertThat(root.found()).containsValue(Kind.TAMPERED).hasSize(1);
      root.share("a", 2);
    }
  }

  @Test
  void aTailThatWasCutStaysMissingHoweverOftenTheSessionGoesOn() throws IOException {
    root.record("a", 8);
    root.write("a", root.lines("a").subList(0, 6));
    for (int i = 0; i < 3; i++) {
      root.record("a", 5);
      assertThat(root.verify().findings())
          .extracting(VerifyFinding::reason)
          .containsExactly("lines 7 to 10 of the chain are gone, as heads.log tells");
    }
  }

  @Test
  void aFileThatWasRemovedIsMissedHoweverOftenTheSessionGoesOn() throws IOException {
    root.record("a", 3).share("b", 3);
    Files.delete(root.trace("a"));
    Files.delete(root.trace("b"));
    for (int i = 0; i < 3; i++) {
      root.record("a", 5).share("b", 5);
      assertThat(root.verify().findings())
          .extracting(VerifyFinding::kind, VerifyFinding::reason)
          .containsExactly(
              tuple(Kind.MISSING, "lines 1 to 5 of the chain are gone, as heads.log tells"),
              tuple(Kind.MISSING, "lines 1 to 5 of the chain are gone, as heads.log tells"));
    }
  }

  @Test
  void aTraceThatWasWrittenAnewWithAChainOfItsOwnContradictsTheHeadOnRecord() throws IOException {
    root.record("a", 8);
    RecordedRoot forged = new RecordedRoot(home.resolve("forged")).record("a", 12);
    Files.copy(forged.trace("a"), root.trace("a"), StandardCopyOption.REPLACE_EXISTING);

    VerifyFinding finding = root.verify().findings().get(0);

    assertThat(finding.kind()).isEqualTo(Kind.TAMPERED);
    assertThat(finding.line()).isEqualTo(1);
    assertThat(finding.reason())
        .isEqualTo("the head in heads.log is another than that of this line");
    assertThat(Files.readString(root.log())).contains(finding.expected());
  }

  @Test
  void aGapThatNoWriterHasToldOfIsTampering() throws IOException {
    root.record("a", 8).record("a", 8);
    List<String> lines = root.lines("a");
    lines.subList(5, 10).clear();
    root.write("a", lines);

    assertThat(root.found()).containsExactly(entry("a.jsonl:6", Kind.TAMPERED));
  }

  @Test
  void everyChangedByteOfTheLogOfHeadsIsFound() throws IOException {
    root.record("a", 1).record("b", 2).record("a", 1);
    byte[] log = Files.readAllBytes(root.log());
    for (int at = 0; at < log.length; at++) {
      for (int other : new int[] {log[at] ^ 1 << at % 8, '\n'}) {
        byte[] changed = log.clone();
        changed[at] = (byte) other;
        Files.write(root.log(), changed);
        if ((byte) other != log[at]) {
          assertThat(root.verify().findings()).as("byte %d as %d", at, other).isNotEmpty();
        }
      }
    }
  }

  @Test
  void aTornLineOfTheLogOfHeadsIsDamageAndTheNextHeadCounts() throws IOException {
    root.record("a", 1).record("b", 1);
    byte[] log = Files.readAllBytes(root.log());
    int last = log.length - root.head("b", "closed").length() - 1;
    for (int length = last + 1; length < log.length; length += 7) {
      Files.write(root.log(), Arrays.copyOf(log, length));
      assertThat(root.found())
          .as("cut to %d", length)
          .containsExactly(entry("heads.log:4", Kind.DAMAGED));
    }
    Files.write(root.log(), Arrays.copyOf(log, log.length - 9));
    root.record("c", 1);
    assertThat(root.found()).containsExactly(entry("heads.log:4", Kind.DAMAGED));
    assertThat(Files.readAllLines(root.log())).hasSize(6);
    Files.delete(root.trace("c"));
    assertThat(root.found())
        .containsExactly(entry("c.jsonl", Kind.DELETED), entry("heads.log:4", Kind.DAMAGED));
  }

  @Test
  void aTornLineThatTheNextOneJoinedIsDamageAndBothHeadsCountThatCan() throws IOException {
    root.record("a", 1).record("b", 1);
    String torn = root.head("a", "closed").substring(0, 90);
    Files.writeString(root.log(), torn + root.head("b", "closed") + "\n");
    Files.delete(root.trace("b"));

    assertThat(root.found())
        .containsExactly(entry("b.jsonl", Kind.DELETED), entry("heads.log:1", Kind.DAMAGED));
  }

  @Test
  void aHeadOfAFileOutsideTheRootIsNoRecord() throws IOException {
    root.record("a", 1);
    String line = root.head("a", "closed");
    append(root.log(), line.replace("traces/api/a.jsonl", "../elsewhere.jsonl") + "\n");

    assertThat(root.found()).containsExactly(entry("heads.log:3", Kind.TAMPERED));
  }

  @Test
  void foreignTracesAreNotChainedAndOtherFilesAreNoTraces() throws IOException {
    Path foreign = Files.createDirectories(home.resolve("foreign"));
    Files.writeString(foreign.resolve("t.jsonl"), "{\"event_type\": \"X\"}\n");
    Files.writeString(foreign.resolve("other.jsonl"), "{\"a\": 1}\nnothing\n");
    Files.writeString(foreign.resolve("empty.jsonl"), "");
    Files.writeString(foreign.resolve("notes.txt"), "nothing\n");

    VerifyReport report = TraceVerifier.of(root.path).verify(List.of(foreign));

    assertThat(report.files()).isEqualTo(3);
    assertThat(report.notChained()).isEqualTo(1);
    assertThat(report.intact()).isEqualTo(1);
    assertThat(RecordedRoot.found(report)).containsExactly(entry("other.jsonl", Kind.NO_TRACE));
  }

  @Test
  void inTheFoldersOfOurTracesAFileWithoutEventsIsTampering() throws IOException {
    root.record("a", 1);
    Files.writeString(root.trace("b"), "nothing\n");

    assertThat(root.found()).containsExactly(entry("b.jsonl", Kind.TAMPERED));
  }

  @Test
  void aPathIsVerifiedAgainstTheHeadsOfTheRootItIsIn() throws IOException {
    root.record("a", 4).record("b", 4);
    root.write("a", root.lines("a").subList(0, 3));
    RecordedRoot elsewhere = new RecordedRoot(home.resolve("elsewhere"));
    TraceVerifier verifier = TraceVerifier.of(elsewhere.path);

    assertThat(RecordedRoot.found(verifier.verify(List.of(root.trace("a")))))
        .containsExactly(entry("a.jsonl", Kind.MISSING));
    assertThat(verifier.verify(List.of(root.trace("b"))).findings()).isEmpty();
    assertThat(verifier.verify(List.of(root.trace("b"), root.path)).files()).isEqualTo(2);
    Files.delete(root.trace("b"));
    assertThat(RecordedRoot.found(verifier.verify(List.of(root.trace("b")))))
        .containsExactly(entry("b.jsonl", Kind.DELETED));
    assertThat(RecordedRoot.found(verifier.verify(List.of(root.trace("c")))))
        .containsExactly(entry("c.jsonl", Kind.UNREADABLE));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPathThatLeadsToTheRootThroughALinkHasItsHeads() throws IOException {
    root.record("a", 4);
    root.write("a", root.lines("a").subList(0, 3));
    Path link = Files.createSymbolicLink(home.resolve("link"), root.path);

    assertThat(RecordedRoot.found(TraceVerifier.of(link).verify()).values())
        .containsExactly(Kind.MISSING);
    VerifyReport report =
        TraceVerifier.of(root.path).verify(List.of(link.resolve("traces/api/a.jsonl")));
    assertThat(RecordedRoot.found(report).values()).containsExactly(Kind.MISSING);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatCannotBeReadIsNamedAndTheRestIsVerified() throws IOException {
    root.record("a", 1).record("b", 1);
    Files.setPosixFilePermissions(root.trace("a"), PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(root.trace("a")), "this user may read everything");

    VerifyReport report = root.verify();

    assertThat(report.intact()).isEqualTo(1);
    assertThat(report.findings())
        .containsExactly(
            VerifyFinding.of(Kind.UNREADABLE, root.trace("a").toString(), "permission denied"));
  }

  @Test
  void aFolderWithTheNameOfATraceIsNoTrace() throws IOException {
    root.record("a", 1);
    Files.createDirectories(root.trace("folder"));

    assertThat(root.verify().findings()).isEmpty();
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
  }
}
