package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces that are written to while they are verified. */
class GrowingTraceTest {

  private static final int TIMES = 150;
  private static final int TURNS = 40;

  @TempDir Path home;

  private final AtomicInteger turns = new AtomicInteger();

  @Test
  void writersThatAreAtWorkAreNeverAFinding() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String name = "s" + i;
      Thread writer = new Thread(() -> write(name, done));
      writer.start();
      writers.add(writer);
    }
    try {
      TraceVerifier verifier = TraceVerifier.of(home);
      for (int i = 0; i < TIMES || turns.get() < TURNS; i++) {
        assertThat(verifier.verify().findings()).isEmpty();
      }
    } finally {
      done.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
    }
    VerifyReport report = TraceVerifier.of(home).verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.intact()).isEqualTo(report.files()).isGreaterThanOrEqualTo(4);
  }

  /** Long lines among short ones, in sessions that end and are resumed. */
  private void write(String name, AtomicBoolean done) {
    ToolCall call = ToolCall.of("crm.lookup", ToolArguments.empty());
    Governor governor = Governor.builder().stateRoot(home).build();
    try (governor) {
      for (int turn = 0; !done.get(); turn++) {
        boolean shared = turn % 2 == 0;
        String id = name + (turn % 4);
        GovernedSession session =
            shared ? governor.session().id(id).shared().open() : governor.session().id(id).open();
        try (session) {
          session.declare(Intent.explicit("x".repeat(60_000), "crm"));
          session.before(call);
          session.before(call);
        }
        turns.incrementAndGet();
      }
    }
  }
}
