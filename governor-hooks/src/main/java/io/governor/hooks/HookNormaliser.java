package io.governor.hooks;

import org.jspecify.annotations.Nullable;

/** Reads the payloads of one coding agent. Pure; safe for use by several threads. */
@FunctionalInterface
interface HookNormaliser {

  /** The payload, or null when it does not say which event of which session it is. */
  @Nullable HookPayload normalise(Members payload);

  /** A call that has no name, of an event that ought to name it. */
  static HookEvent nameless(String eventName, String member, boolean decides) {
    return new HookEvent.Unreadable(
        eventName + ": " + member + ": expected the name of a tool", decides);
  }
}
