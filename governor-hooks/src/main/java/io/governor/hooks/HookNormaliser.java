package io.governor.hooks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the payloads of one coding agent. Pure; safe for use by several threads. */
@FunctionalInterface
interface HookNormaliser {

  /** The payload, or null when it is not one that anything is to be written for. */
  @Nullable HookPayload normalise(Map<String, @Nullable Object> payload);
}
