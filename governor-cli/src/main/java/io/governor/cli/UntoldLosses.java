package io.governor.cli;

import io.governor.hooks.HookFailures;
import io.governor.hooks.HookSurprises;
import io.governor.trace.WaitingLosses;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is lost and stands in no trace: events whose session has not had a later one yet, and what
 * hooks could not do.
 *
 * @param waiting events of sessions that will tell them, by reason
 * @param hooks what hooks could not do and nobody will tell
 * @param surprises what hooks heard of and had no word for
 */
record UntoldLosses(
    SortedMap<String, Long> waiting, HookFailures.Summary hooks, HookFailures.Summary surprises) {

  static UntoldLosses of(Invocation invocation) throws IOException {
    return new UntoldLosses(
        WaitingLosses.below(invocation.traces()),
        HookFailures.at(invocation.stateRoot()).read(),
        HookSurprises.at(invocation.stateRoot()).read());
  }

  long waitingEvents() {
    return waiting.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether hooks could not do something that is written down nowhere. */
  boolean isIncomplete() {
    return hooks.more();
  }

  /** What hooks could not do, in words; nothing when they did everything. */
  Optional<String> hooksInWords() {
    return inWords(hooks);
  }

  /** What hooks had no word for, in words; nothing when they knew everything. */
  Optional<String> surprisesInWords() {
    return inWords(surprises);
  }

  private static Optional<String> inWords(HookFailures.Summary summary) {
    if (summary.total() == 0 && !summary.more()) {
      return Optional.empty();
    }
    String reasons =
        summary.byReason().entrySet().stream()
            .map(reason -> reason.getKey() + " " + reason.getValue())
            .collect(Collectors.joining(", "));
    String latest =
        summary.latest() == null ? "" : "; the latest " + Times.toMinute(summary.latest());
    if (summary.total() == 0) {
      return Optional.of("some that nobody could count" + latest);
    }
    return Optional.of(
        (summary.more() ? "at least " : "") + summary.total() + " (" + reasons + ")" + latest);
  }

  Map<String, @Nullable Object> hooksJson() {
    return json(hooks);
  }

  Map<String, @Nullable Object> surprisesJson() {
    return json(surprises);
  }

  private static Map<String, @Nullable Object> json(HookFailures.Summary summary) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("total", summary.total());
    json.put("more", summary.more());
    json.put("by_reason", summary.byReason());
    json.put("latest", Times.json(summary.latest()));
    return json;
  }
}
