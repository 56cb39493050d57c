package io.governor;

import io.governor.event.EventEncoder;
import io.governor.json.JsonWriter;
import io.governor.standard.Profile;
import java.time.Duration;
import java.util.List;

/**
 * Has a governor of its own judge made-up calls by the same policy until the code that judges real
 * ones is loaded and compiled. What it counts and records is thrown away with it; rules added in
 * Java are not asked.
 */
final class WarmUp {

  /**
   * The virtual machine compiles what was called this often, and once more with what it learned.
   */
  private static final int CALLS = 6_000;

  private static final String ARGUMENTS =
      "{\"path\":\"notes.txt\",\"amount\":12.5,\"to\":\"somebody\",\"lines\":[\"one\",\"two\"]}";

  private WarmUp() {}

  static void run(GovernorRuntime runtime) {
    RuleSource rules = runtime.rules().withoutHostRules();
    List<String> named = rules.inForce().index().namedTools();
    List<String> tools = named.isEmpty() ? List.of("crm.read", "mail.send") : named;
    try (Governor governor = new Governor(discarding(runtime, rules), Agent.named("warm-up"));
        GovernedSession session = governor.session().open()) {
      for (int i = 0; i < CALLS; i++) {
        String tool = tools.get(i % tools.size());
        Decision decision = session.before(ToolCall.of(tool, ToolArguments.ofJson(ARGUMENTS)));
        session.after(decision.call(), ToolResult.ofText("done"));
      }
    }
  }

  private static GovernorRuntime discarding(GovernorRuntime runtime, RuleSource rules) {
    JsonWriter out = new JsonWriter(1024);
    TraceSink encoder =
        event -> {
          out.truncate(0);
          EventEncoder.encode(event, out);
        };
    Health health = new Health();
    return new GovernorRuntime(
        runtime.clock(),
        runtime.nanoTime(),
        new EventIds(),
        new SinkTraceStore(encoder),
        List.of(),
        health,
        SessionProfile.Source.of(Profile.defaults()),
        new ResultHints(List.of(), health),
        rules,
        new MemoryCallCounters(),
        Pauses.inMemory(runtime.clock()),
        null,
        runtime.folders(),
        Duration.ofMinutes(10));
  }
}
