package io.governor.hooks.daemon;

import io.governor.hooks.HookEngine;
import io.governor.hooks.HookReply;
import io.governor.hooks.HookRequest;

/** What decides: the engine, or a stand-in. Safe for use by several threads. */
public interface HookAnswers extends AutoCloseable {

  /** The answer to one payload. */
  HookReply answer(HookRequest request);

  @Override
  void close();

  /** The engine as it is. */
  static HookAnswers of(HookEngine engine) {
    return new HookAnswers() {
      @Override
      public HookReply answer(HookRequest request) {
        return engine.answer(request);
      }

      @Override
      public void close() {
        engine.close();
      }
    };
  }
}
