package io.governor.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Reads several times its memory in a process that has little. */
class LargeTraceTest {

  private static final int LINES = 400_000;

  @Test
  void aTraceLargerThanMemoryIsReadAndCounted() throws Exception {
    Process reader =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeTraceTest.class.getName())
            .redirectErrorStream(true)
            .start();

    String output = new String(reader.getInputStream().readAllBytes(), UTF_8);

    assertThat(reader.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(output.strip()).isEqualTo(LINES + " events, 1 malformed, 0 torn");
  }

  /** Two hundred MiB of events and one line of a hundred. */
  public static void main(String[] arguments) throws IOException {
    InputStream longLine = new SequenceInputStream(new Run('x', 100 << 20), newLine());
    InputStream in =
        new SequenceInputStream(
            java.util.Collections.enumeration(
                List.of(
                    new EndlessTrace(LINES / 2), longLine, new EndlessTrace(LINES - LINES / 2))));

    ReadReport report = TraceReader.heads(TraceSource.of("stdin", in), (head, at) -> true);

    System.out.println(
        report.events()
            + " events, "
            + report.malformed()
            + " malformed, "
            + report.torn()
            + " torn");
  }

  private static InputStream newLine() {
    return new ByteArrayInputStream(new byte[] {'\n'});
  }

  /** One byte many times. */
  private static final class Run extends InputStream {
    private final char content;
    private int left;

    Run(char content, int length) {
      this.content = content;
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? content : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.min(length, left);
      java.util.Arrays.fill(target, offset, offset + count, (byte) content);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }
}
