package io.governor.cli;

import io.governor.approval.ApprovalProblem;
import io.governor.approval.PendingApproval;
import io.governor.approval.PendingApproval.Asking;
import io.governor.approval.PendingApprovals.Listing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor approvals list}: what waits for a person, without the arguments. */
@Command(name = "list", description = "List the calls that wait, the oldest first.")
final class ApprovalsListCommand implements Callable<Integer> {

  /** So many digits that nobody can make another call that begins alike. */
  private static final int SHOWN_DIGITS = 16;

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ApprovalsListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    Listing listing = Approvals.of(invocation).list();
    listing.problems().forEach(problem -> terminal.complain(problem.text()));
    if (json) {
      terminal.answer(Json.text(json(listing)) + "\n");
    } else if (listing.questions().isEmpty()) {
      terminal.answer("No call waits for an approval.\n");
    } else {
      terminal.answer(terminal.table(table(listing.questions())));
    }
    return ExitCode.DONE;
  }

  private static Table table(List<PendingApproval> questions) {
    Table table = Table.of("ID", "EXPIRES", "~AGENT", "~TOOL", "~RULE", "ANSWER");
    for (PendingApproval question : questions) {
      table.row(
          question.id().substring(0, SHOWN_DIGITS),
          Times.toMinute(question.expires()),
          question.agent(),
          question.tool(),
          rules(question.rules()),
          Approvals.word(question.answer()));
    }
    return table;
  }

  private static String rules(List<Asking> rules) {
    int more = rules.size() - 1;
    return rules.stream().limit(1).map(Asking::id).collect(Collectors.joining())
        + (more > 0 ? " +" + more : "");
  }

  private Map<String, @Nullable Object> json(Listing listing) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state_root", invocation.stateRoot().toString());
    json.put("questions", listing.questions().stream().map(Approvals::json).toList());
    json.put("problems", listing.problems().stream().map(ApprovalProblem::text).toList());
    return json;
  }
}
