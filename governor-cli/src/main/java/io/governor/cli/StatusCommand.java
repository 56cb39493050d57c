package io.governor.cli;

import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor status}: what there is and what could not be done. */
@Command(
    name = "status",
    description = "Show what is recorded, what was lost, and what is in force.")
final class StatusCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    TraceCatalog catalog = Traces.catalog(invocation);
    ProfileState profile = ProfileState.of(invocation.stateRoot());
    PolicyState policy = PolicyState.of(invocation.stateRoot());
    Traces.tell(terminal, catalog.report());
    policy.tell(terminal);
    profile.problems().forEach(problem -> terminal.complain(problem.oneLine()));
    Status status =
        new Status(
            invocation,
            catalog,
            UntoldLosses.of(invocation),
            profile,
            policy,
            PauseChoice.count(invocation));
    if (json) {
      terminal.answer(Json.text(status.json()) + "\n");
    } else {
      terminal.answer(status.lines());
    }
    return ExitCode.DONE;
  }
}
