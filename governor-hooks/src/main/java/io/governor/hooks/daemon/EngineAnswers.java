package io.governor.hooks.daemon;

import io.governor.hooks.HookEngine;
import io.governor.hooks.HookReply;
import io.governor.hooks.HookRequest;
import java.util.ArrayList;
import java.util.List;

/** An engine, and whether its configuration is still the one there is. */
record EngineAnswers(HookEngine engine, ConfigWatch config) implements HookAnswers {

  @Override
  public HookReply answer(HookRequest request) {
    return engine.answer(request);
  }

  @Override
  public boolean isOutdated() {
    return config.isOutdated();
  }

  @Override
  public List<String> notices() {
    List<String> notices = new ArrayList<>(engine.notices());
    notices.addAll(config.notices());
    return notices;
  }

  @Override
  public void close() {
    engine.close();
  }
}
