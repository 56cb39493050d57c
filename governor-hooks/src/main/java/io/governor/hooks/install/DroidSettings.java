package io.governor.hooks.install;

import io.governor.hooks.install.JsonText.Obj;
import io.governor.json.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Droid's settings, which hold its hooks where there is no file of their own. Stateless. */
final class DroidSettings {

  private DroidSettings() {}

  static boolean holdHooks(Path file) {
    try {
      return Files.isRegularFile(file)
          && JsonText.read(Files.readString(file)).find(List.of("hooks")) instanceof Obj;
    } catch (IOException | JsonProblem e) {
      return false;
    }
  }
}
