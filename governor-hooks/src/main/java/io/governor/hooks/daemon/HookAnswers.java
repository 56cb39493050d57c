package io.governor.hooks.daemon;

import io.governor.hooks.HookConfig;
import io.governor.hooks.HookEngine;
import io.governor.hooks.HookReply;
import io.governor.hooks.HookRequest;
import java.nio.file.Path;
import java.util.List;

/** What decides: the engine, or a stand-in. Safe for use by several threads. */
public interface HookAnswers extends AutoCloseable {

  /** The answer to one payload. */
  HookReply answer(HookRequest request);

  /** Whether it was opened with a configuration that is no longer the one there is. */
  default boolean isOutdated() {
    return false;
  }

  /** What an operator should know of what is in force, a sentence each. */
  default List<String> notices() {
    return List.of();
  }

  @Override
  void close();

  /**
   * The engine as it is.
   *
   * @param config what it was opened with, as the state root's {@code config.yaml} said then
   */
  static HookAnswers of(HookEngine engine, Path stateRoot, HookConfig config) {
    return new EngineAnswers(engine, new ConfigWatch(stateRoot, config));
  }
}
