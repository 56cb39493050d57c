package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.event.GovernorMember;
import io.governor.event.RandomEvents;
import io.governor.trace.VerifyFinding.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes at a time write, resume and end sessions of every kind over the same state root,
 * two threads in each, and are killed in the middle, again and again: 200 kills, or as many as
 * {@code governor.kills} says.
 */
class KilledWriterTest {

  private static final int KILLS = Integer.getInteger("governor.kills", 200);
  private static final int WRITERS = 2;

  /** Then another root is begun, so that looking at it all after each kill stays cheap. */
  private static final int KILLS_OF_A_ROOT = 40;

  private static final int SESSIONS = 6;
  private static final ToolCall CALL = ToolCall.of("crm.lookup", ToolArguments.empty());

  @TempDir Path home;

  @Test
  void aKilledProcessLosesNoCallItHasGoneOnFromAndIsNeverCalledTampering() throws Exception {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    for (int killed = 0; killed < KILLS; killed += KILLS_OF_A_ROOT) {
      Path root = home.resolve("root-" + killed);
      int kills = Math.min(KILLS_OF_A_ROOT, KILLS - killed);
      Set<String> said = killAgainAndAgain(root, kills, random);
      assertTheNextClosesWhatWasTorn(root);
      assertNothingSaidIsMissing(root, said, kills);
    }
  }

  private static Set<String> killAgainAndAgain(Path root, int most, SplittableRandom random)
      throws Exception {
    TraceVerifier verifier = TraceVerifier.of(root);
    Set<String> said = new HashSet<>();
    for (int kills = WRITERS; kills <= most; kills += WRITERS) {
      said.addAll(killed(root, random));

      VerifyReport report = verifier.verify();

      Collection<Kind> kinds = RecordedRoot.found(report).values();
      assertThat(kinds).as("after kill %d: %s", kills, report).allMatch(Kind.DAMAGED::equals);
      assertNothingSaidIsMissing(root, said, kills);
    }
    return said;
  }

  private static void assertNothingSaidIsMissing(Path root, Set<String> said, int kills)
      throws IOException {
    Set<String> recorded = new HashSet<>();
    ReadReport report =
        TraceReader.read(
            TraceSource.of(TraceDirectory.traces(root)),
            (event, at) -> {
              GovernorMember governor = event.governor();
              if (governor != null && governor.callId() != null) {
                recorded.add(governor.callId());
              }
              return true;
            });
    assertThat(recorded).as("after kill %d", kills).containsAll(said);
    assertThat(report.malformed() + report.torn()).as("damaged lines").isLessThanOrEqualTo(kills);
  }

  private static void assertTheNextClosesWhatWasTorn(Path root) throws IOException {
    try (Governor governor = Governor.builder().stateRoot(root).build()) {
      for (int i = 0; i < SESSIONS; i++) {
        governor.session().id("own-" + i).open().before(CALL);
        governor.session().id("shared-" + i).shared().open().before(CALL);
      }
      assertThat(governor.health().lost()).isEmpty();
    }
    for (int i = 0; i < SESSIONS; i++) {
      for (String id : List.of("own-" + i, "shared-" + i)) {
        Path trace = TraceDirectory.traces(root).resolve("api/" + id + ".jsonl");
        assertThat(FileEnd.of(trace).torn()).as(id).isFalse();
      }
    }
  }

  /** Runs writers until each has said some words, and gives all that they have said. */
  private static Set<String> killed(Path root, SplittableRandom random) throws Exception {
    List<Process> processes = new ArrayList<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        processes.add(start(root, random.nextInt(Integer.MAX_VALUE)));
      }
      Set<String> said = new HashSet<>();
      for (Process process : processes) {
        said.addAll(said(process, random.nextInt(1, 200)));
      }
      return said;
    } finally {
      for (Process process : processes) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static Process start(Path root, int seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            root.toString(),
            String.valueOf(seed))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * Kills the process when it has said so many words; one that it did not finish does not count.
   */
  private static List<String> said(Process process, int words) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (InputStream out = process.getInputStream()) {
      int ends = 0;
      while (ends < words) {
        int next = out.read();
        assertThat(next).as("the writer goes on").isNotNegative();
        said.write(next);
        ends += next == '\n' ? 1 : 0;
      }
      // The process itself would close what it still has to say.
      process.toHandle().destroyForcibly();
      out.transferTo(said);
    }
    String text = said.toString(StandardCharsets.US_ASCII);
    return text.substring(0, text.lastIndexOf('\n')).lines().toList();
  }

  /** Writes until it is killed, in two threads, and says the id of each call on record. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] args) {
      Governor governor = Governor.builder().stateRoot(Path.of(args[0])).build();
      SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
      SplittableRandom other = random.split();
      new Thread(() -> write(governor, args[1] + "-a-", other)).start();
      write(governor, args[1] + "-b-", random);
    }

    private static void write(Governor governor, String name, SplittableRandom random) {
      for (long call = 0; ; ) {
        int id = random.nextInt(SESSIONS);
        GovernedSession session =
            switch (random.nextInt(3)) {
              case 0 -> governor.session().id("shared-" + id).shared().open();
              case 1 -> governor.session().open();
              default -> governor.session().id("own-" + id).open();
            };
        try (session) {
          for (int i = random.nextInt(8); i >= 0; i--) {
            record(governor, session, name + call++);
          }
        }
      }
    }

    private static void record(Governor governor, GovernedSession session, String id) {
      long lost = lost(governor);
      session.before(CALL.withId(id));
      if (lost(governor) == lost) {
        byte[] word = (id + "\n").getBytes(StandardCharsets.US_ASCII);
        System.out.write(word, 0, word.length);
        System.out.flush();
      }
    }

    /** Also calls in a session that the other thread has ended. */
    private static long lost(Governor governor) {
      return governor.health().lost().values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
