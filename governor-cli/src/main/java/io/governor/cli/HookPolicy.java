package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.hooks.HookConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The policy that hooks go by, where it is not the state root's. Stateless. */
final class HookPolicy {

  private HookPolicy() {}

  static Optional<String> inWords(Invocation invocation) {
    try {
      Path named = HookConfig.read(invocation.stateRoot()).settings().policy();
      return named == null
          ? Optional.empty()
          : Optional.of(named + (Files.exists(named) ? "" : ", which is not there"));
    } catch (ConfigException e) {
      return Optional.of("unknown: " + e.getMessage());
    } catch (IOException e) {
      return Optional.of("unknown: " + LocalFiles.reason(e));
    }
  }
}
