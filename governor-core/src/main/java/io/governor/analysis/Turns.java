package io.governor.analysis;

import io.governor.TokenUsage;
import io.governor.event.EventPayload;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model turns of a trace, what each used, and which events belong to which (execution record,
 * section 12.1).
 */
final class Turns {

  /** One model turn. Its tokens are those of its first snapshot that has any, never a sum. */
  static final class Turn {
    private final String id;
    private @Nullable TokenUsage usage;

    private Turn(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }

    boolean hasTokens() {
      return usage != null;
    }

    long tokens() {
      return usage == null ? 0 : usage.allTokens();
    }
  }

  private final Map<String, Turn> turns = new LinkedHashMap<>();
  private final Map<String, Turn> byToolUse = new HashMap<>();
  private final @Nullable Turn[] ofEvent;
  private long untokenedPairs;
  private long dedupeConflicts;

  Turns(List<TraceEvent> events) {
    ofEvent = new Turn[events.size()];
    for (TraceEvent event : events) {
      if (event.payload() instanceof ContextSnapshot snapshot && snapshot.usage() != null) {
        collect(snapshot.usage());
      }
    }
    attribute(events);
  }

  private void collect(TokenUsage usage) {
    String turnId = turnIdOf(usage);
    if (turnId == null) {
      untokenedPairs += usage.isMeasured() ? 1 : 0;
      return;
    }
    Turn turn = turns.computeIfAbsent(turnId, Turn::new);
    usage.toolUseIds().forEach(id -> byToolUse.putIfAbsent(id, turn));
    TokenUsage first = turn.usage;
    if (first == null) {
      turn.usage = usage.isMeasured() ? usage : null;
    } else if (contradicts(usage, first)) {
      dedupeConflicts++;
    }
  }

  private static boolean contradicts(TokenUsage later, TokenUsage first) {
    return differ(later.promptTokens(), first.promptTokens())
        || differ(later.completionTokens(), first.completionTokens())
        || differ(later.cachedReadTokens(), first.cachedReadTokens())
        || differ(later.cachedWriteTokens(), first.cachedWriteTokens());
  }

  private static boolean differ(@Nullable Long told, @Nullable Long known) {
    return told != null && told != (known == null ? 0 : known);
  }

  private void attribute(List<TraceEvent> events) {
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < ofEvent.length; i++) {
      EventPayload payload = events.get(i).payload();
      Turn own = ownTurn(payload);
      String toolUse = toolUseId(payload);
      if (own != null) {
        ofEvent[i] = own;
        waiting.forEach(index -> ofEvent[index] = own);
        waiting.clear();
      } else if (toolUse != null && byToolUse.containsKey(toolUse)) {
        ofEvent[i] = byToolUse.get(toolUse);
      } else {
        waiting.add(i);
      }
    }
  }

  private @Nullable Turn ownTurn(EventPayload payload) {
    if (payload instanceof ContextSnapshot snapshot && snapshot.usage() != null) {
      String turnId = turnIdOf(snapshot.usage());
      return turnId == null ? null : turns.get(turnId);
    }
    return null;
  }

  private static @Nullable String turnIdOf(TokenUsage usage) {
    String turnId = usage.turnId();
    return turnId == null || turnId.isEmpty() ? null : turnId;
  }

  private static @Nullable String toolUseId(EventPayload payload) {
    if (payload instanceof ScopeAsserted scope) {
      return scope.toolUseId();
    }
    if (payload instanceof ContextSnapshot snapshot) {
      return snapshot.toolUseId();
    }
    return payload instanceof MemoryWriteAttempt memory ? memory.toolUseId() : null;
  }

  /** All turns, in order of first appearance. */
  Collection<Turn> all() {
    return turns.values();
  }

  /** The turn of the event at that place of the list, or null when it is unpaired. */
  @Nullable Turn of(int eventIndex) {
    return ofEvent[eventIndex];
  }

  long totalTokens() {
    return tokens(all());
  }

  static long tokens(Collection<Turn> some) {
    return some.stream().map(Turn::tokens).reduce(0L, Turns::plus);
  }

  long untokenedPairs() {
    return untokenedPairs;
  }

  long dedupeConflicts() {
    return dedupeConflicts;
  }

  /** The sum of two counts, or the largest there is: a foreign trace may hold any number. */
  static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** A part in percent with one decimal; 0 of nothing. */
  static double percent(long part, long whole) {
    return whole == 0 ? 0 : Math.round(1000.0 * part / whole) / 10.0;
  }
}
