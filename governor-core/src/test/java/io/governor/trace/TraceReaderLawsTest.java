package io.governor.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.RandomEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for any source at all. */
class TraceReaderLawsTest {

  @Test
  void positionsFindTheEventsOfRandomSources() throws IOException {
    long seed = RandomEvents.seed();
    SplittableRandom random = new SplittableRandom(seed);
    RandomEvents events = new RandomEvents(random);
    for (int round = 0; round < 30; round++) {
      List<byte[]> lines = new ArrayList<>();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      boolean array = random.nextBoolean();
      out.write(array ? '[' : '\n');
      for (int i = 0; i < 200; i++) {
        byte[] line = RandomEvents.line(events.next());
        lines.add(line);
        out.writeBytes((array && i > 0 ? " ," : "").getBytes(UTF_8));
        out.writeBytes(random.nextBoolean() ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
        out.writeBytes(line);
      }
      out.writeBytes((array ? "\n]\n" : "").getBytes(UTF_8));
      byte[] bytes = out.toByteArray();
      InputStream dripping = new Dripping(bytes, random.split());
      List<byte[]> found = new ArrayList<>();

      ReadReport report =
          TraceReader.read(
              TraceSource.of("stdin", dripping),
              (event, at) -> found.add(slice(bytes, at).getBytes(UTF_8)));

      assertThat(report.problems()).as("seed %d", seed).isEmpty();
      assertThat(found).as("seed %d", seed).containsExactlyElementsOf(lines);
    }
  }

  @Test
  void damagedSourcesNeverThrowAndEveryLineIsCountedOnce() throws IOException {
    long seed = RandomEvents.seed();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] sound =
        (event("A") + "\n" + event("\u00e9") + "\n[" + event("C") + "]\n").getBytes(UTF_8);
    for (int round = 0; round < 1_500; round++) {
      byte[] damaged = sound.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      damaged = Arrays.copyOf(damaged, damaged.length - random.nextInt(5));

      ReadReport whole = read(damaged);
      ReadReport heads =
          TraceReader.heads(
              TraceSource.of("stdin", new ByteArrayInputStream(damaged)), (head, at) -> true);

      assertThat(heads).as("seed %d, round %d", seed, round).isEqualTo(whole);
      if (damaged[0] != '[') {
        assertThat(whole.events() + whole.malformed() + whole.torn())
            .as("seed %d, round %d", seed, round)
            .isEqualTo(linesWithText(damaged));
      }
    }
  }

  private static long linesWithText(byte[] bytes) {
    return Arrays.stream(new String(bytes, ISO_8859_1).split("\n", -1))
        .filter(line -> line.chars().anyMatch(c -> " \t\r".indexOf(c) < 0))
        .count();
  }

  private static ReadReport read(byte[] bytes) throws IOException {
    return TraceReader.read(
        TraceSource.of("stdin", new ByteArrayInputStream(bytes)), (event, at) -> true);
  }

  private static String event(String id) {
    return "{\"event_type\": \"X\", \"event_id\": \"" + id + "\"}";
  }

  private static String slice(byte[] bytes, Position at) {
    return new String(bytes, Math.toIntExact(at.byteOffset()), at.byteLength(), UTF_8);
  }

  /** Gives a few bytes at a time, as a pipe may. */
  private static final class Dripping extends InputStream {
    private final ByteArrayInputStream in;
    private final SplittableRandom random;

    Dripping(byte[] bytes, SplittableRandom random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return in.read(target, offset, Math.min(length, 1 + random.nextInt(100)));
    }
  }
}
