package io.governor.cli;

import io.governor.approval.ApprovalProblem;
import io.governor.approval.PendingApproval;
import io.governor.approval.PendingApproval.Asking;
import io.governor.approval.PendingApprovals;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the commands about approvals have in common. Stateless. */
final class Approvals {

  private Approvals() {}

  /** Looks a question up, or answers it. */
  interface Step {
    PendingApproval take(PendingApprovals pending) throws IOException, ApprovalProblem;
  }

  static PendingApprovals of(Invocation invocation) {
    return PendingApprovals.at(invocation.stateRoot(), InstantSource.system());
  }

  /** The question; whatever is wrong with it is the fault of what was typed. */
  static PendingApproval take(Invocation invocation, Step step) throws IOException {
    try {
      return step.take(of(invocation));
    } catch (ApprovalProblem e) {
      throw CommandFailure.usage(e.text());
    }
  }

  static String word(@Nullable Boolean answer) {
    if (answer == null) {
      return "-";
    }
    return answer ? "yes" : "no";
  }

  /** The question without its arguments. */
  static Map<String, @Nullable Object> json(PendingApproval question) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", question.id());
    json.put("digest", question.digest());
    json.put("tool", question.tool());
    json.put("agent", question.agent());
    json.put("session", question.session());
    json.put("rules", question.rules().stream().map(Approvals::json).toList());
    json.put("time", Times.json(question.time()));
    json.put("expires", Times.json(question.expires()));
    json.put("answer", question.answer());
    return json;
  }

  private static Map<String, @Nullable Object> json(Asking rule) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", rule.id());
    json.put("reason", rule.reason());
    return json;
  }

  /** Says what was answered, and how far that reaches. */
  static void tell(PendingApproval question, boolean json, Terminal terminal) {
    if (json) {
      terminal.answer(Json.text(json(question)) + "\n");
      return;
    }
    boolean allowed = Boolean.TRUE.equals(question.answer());
    terminal.answer(
        List.of(
            Text.line(
                (allowed ? "Allowed: " : "Denied: ")
                    + question.agent()
                    + " calls "
                    + question.tool()
                    + "."),
            "The answer counts once, for exactly these arguments, until "
                + Times.toSecond(question.expires())
                + "."));
  }
}
