package io.governor.sync;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code sync-state.json} below a state root (execution record, section 10.1), which is there once
 * the installation is registered. Takes the installation id out of it, and whether there is a
 * secret, and keeps nothing else.
 */
final class SyncStateFile {

  private static final String NAME = "sync-state.json";
  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(32, 1 << 20, 256, 64L << 20, 4_000_000);

  private static final String EXPECTED =
      "; expected a JSON object whose member installation_id is inst_ and a UUID in lower case";

  private SyncStateFile() {}

  /**
   * The installation id, or null when there is no such file.
   *
   * @throws SyncException if the file is there but cannot be used
   */
  static @Nullable String installationId(Path stateRoot) throws SyncException {
    Path file = stateRoot.resolve(NAME);
    Map<?, ?> state = read(file);
    return state == null ? null : installationId(file, state);
  }

  /**
   * Whether there is a file with a secret.
   *
   * @throws SyncException if the file is there but cannot be used
   */
  static boolean hasSecret(Path stateRoot) throws SyncException {
    Path file = stateRoot.resolve(NAME);
    Map<?, ?> state = read(file);
    return state != null
        && !installationId(file, state).isEmpty()
        && state.get("installation_secret") instanceof String secret
        && !secret.isEmpty();
  }

  private static @Nullable Map<?, ?> read(Path file) throws SyncException {
    try (InputStream in = Files.newInputStream(file)) {
      if (StrictJson.parse(in, LIMITS) instanceof Map<?, ?> state) {
        return state;
      }
      throw SyncException.localFiles(file + ": not an object" + EXPECTED);
    } catch (NoSuchFileException e) {
      return null;
    } catch (AccessDeniedException e) {
      throw SyncException.localFiles("cannot read " + file + ": permission denied", e);
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + file + ": it is no readable file", e);
    } catch (JsonProblem e) {
      throw SyncException.localFiles(
          file + ":" + e.line() + ":" + e.column() + ": " + e.reason() + EXPECTED);
    }
  }

  private static String installationId(Path file, Map<?, ?> state) throws SyncException {
    Object id = state.get("installation_id");
    if (id == null) {
      throw SyncException.localFiles(file + ": no installation_id" + EXPECTED);
    }
    if (!(id instanceof String text) || !SyncPayload.isInstallationId(text)) {
      throw SyncException.localFiles(file + ": installation_id: not an installation id" + EXPECTED);
    }
    return text;
  }
}
