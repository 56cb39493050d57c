package io.governor.cli;

import io.governor.file.OwnerOnly;
import io.governor.policy.StarterPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor policy init}: writes a policy to start with, and never over anything. */
@Command(
    name = "init",
    description = "Write a policy to start with: commented, and observing only.")
final class PolicyInitCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(
      names = "--for",
      paramLabel = "AGENT",
      defaultValue = "coding-agent",
      description = "coding-agent (the default), support-agent or data-agent.")
  private String agent = "";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file to write; policy.yaml in the state root without.")
  private @Nullable Path file;

  PolicyInitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    StarterPolicy starter = PolicySource.starter(agent);
    Path target = file == null ? invocation.stateRoot().resolve(PolicyState.FILE) : file;
    write(starter, target);
    Terminal terminal = invocation.terminal();
    String shown = Text.line(target.toString());
    terminal.answer(shown + "\n");
    terminal.note("It observes only: what its rules say is recorded, and nothing is refused.");
    terminal.note("Next: look through it and edit it, then run");
    terminal.note("  governor policy test " + shown);
    terminal.note("  governor policy explain " + shown);
    return ExitCode.DONE;
  }

  private void write(StarterPolicy starter, Path target) throws IOException {
    if (file == null) {
      OwnerOnly.createDirectories(invocation.stateRoot());
    }
    try {
      OwnerOnly.createFile(target);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(target + ": it exists already and stays as it is");
    }
    Files.write(target, starter.text().getBytes(StandardCharsets.UTF_8));
  }
}
