package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.governor.trace.TraceStore.Sharing;
import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that nobody has closed: at work, killed, or without a descriptor for a while. */
class LivingTraceTest {

  private static final String ID = "session";

  @TempDir private Path home;

  private RecordedRoot root;

  @BeforeEach
  void name() {
    root = new RecordedRoot(home.resolve("root"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "2, 1",
    "7, 1",
    "8, 8",
    "15, 8",
    "16, 16",
    "31, 16",
    "32, 32",
    "63, 32",
    "64, 64",
    "95, 64",
    "1000000, 1000000",
    "1000031, 1000000"
  })
  void theHeadOfAGrowingTraceGoesOnRecordAtItsMarks(long lines, long mark) {
    assertThat(HeadLog.mark(lines)).isEqualTo(mark);
  }

  @Test
  void theHeadsOfATraceAreFewAndTheLastOnesOfAKilledWriterAreNotAmongThem() throws IOException {
    root.abandon("a", 198);

    assertThat(root.lines("a")).hasSize(200);
    assertThat(new HeadLog(root.path).findAll(root.trace("a")))
        .extracting(ChainHead::lines)
        .containsExactly(1L, 8L, 16L, 32L, 64L, 96L, 128L, 160L, 192L);
    assertThat(root.verify().findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 8, 9, 16, 31, 33, 64, 70})
  void aCutTailOfAKilledWriterIsMissingAsFarAsAHeadOfItIsOnRecord(int lines) throws IOException {
    root.abandon("a", lines - 2);
    List<String> all = root.lines("a");

    for (int left = 0; left <= lines; left++) {
      root.write("a", all.subList(0, left));
      boolean found = left < HeadLog.mark(lines);
      assertThat(root.found().values())
          .as("%d of %d lines left", left, lines)
          .containsExactlyElementsOf(found ? List.of(Kind.MISSING) : List.of());
    }
  }

  @Test
  void aTraceThatIsRemovedBesideItsWriterIsDeletedAndItsGapStaysWhenItGoesOn() throws IOException {
    SessionTrace trace = open(Sharing.UNIQUE);
    write(trace, 1, 10);
    assertThat(((ExclusiveTrace) trace).suspend()).isTrue();
    Files.delete(root.trace(ID));
    assertThat(root.found()).containsExactly(entry("session.jsonl", Kind.DELETED));
    assertThatThrownBy(trace::begin).isInstanceOf(TraceVanishedException.class);

    write(trace, 1, 20);

    assertThat(root.verify().findings())
        .extracting(VerifyFinding::reason)
        .containsExactly("lines 1 to 8 of the chain are gone, as heads.log tells");
  }

  @ParameterizedTest
  @EnumSource(
      value = Sharing.class,
      names = {"UNIQUE", "EXCLUSIVE"})
  void aTraceThatWasCutWhileItsDescriptorWasLentGoesOnFromWhereItWasAndTheGapStays(Sharing sharing)
      throws IOException {
    SessionTrace trace = open(sharing);
    write(trace, 1, 13);
    assertThat(((ExclusiveTrace) trace).suspend()).isTrue();
    root.write(ID, root.lines(ID).subList(0, 10));
    assertThat(root.verify().findings()).isEmpty();

    write(trace, 14, 15);

    assertThat(root.verify().findings())
        .extracting(VerifyFinding::reason)
        .containsExactly("lines 11 to 13 of the chain are gone, as heads.log tells");
    trace.close(true, () -> SessionSnapshot.START);
    assertThat(root.found()).containsExactly(entry("session.jsonl", Kind.MISSING));
  }

  @Test
  void aTraceThatWasEmptiedWhileItsDescriptorWasLentIsMissedThoughNobodyElseWasAround()
      throws IOException {
    SessionTrace trace = open(Sharing.UNIQUE);
    write(trace, 1, 3);
    assertThat(((ExclusiveTrace) trace).suspend()).isTrue();
    Files.write(root.trace(ID), new byte[0]);

    write(trace, 4, 5);

    assertThat(root.verify().findings())
        .extracting(VerifyFinding::reason)
        .containsExactly("lines 1 to 3 of the chain are gone, as heads.log tells");
  }

  @Test
  void aLogThatCannotBeWrittenCostsNoEvent() throws IOException {
    SessionTrace trace = open(Sharing.UNIQUE);
    Files.createDirectories(root.log());

    write(trace, 1, 40);

    assertThat(root.lines(ID)).hasSize(40);
    assertThat(ChainVerifier.verify(root.trace(ID)).status()).isEqualTo(ChainReport.Status.INTACT);
  }

  private SessionTrace open(Sharing sharing) {
    return TraceDirectory.at(root.path).open("api", ID, sharing);
  }

  private static void write(SessionTrace trace, int from, int to) throws IOException {
    SessionSnapshot unused = trace.begin();
    for (int i = from; i <= to; i++) {
      trace.append(TraceFileTest.event(i, "an objective"));
    }
    assertThat(trace.end(() -> SessionSnapshot.START)).isFalse();
  }
}
