package io.governor.cli;

import io.governor.sync.DryRun;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code governor sync run --dry-run}: the body that a sync would send, byte for byte, and nothing
 * else on standard output. Needs no registration.
 */
@Command(
    name = "run",
    description = "With --dry-run: print the body that would be sent, byte for byte.")
@SuppressWarnings("UnusedVariable") // --json is taken, and the body is JSON anyway
final class SyncRunCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--dry-run", description = "Print what would be sent, and send nothing.")
  private boolean dryRun;

  @Mixin private final WindowOption window = new WindowOption();

  @Option(names = "--json", description = "Changes nothing: the body is JSON.")
  private boolean json;

  SyncRunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!dryRun) {
      throw refusal();
    }
    Terminal terminal = invocation.terminal();
    try {
      DryRun result = payload(invocation, window.read(terminal));
      Traces.tellPlaces(terminal, result.report());
      terminal.answer(new String(result.body(), StandardCharsets.US_ASCII));
      terminal.endLine();
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private CommandFailure refusal() {
    Registration registration = Registration.of(invocation);
    if (registration.problem() != null) {
      return CommandFailure.localIo(registration.problem());
    }
    return Boolean.TRUE.equals(registration.registered())
        ? CommandFailure.usage(
            "this version cannot send yet: sync run --dry-run shows what would be sent")
        : CommandFailure.notRegistered(
            "not registered, and this version can neither register nor send yet:"
                + " sync run --dry-run shows what would be sent");
  }

  static DryRun payload(Invocation invocation, @Nullable TimeWindow window) throws SyncException {
    RunOptions all = RunOptions.DEFAULT;
    RunOptions options = window == null ? all : all.within(window);
    return Progress.during(
        invocation.terminal(),
        "counting",
        () -> SyncClient.at(invocation.stateRoot()).dryRun(options));
  }
}
