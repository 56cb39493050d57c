package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Approval;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The explanation of a call says who was asked about it. */
class AskedTest {

  @TempDir Path root;

  @Test
  void whoAnsweredIsSaid() throws Exception {
    List<String> ids = new ArrayList<>();
    Rule ask = Rule.named("ACME-105").mode(Mode.ENFORCE).ask();
    try (Governor governor =
            Governor.builder()
                .stateRoot(root)
                .rules(ask)
                .sink(event -> note(event, ids))
                .approver(
                    request -> CompletableFuture.failedFuture(new TimeoutException()),
                    Duration.ofMinutes(1))
                .build();
        GovernedSession session = governor.session().open()) {
      ToolCall call = ToolCall.of("crm.read", ToolArguments.empty());
      session.before(call);
      for (boolean yes : new boolean[] {true, false}) {
        session
            .beforeAsync(
                call,
                request ->
                    CompletableFuture.completedFuture(
                        new Approval(yes, request.digest(), "client")))
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
      }
    }

    assertThat(ids).hasSize(3);
    assertThat(explained(ids.get(0))).contains("ask, nobody answered, the call was blocked");
    assertThat(explained(ids.get(1))).contains("ask, allowed by the client, the call went on");
    assertThat(explained(ids.get(2)))
        .contains("ask, not allowed by the client, the call was blocked");
  }

  private static void note(TraceEvent event, List<String> ids) {
    if (event.type().equals(EventType.SCOPE_ASSERTED)) {
      ids.add(event.eventId());
    }
  }

  private String explained(String event) {
    return Cli.at(root).run("explain", event).out();
  }
}
