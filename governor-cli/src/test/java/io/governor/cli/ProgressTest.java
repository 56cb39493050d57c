package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Standard error that says when the first line has come. */
  private static final class Heard extends ByteArrayOutputStream {
    private final CountDownLatch heard = new CountDownLatch(1);

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      heard.countDown();
    }
  }

  @Test
  void quickWorkIsNotTalkedAbout() throws InterruptedException {
    Heard err = new Heard();

    int result = Progress.during(terminal(err, "out,err"), "counting", () -> 7);

    assertThat(result).isEqualTo(7);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void longWorkIsShownWhereAPersonWatchesAndTheLineIsTakenAway() throws InterruptedException {
    Heard err = new Heard();

    Boolean heard =
        Progress.during(
            terminal(err, "out,err"), "counting", () -> err.heard.await(30, TimeUnit.SECONDS));

    assertThat(heard).isTrue();
    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown).startsWith("\rcounting … ").endsWith("\r").doesNotContain("\n");
    assertThat(out.size()).isZero();
  }

  @Test
  void countingSaysHowMuchIsBehind() throws InterruptedException {
    Heard err = new Heard();

    Progress.counting(
        terminal(err, "out,err"),
        "counting",
        progress -> {
          progress.at(450, 1_000);
          return err.heard.await(30, TimeUnit.SECONDS);
        });

    assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("counting … \\d+ s, 45 %");
  }

  private Terminal terminal(ByteArrayOutputStream err, String watched) {
    return new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("GOVERNOR_TTY", watched));
  }
}
