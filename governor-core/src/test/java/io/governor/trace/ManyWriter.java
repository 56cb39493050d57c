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
   * Writes all of them, and again each that was not put on record.
   *
   * @param whenOpen is run when each session has its first line
   */
  public static void write(Path home, int writer, int lines, long seed, Runnable whenOpen) {
    SplittableRandom random = new SplittableRandom(seed + writer);
    try (Governor governor = Governor.builder().stateRoot(home).build()) {
      List<GovernedSession> sessions =
          List.of(
              open(governor.session().id("own-" + writer)),
              open(governor.session().id("beside")),
              open(governor.session().id("shared").shared()));
      whenOpen.run();
      for (int number = 0; number < lines; number++) {
        for (GovernedSession session : sessions) {
          write(governor, session, Intent.explicit(text(writer, number, random)));
        }
      }
      report(writer, governor.health());
    }
  }

  /**
   * On a machine that is very busy a turn may not come in time; then the line must not be there.
   */
  private static void write(Governor governor, GovernedSession session, Intent line) {
    long before = governor.health().written();
    do {
      session.declare(line);
    } while (governor.health().written() == before);
  }

  private static void report(int writer, GovernorHealth health) {
    if (!health.lost().isEmpty()) {
      System.err.println("writer " + writer + " tried again: " + health.lost());
    }
  }

  private static GovernedSession open(SessionBuilder session) {
    GovernedSession open = session.intent(Intent.explicit(OPENING)).open();
    open.start();
    return open;
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
