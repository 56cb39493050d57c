package io.governor.trace;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether a state root is that of a registered installation, whose traces are needed until they are
 * counted: {@code sync-state.json} holds a secret. Where nobody can tell, it is. The one thing
 * known here of what counts; which traces are needed, only that can say. Stateless.
 */
final class RegisteredInstallation {

  private static final String STATE = "sync-state.json";
  private static final String SECRET = "installation_secret";

  private RegisteredInstallation() {}

  static boolean isAt(Path stateRoot) {
    Path state = stateRoot.resolve(STATE);
    if (Files.notExists(state)) {
      return false;
    }
    try {
      return !(StrictJson.parse(Files.readAllBytes(state), StrictJson.Limits.POLICY)
              instanceof Map<?, ?> members
          && (members.get(SECRET) == null || "".equals(members.get(SECRET))));
    } catch (IOException | JsonProblem | RuntimeException e) {
      return true;
    }
  }
}
