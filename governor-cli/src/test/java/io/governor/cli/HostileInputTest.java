package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.cli.Cli.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives on standard input: a short answer, in bounded memory, and no stack trace. */
class HostileInputTest {

  @TempDir Path temp;

  /** Input that is made while it is read, so that the test holds none of it. */
  record Hostile(String name, long seed) {

    private static final int BLOCK = 1 << 13;

    InputStream open() {
      return switch (name) {
        case "100,000 levels of arrays" -> repeated("[", 100_000);
        case "100,000 levels of objects" -> repeated("{\"event_type\":", 100_000);
        case "a string of 200 MB" ->
            joined(text("{\"event_type\":\""), repeated("x", 200_000_000), text("\"}\n"));
        case "a name of 20 MB" -> joined(text("{\""), repeated("x", 20_000_000), text("\":1}\n"));
        case "a number of 20 MB" -> repeated("9", 20_000_000);
        case "binary garbage" -> garbage(4_000_000);
        case "zero bytes" -> repeated("\0", 4_000_000);
        case "half a character" -> new ByteArrayInputStream(new byte[] {'{', '"', (byte) 0xe2});
        case "nothing" -> InputStream.nullInputStream();
        case "a million short lines" -> repeated("{}\n", 1_000_000);
        default -> throw new IllegalArgumentException(name);
      };
    }

    private InputStream garbage(int length) {
      byte[] bytes = new byte[length];
      new SplittableRandom(seed).nextBytes(bytes);
      return new ByteArrayInputStream(bytes);
    }

    private static InputStream text(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream joined(InputStream... parts) {
      return new SequenceInputStream(java.util.Collections.enumeration(List.of(parts)));
    }

    private static InputStream repeated(String unit, int times) {
      long length = (long) unit.length() * times;
      byte[] bytes = unit.repeat(BLOCK).getBytes(StandardCharsets.US_ASCII);
      return new InputStream() {
        private long at;

        @Override
        public int read() {
          return at == length ? -1 : bytes[(int) (at++ % bytes.length)] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
          if (at == length) {
            return -1;
          }
          int from = (int) (at % bytes.length);
          int n = (int) Math.min(Math.min(count, bytes.length - from), length - at);
          System.arraycopy(bytes, from, target, offset, n);
          at += n;
          return n;
        }
      };
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Hostile> inputs() {
    long seed = Long.getLong("governor.seed", 4711);
    return Stream.of(
            "100,000 levels of arrays",
            "100,000 levels of objects",
            "a string of 200 MB",
            "a name of 20 MB",
            "a number of 20 MB",
            "binary garbage",
            "zero bytes",
            "half a character",
            "nothing",
            "a million short lines")
        .map(name -> new Hostile(name, seed));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void countsNothingAndSaysWhatItCouldNotRead(Hostile input) throws IOException {
    try (InputStream in = input.open()) {
      Result result = Cli.at(temp).stdin(in).run("sync", "count", "-", "--json");

      assertThat(result.exitCode())
          .as("seed %d", input.seed())
          .isEqualTo(input.name().equals("nothing") ? ExitCode.DONE : ExitCode.USAGE);
      assertThat(result.out()).startsWith("{\"counts_by_rule\": {\"POL-001\": 0,");
      assertThat(result.out()).hasSizeLessThan(10_000);
      assertThat(result.err()).hasSizeLessThan(3_000).doesNotContain("Exception");
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(12);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'100,000 levels of arrays',deeper than 100 levels",
    "'100,000 levels of objects',deeper than 100 levels",
    "a string of 200 MB,longer than 16 MiB",
    "a number of 20 MB,longer than 16 MiB"
  })
  void aLineBeyondABoundIsNotCalledTorn(String name, String reason) throws IOException {
    try (InputStream in = new Hostile(name, 0).open()) {
      Result result = Cli.at(temp).stdin(in).run("sync", "count", "-");

      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .isEqualTo(
              "governor: stdin:1: "
                  + reason
                  + "\ngovernor: nothing was counted: no line could be read as an event\n");
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aHookLetsTheAgentGoOn(Hostile input) throws IOException {
    try (InputStream in = input.open()) {
      Result result = Cli.at(temp).stdin(in).run("hook", "claude-code");

      assertThat(result.exitCode()).as("seed %d", input.seed()).isZero();
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(1);
      assertThat(result.err()).hasSizeLessThan(500).doesNotContain("Exception");
    }
  }
}
