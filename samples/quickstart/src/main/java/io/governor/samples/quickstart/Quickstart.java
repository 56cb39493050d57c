package io.governor.samples.quickstart;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.file.StateRoot;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;
import java.util.List;

/** The README's program: one rule, two calls, and the counts that a sync would send. */
public final class Quickstart {

  private Quickstart() {}

  public static void main(String[] args) throws SyncException {
    // readme
    Rule refunds =
        Rule.named("ACME-103")
            .tools("refund.*")
            .when(facts -> !(facts.number("/amount") <= 100)) // what is no number, too
            .reason("Refunds over 100 need a person.")
            .mode(Mode.ENFORCE)
            .deny();
    Agent bot = Agent.named("support-bot").version("1.4");
    try (Governor governor = Governor.builder().agent(bot).rules(refunds).build();
        GovernedSession session =
            governor.session().intent(Intent.explicit("Answer a ticket", "refund")).open()) {
      for (String json : List.of("{\"amount\": 20}", "{\"amount\": 500}")) {
        ToolCall call = ToolCall.of("refund.create", ToolArguments.ofJson(json));
        Decision decision = session.before(call);
        System.out.println(decision.refused() ? decision.message() : "refunded");
        if (!decision.refused()) {
          session.after(decision.call(), ToolResult.ofText("refunded"));
        }
      }
    }
    System.out.println(SyncClient.at(StateRoot.locate()).dryRun().report().counts().byRule());
    // readme
  }
}
