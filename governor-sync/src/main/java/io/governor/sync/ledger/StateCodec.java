package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.sync.TimeWindow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as a member of the sync state, both ways. Whatever it holds that does not belong is an
 * {@link IllegalArgumentException} that says what was expected. Stateless.
 */
final class StateCodec {

  private StateCodec() {}

  static Map<String, @Nullable Object> write(LedgerState ledger) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("accepted", ledger.accepted());
    out.put("positions", ledger.positions());
    out.put("until", ledger.until());
    out.put("sent", ledger.sent().stream().map(StateCodec::write).toList());
    out.put("asked", ledger.asked().stream().map(StateCodec::write).toList());
    out.put("carried", write(ledger.carried()));
    out.put("noise", write(ledger.noise()));
    out.put("history_bytes", ledger.historyBytes());
    PendingWindow pending = ledger.pending();
    out.put("pending", pending == null ? null : write(pending));
    return out;
  }

  private static Map<String, @Nullable Object> write(PendingWindow pending) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("number", pending.number());
    out.put("body", pending.body());
    out.put("sha256", pending.sha256());
    out.put("window", write(pending.window()));
    out.put("asked", pending.asked());
    out.put("positions", pending.positions());
    out.put("carried", write(pending.carried()));
    out.put("noise", write(pending.noise()));
    out.put("made", pending.made());
    out.put("attempts", pending.attempts());
    out.put("last_attempt", pending.lastAttempt());
    return out;
  }

  private static @Nullable Map<String, @Nullable Object> write(NoiseAccount noise) {
    if (noise.equals(NoiseAccount.NEW)) {
      return null;
    }
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("day", noise.day());
    out.put("spent", noise.spent().toPlainString());
    return out;
  }

  static Map<String, @Nullable Object> write(SortedMap<RuleId, Long> counts) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    counts.forEach((id, count) -> out.put(id.value(), count));
    return out;
  }

  static List<String> write(TimeWindow window) {
    return List.of(window.start().toString(), window.end().toString());
  }

  static LedgerState read(@Nullable Object value) {
    if (value == null) {
      return LedgerState.NEW;
    }
    Map<String, @Nullable Object> in = object(value);
    return new LedgerState(
        StateMembers.number(in.get("accepted")),
        LedgerFiles.positionsName(in.get("positions")),
        StateMembers.instantOrNull(in.get("until")),
        windows(in.get("sent")),
        windows(in.get("asked")),
        counts(in.get("carried")),
        noise(in.get("noise")),
        StateMembers.number(in.get("history_bytes")),
        pending(in.get("pending")));
  }

  private static List<TimeWindow> windows(@Nullable Object value) {
    List<TimeWindow> windows = new ArrayList<>();
    for (Object window : list(value)) {
      windows.add(window(window));
    }
    return windows;
  }

  private static @Nullable PendingWindow pending(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    Map<String, @Nullable Object> in = object(value);
    return new PendingWindow(
        StateMembers.number(in.get("number")),
        StateMembers.text(in.get("body")),
        StateMembers.text(in.get("sha256")),
        window(in.get("window")),
        Boolean.TRUE.equals(in.get("asked")),
        LedgerFiles.positionsName(in.get("positions")),
        counts(in.get("carried")),
        noise(in.get("noise")),
        StateMembers.instant(in.get("made")),
        StateMembers.number(in.get("attempts")),
        StateMembers.instantOrNull(in.get("last_attempt")));
  }

  private static NoiseAccount noise(@Nullable Object value) {
    if (value == null) {
      return NoiseAccount.NEW;
    }
    Map<String, @Nullable Object> in = object(value);
    try {
      return new NoiseAccount(
          LocalDate.parse(StateMembers.text(in.get("day"))),
          new BigDecimal(StateMembers.text(in.get("spent"))));
    } catch (java.time.DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException("expected a day and a decimal number", e);
    }
  }

  static SortedMap<RuleId, Long> counts(@Nullable Object value) {
    SortedMap<RuleId, Long> counts = new TreeMap<>();
    object(value).forEach((id, count) -> counts.put(RuleId.of(id), StateMembers.number(count)));
    return counts;
  }

  static TimeWindow window(@Nullable Object value) {
    List<?> bounds = list(value);
    if (bounds.size() != 2) {
      throw new IllegalArgumentException("expected a start and an end");
    }
    return new TimeWindow(StateMembers.instant(bounds.get(0)), StateMembers.instant(bounds.get(1)));
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return StateMembers.object(map);
    }
    throw new IllegalArgumentException("expected an object");
  }

  static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("expected an array");
  }
}
