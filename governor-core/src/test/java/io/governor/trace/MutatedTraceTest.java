package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.RandomEvents;
import io.governor.json.JsonWriter;
import io.governor.trace.ChainReport.Status;
import io.governor.trace.KnownHeads.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every byte of a trace of 64 KiB, changed to several others. The check begins at the changed line,
 * for what comes before it is the same each time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutatedTraceTest {

  private static final int BYTES = 64 * 1024;

  private byte[] trace = new byte[0];
  private final KnownHeads closed = new KnownHeads();

  @BeforeAll
  void writeTheTrace() {
    RandomEvents events = new RandomEvents(new SplittableRandom(RandomEvents.seed()));
    JsonWriter text = new JsonWriter(2 * BYTES);
    byte[] prev = HashChain.start();
    int lines = 0;
    while (text.length() < BYTES) {
      byte[] line = RandomEvents.line(events.next());
      if (holdsGovernor(line)) {
        int start = text.length();
        text.raw(line);
        prev = HashChain.seal(text, start, prev);
        text.raw('\n');
        lines++;
      }
    }
    trace = text.toByteArray();
    closed.add(ChainHead.of(prev, lines), Place.LOG, false);
  }

  /** Where the event carries no member of ours nothing can be chained. */
  private static boolean holdsGovernor(byte[] line) {
    return new String(line, StandardCharsets.US_ASCII).contains(", \"governor\": {\"origin\"")
        && line[line.length - 2] == '}';
  }

  @Test
  void everyChangedByteIsFoundWithOrWithoutAHeadOnRecord() throws IOException {
    assertThat(wholly(closed)).isEqualTo(Status.INTACT);
    List<String> missed = new ArrayList<>();
    for (KnownHeads known : List.of(closed, KnownHeads.NONE)) {
      ChainHead before = ChainHead.START;
      ArrayLines lines = new ArrayLines(trace, 0, 1);
      while (lines.next()) {
        changeLine(lines, known, before, missed);
        before = after(before, lines);
      }
    }
    assertThat(missed).isEmpty();
  }

  private static ChainHead after(ChainHead before, ArrayLines line) {
    HashChain.Link link = HashChain.linkOf(line.buffer(), line.start(), line.length());
    return new ChainHead(Objects.requireNonNull(link).hash(), before.lines() + 1);
  }

  /** Each of its bits the other way round, and what ends a line, an object and a string. */
  private static int[] all(byte sound) {
    IntStream flips = IntStream.range(0, 8).map(bit -> sound ^ 1 << bit);
    return IntStream.concat(flips, IntStream.of('\n', '}', '"')).toArray();
  }

  private void changeLine(
      ArrayLines line, KnownHeads known, ChainHead before, List<String> missed) {
    int end = line.start() + line.length();
    for (int at = line.start(); at <= end; at++) {
      byte sound = trace[at];
      for (int other : known == closed ? new int[] {sound ^ 1 << at % 8} : all(sound)) {
        trace[at] = (byte) other;
        if (trace[at] != sound && isSound(from(line, known, before))) {
          missed.add("byte " + at + " as " + other);
        }
      }
      trace[at] = sound;
    }
  }

  private Status from(ArrayLines line, KnownHeads known, ChainHead before) {
    ChainCheck check = new ChainCheck("t", known, before);
    ArrayLines rest = new ArrayLines(trace, line.start(), line.line());
    while (!check.isBroken() && rest.next()) {
      check.line(rest);
    }
    return check.report().status();
  }

  private static boolean isSound(Status status) {
    return status == Status.INTACT || status == Status.NOT_CHAINED;
  }

  @Test
  void theWholeVerifierFindsThemToo() throws IOException {
    for (int at = 0; at < trace.length; at += 61) {
      byte sound = trace[at];
      trace[at] ^= 1;
      assertThat(isSound(wholly(KnownHeads.NONE))).as("byte %d", at).isFalse();
      trace[at] = sound;
    }
  }

  private Status wholly(KnownHeads known) throws IOException {
    if (known == KnownHeads.NONE) {
      return ChainVerifier.verify("t", new ByteArrayInputStream(trace)).status();
    }
    return from(new ArrayLines(trace, 0, 1), known, ChainHead.START);
  }

  @Test
  void everyDeletedSwappedOrRepeatedLineIsFound() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    ArrayLines all = new ArrayLines(trace, 0, 1);
    while (all.next()) {
      lines.add(Arrays.copyOfRange(trace, all.start(), all.start() + all.length() + 1));
    }
    for (int i = 0; i < lines.size(); i++) {
      for (int j = 0; j < lines.size(); j++) {
        List<byte[]> moved = new ArrayList<>(lines);
        moved.add(j, moved.remove(i));
        List<byte[]> repeated = new ArrayList<>(lines);
        repeated.add(j, lines.get(i));
        assertThat(i != j && isSound(of(moved))).as("line %d moved to %d", i, j).isFalse();
        assertThat(isSound(of(repeated))).as("line %d once more at %d", i, j).isFalse();
      }
      List<byte[]> deleted = new ArrayList<>(lines);
      deleted.remove(i);
      assertThat(isSound(of(deleted))).as("line %d deleted", i).isFalse();
    }
  }

  private Status of(List<byte[]> lines) {
    JsonWriter text = new JsonWriter(2 * BYTES);
    lines.forEach(text::raw);
    ChainCheck check = new ChainCheck("t", closed);
    ArrayLines all = new ArrayLines(text.toByteArray(), 0, 1);
    while (!check.isBroken() && all.next()) {
      check.line(all);
    }
    return check.report().status();
  }

  /** The lines of an array. */
  private static final class ArrayLines implements Records {

    private final byte[] bytes;
    private int next;
    private int start;
    private int end;
    private long line;

    ArrayLines(byte[] bytes, int from, long line) {
      this.bytes = bytes;
      this.next = from;
      this.line = line - 1;
    }

    @Override
    public boolean next() {
      start = next;
      end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      next = end + 1;
      line++;
      return start < bytes.length;
    }

    @Override
    public byte[] buffer() {
      return bytes;
    }

    @Override
    public int start() {
      return start;
    }

    @Override
    public int length() {
      return end - start;
    }

    @Override
    public long offset() {
      return start;
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public boolean tooLong() {
      return false;
    }

    @Override
    public boolean ended() {
      return end < bytes.length;
    }
  }
}
