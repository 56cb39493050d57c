package io.governor.trace;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.GovernorHealth;
import io.governor.Intent;
import io.governor.SessionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Writes numbered lines into three sessions; {@link ManyWritersTest} runs many of these. */
public final class ManyWriter {

  static final String OPENING = "many writers";

  /** A few lines are up to as large as a line may be, most are as they usually are. */
  private static final int LONGEST = TraceFile.LONGEST_LINE - 2048;

  private static final int USUAL = 1024;
  private static final int LONG_ONES = 16;

  private ManyWriter() {}

  /** Takes the state root, the number of this writer, that of its lines and a seed. */
  public static void main(String[] args) {
    write(
        Path.of(args[0]),
        Integer.parseInt(args[1]),
        Integer.parseInt(args[2]),
        Long.parseLong(args[3]),
        ManyWriter::waitForTheOthers);
  }

  private static void waitForTheOthers() {
    try {
      System.out.write('!');
      System.out.flush();
      System.in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes all of them.
   *
   * @param whenOpen is run when each session has its first line
   * @throws IllegalStateException if a line was lost
   */
  public static void write(Path home, int writer, int lines, long seed, Runnable whenOpen) {
    SplittableRandom random = new SplittableRandom(seed + writer);
    try (Governor governor = Governor.builder().stateRoot(home).build()) {
      List<GovernedSession> sessions =
          List.of(
              open(governor.session().id("own-" + writer)),
              open(governor.session().id("beside")),
              open(governor.session().id("shared").shared()));
      sessions.forEach(GovernedSession::start);
      whenOpen.run();
      for (int number = 0; number < lines; number++) {
        for (GovernedSession session : sessions) {
          session.declare(Intent.explicit(text(writer, number, random)));
        }
      }
      GovernorHealth health = governor.health();
      if (!health.lost().isEmpty()) {
        throw new IllegalStateException("lost " + health.lost());
      }
    }
  }

  private static GovernedSession open(SessionBuilder session) {
    return session.intent(Intent.explicit(OPENING)).open();
  }

  private static String text(int writer, int number, SplittableRandom random) {
    int longest = random.nextInt(LONG_ONES) == 0 ? LONGEST : USUAL;
    int length = (int) Math.exp(random.nextDouble(Math.log(longest)));
    return writer + " " + number + " " + filler(writer, number, length);
  }

  /** No two lines that follow one another have the same. */
  static String filler(int writer, int number, int length) {
    return String.valueOf((char) ('a' + (writer * 7 + number) % 26)).repeat(length);
  }
}
