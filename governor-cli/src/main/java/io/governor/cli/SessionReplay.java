package io.governor.cli;

import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.standard.SensitivityTier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a session's events in order and knows, before each, what the standard rules compared
 * it with (execution record, section 6.1). Judges nothing again. Not for several threads.
 */
final class SessionReplay {

  private static final String NONE = "none";

  private @Nullable TraceEvent baseline;
  private @Nullable TraceEvent snapshot;
  private @Nullable TraceEvent scope;
  private final Map<String, TraceEvent> blocked = new HashMap<>();

  /**
   * What an event was compared with.
   *
   * @param baseline the intent that held, or null
   * @param snapshot the evaluated snapshot before it, or null
   * @param scope the tool call before it, or null
   * @param blockedCall the blocked call it is the result of, or null
   */
  record Before(
      @Nullable TraceEvent baseline,
      @Nullable TraceEvent snapshot,
      @Nullable TraceEvent scope,
      @Nullable TraceEvent blockedCall) {}

  /** What the event was compared with; the ones before it have been passed to {@link #pass}. */
  Before before(TraceEvent event) {
    String call = callId(event);
    return new Before(baseline, snapshot, scope, call == null ? null : blocked.get(call));
  }

  /** Goes on behind the event. */
  void pass(TraceEvent event) {
    if (event.payload() instanceof IntentDeclared intent) {
      boolean replaces = baseline == null || (isNone(baseline) && !isNone(intent));
      baseline = replaces ? event : baseline;
    } else if (event.payload() instanceof ScopeAsserted) {
      scope = event;
      String call = callId(event);
      if (call != null && !event.passThrough()) {
        blocked.put(call, event);
      }
    } else if (event.payload() instanceof ContextSnapshot context && !context.tellsUsageOnly()) {
      snapshot = event;
    }
  }

  /** What the event at the index was compared with. */
  static Before at(List<TraceEvent> events, int index) {
    SessionReplay replay = new SessionReplay();
    events.subList(0, index).forEach(replay::pass);
    return replay.before(events.get(index));
  }

  private static @Nullable String callId(TraceEvent event) {
    return event.governor() == null ? null : event.governor().callId();
  }

  private static boolean isNone(@Nullable TraceEvent declaration) {
    return declaration != null
        && declaration.payload() instanceof IntentDeclared intent
        && isNone(intent);
  }

  private static boolean isNone(IntentDeclared intent) {
    return NONE.equals(intent.intentSource());
  }

  static SensitivityTier tier(TraceEvent snapshot) {
    return snapshot.payload() instanceof ContextSnapshot context
        ? SensitivityTier.of(context.dataClassifications())
        : SensitivityTier.NO_SNAPSHOT;
  }
}
