package io.governor.cli;

import io.governor.RuleId;
import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code governor explain}: what a rule or flag means; for an event or a session, why its rules and
 * flags fired.
 */
@Command(
    name = "explain",
    description = {
      "Explain a rule or a flag, or why they fired on an event or in a session.",
      "Without an argument: the rules and flags there are."
    })
final class ExplainCommand implements Callable<Integer> {

  private final Invocation invocation;
  private final Explanations explanations = Explanations.load();

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description = "A rule id, a flag, or the beginning of an event's or a session's id.")
  private @Nullable String what;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ExplainCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    if (what == null) {
      print(
          Map.of("explanations", explanations.all().stream().map(Explanation::json).toList()),
          index());
      return ExitCode.DONE;
    }
    Optional<Explanation> known = explanations.find(what);
    if (known.isPresent()) {
      print(known.get().json(), lines(known.get()));
      return ExitCode.DONE;
    }
    refuseUnknownWord(what);
    RecordedExplanation recorded = recorded(what);
    Traces.tell(terminal, recorded.report());
    print(recorded.json(), recorded.lines(terminal));
    return ExitCode.DONE;
  }

  private void print(Map<String, ? extends @Nullable Object> asJson, List<String> asText) {
    if (json) {
      invocation.terminal().answer(Json.text(asJson) + "\n");
    } else {
      invocation.terminal().answer(asText);
    }
  }

  private List<String> index() {
    Table rules = Table.of("RULE", "~WHAT IT SAYS");
    Table flags = Table.of("FLAG", "~WHAT IT SAYS");
    for (Explanation each : explanations.all()) {
      (each.isRule() ? rules : flags).row(each.id(), each.title());
    }
    Terminal terminal = invocation.terminal();
    List<String> lines = new ArrayList<>(terminal.table(rules));
    lines.add("");
    lines.addAll(terminal.table(flags));
    lines.add("");
    lines.add("Rules are counted. Flags are remarks: softer, and never counted.");
    return lines;
  }

  private List<String> lines(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    lines.add(invocation.terminal().heading(explanation.id() + "  " + explanation.title()));
    lines.add("");
    lines.addAll(Paragraph.of("Checks", explanation.checks()));
    lines.addAll(Paragraph.of("Fires", explanation.fires()));
    lines.addAll(Paragraph.of("Remedy", explanation.remedy()));
    return lines;
  }

  private void refuseUnknownWord(String word) {
    if (RuleId.isWellFormed(word)) {
      throw CommandFailure.usage(
          word
              + " is none of the rules that governor explain lists; what a rule of your own means"
              + " stands where you wrote it");
    }
    if (!word.isEmpty() && word.chars().allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z'))) {
      throw CommandFailure.usage(
          word + " is no flag that this version knows: governor explain lists them");
    }
  }

  private RecordedExplanation recorded(String idOrPrefix) throws IOException {
    TraceCatalog catalog = Traces.catalog(invocation);
    if (!SessionChoice.find(idOrPrefix, catalog).isEmpty()) {
      return RecordedExplanation.ofSession(
          SessionChoice.named(idOrPrefix, invocation), new Findings(explanations));
    }
    return EventSearch.find(idOrPrefix, invocation, catalog)
        .map(found -> RecordedExplanation.ofEvent(found, new Findings(explanations)))
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "no rule, flag, session or event is called "
                        + idOrPrefix
                        + ": governor explain lists rules and flags, governor list sessions"));
  }
}
