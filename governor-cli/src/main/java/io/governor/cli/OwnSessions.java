package io.governor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Sessions that an agent left itself, not the doctor in its name. Stateless. */
final class OwnSessions {

  private static final String DOCTOR = "governor-doctor-";

  private OwnSessions() {}

  static boolean are(Invocation invocation, String agent) throws IOException {
    Path folder = invocation.traces().resolve(agent);
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> name.endsWith(".jsonl") && !name.startsWith(DOCTOR));
    }
  }
}
