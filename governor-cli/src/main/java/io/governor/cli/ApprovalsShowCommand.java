package io.governor.cli;

import io.governor.approval.PendingApproval;
import io.governor.approval.PendingApproval.Asking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor approvals show}: one call that waits, with its arguments. */
@Command(
    name = "show",
    description = {
      "Show a call that waits, with its arguments.",
      "Characters that a terminal would obey, or not show, are written as escapes."
    })
final class ApprovalsShowCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "ID", description = "At least 8 digits of the id in the list.")
  private String id = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ApprovalsShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    PendingApproval question = Approvals.take(invocation, pending -> pending.find(id));
    if (json) {
      invocation.terminal().answer(Json.text(json(question)) + "\n");
    } else {
      invocation.terminal().answer(text(question));
    }
    return ExitCode.DONE;
  }

  private static List<String> text(PendingApproval question) {
    Facts facts =
        new Facts()
            .add("Id", question.id())
            .add("Tool", question.tool())
            .add("Agent", question.agent())
            .add("Session", question.session());
    for (Asking rule : question.rules()) {
      facts.add("Rule", rule.id() + (rule.reason() == null ? "" : "  " + rule.reason()));
    }
    facts
        .add("Asked", Times.toSecond(question.time()))
        .add("Expires", Times.toSecond(question.expires()))
        .add("Answer", Approvals.word(question.answer()));
    List<String> lines = new ArrayList<>(facts.lines());
    lines.add("");
    lines.add(Text.lines(question.arguments()));
    if (question.leftOut() > 0) {
      lines.add("... " + question.leftOut() + " MORE CHARACTERS ARE NOT KEPT");
    }
    return lines;
  }

  private static Map<String, @Nullable Object> json(PendingApproval question) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(Approvals.json(question));
    json.put("arguments", question.arguments());
    json.put("arguments_left_out", question.leftOut());
    return json;
  }
}
