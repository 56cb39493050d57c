package io.governor.cli;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code governor profile init}: writes a profile that changes nothing and explains itself. */
@Command(
    name = "init",
    description = "Write a profile with the defaults and comments into the state root.")
final class ProfileInitCommand implements Callable<Integer> {

  private final Invocation invocation;

  ProfileInitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Path file = invocation.stateRoot().resolve(ProfileState.PROFILE);
    OwnerOnly.createDirectories(invocation.stateRoot());
    try {
      OwnerOnly.createFile(file);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(
          file + ": it exists already and stays as it is: governor profile view shows it");
    }
    Files.write(file, template());
    invocation
        .terminal()
        .answer(
            List.of(
                Text.line(file.toString()),
                "It holds the defaults: nothing changes before you edit it.",
                "Then check it: governor profile validate " + Text.line(file.toString())));
    return ExitCode.DONE;
  }

  private static byte[] template() throws IOException {
    try (InputStream in = ProfileInitCommand.class.getResourceAsStream("profile.yaml")) {
      if (in == null) {
        throw new IllegalStateException("profile.yaml is not on the class path");
      }
      return in.readAllBytes();
    }
  }
}
