package io.governor.cli;

import io.governor.hooks.HookFailures;
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
 */
record UntoldLosses(SortedMap<String, Long> waiting, HookFailures.Summary hooks) {

  static UntoldLosses of(Invocation invocation) throws IOException {
    return new UntoldLosses(
        WaitingLosses.below(invocation.traces()), HookFailures.at(invocation.stateRoot()).read());
  }

  long waitingEvents() {
    return waiting.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What hooks could not do, in words; nothing when they did everything. */
  Optional<String> hooksInWords() {
    if (hooks.total() == 0) {
      return Optional.empty();
    }
    String reasons =
        hooks.byReason().entrySet().stream()
            .map(reason -> reason.getKey() + " " + reason.getValue())
            .collect(Collectors.joining(", "));
    String latest = hooks.latest() == null ? "" : "; the latest " + Times.toMinute(hooks.latest());
    return Optional.of(
        (hooks.more() ? "at least " : "") + hooks.total() + " (" + reasons + ")" + latest);
  }

  Map<String, @Nullable Object> hooksJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("total", hooks.total());
    json.put("more", hooks.more());
    json.put("by_reason", hooks.byReason());
    json.put("latest", Times.json(hooks.latest()));
    return json;
  }
}
