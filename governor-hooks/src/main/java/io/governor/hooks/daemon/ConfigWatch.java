package io.governor.hooks.daemon;

import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.hooks.HookConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Whether {@code config.yaml} still says of hooks what is in force. One that is refused changes
 * nothing and is told. Safe for use by several threads.
 */
final class ConfigWatch {

  private final Path stateRoot;
  private final HookConfig inForce;

  // Guarded by this.
  private String seen = "";
  private boolean outdated;
  private String problem = "";

  ConfigWatch(Path stateRoot, HookConfig inForce) {
    this.stateRoot = stateRoot;
    this.inForce = inForce;
  }

  /** Whether it can be read and says something else. */
  synchronized boolean isOutdated() {
    look();
    return outdated;
  }

  /** Why it cannot be read, if it cannot. */
  synchronized List<String> notices() {
    look();
    return problem.isEmpty()
        ? List.of()
        : List.of("config.yaml was changed and is refused, what it said before holds: " + problem);
  }

  private void look() {
    String now = fingerprint();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    outdated = false;
    problem = "";
    try {
      outdated = !HookConfig.read(stateRoot).equals(inForce);
    } catch (ConfigException e) {
      problem = String.valueOf(e.getMessage());
    } catch (IOException e) {
      problem = "the file cannot be read";
    }
  }

  private String fingerprint() {
    try {
      BasicFileAttributes file =
          Files.readAttributes(stateRoot.resolve(ConfigFile.NAME), BasicFileAttributes.class);
      return file.size() + " " + file.lastModifiedTime() + " " + file.fileKey();
    } catch (IOException e) {
      return "none";
    }
  }
}
