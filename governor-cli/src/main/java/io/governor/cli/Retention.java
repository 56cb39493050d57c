package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.trace.AutomaticPruning;
import io.governor.trace.LastPrune;
import io.governor.trace.TraceConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long traces are kept, and how it went when old ones were last removed unasked.
 *
 * @param config null when nobody can tell
 * @param last null when that was never
 * @param problem what is in the way, for people; empty when nothing is
 */
record Retention(@Nullable TraceConfig config, @Nullable LastPrune last, String problem) {

  private static final int MEBIBYTE = 1 << 20;

  static Retention of(Invocation invocation) {
    LastPrune last = AutomaticPruning.of(invocation.stateRoot(), invocation.clock()).last();
    String problem = last == null ? "" : last.problem();
    try {
      return new Retention(TraceConfig.read(invocation.stateRoot()), last, problem);
    } catch (ConfigException e) {
      return new Retention(null, last, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Retention(null, last, LocalFiles.reason(e));
    }
  }

  String inWords() {
    if (config == null) {
      return "cannot be told: " + problem;
    }
    String kept = Text.count(config.retention().toDays(), "day") + cap(config);
    return config.automatic() ? kept + lastInWords() : kept + "; only governor prune removes any";
  }

  private static String cap(TraceConfig config) {
    return config.mostBytes() == Long.MAX_VALUE
        ? ""
        : ", " + config.mostBytes() / MEBIBYTE + " MB at most";
  }

  private String lastInWords() {
    if (last == null || (last.files() == 0 && problem.isEmpty())) {
      return "";
    }
    return "; "
        + Text.count(last.files(), "file")
        + " of "
        + Text.count(last.bytes(), "byte")
        + " removed at "
        + Times.toMinute(last.at())
        + (problem.isEmpty() ? "" : ", and not all that should go: " + problem);
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("days", config == null ? null : config.retention().toDays());
    json.put(
        "max_mb",
        config == null || config.mostBytes() == Long.MAX_VALUE
            ? null
            : config.mostBytes() / MEBIBYTE);
    json.put("automatic", config == null ? null : config.automatic());
    json.put("last_pruned", last == null ? null : Times.json(last.at()));
    json.put("removed_files", last == null ? null : last.files());
    json.put("removed_bytes", last == null ? null : last.bytes());
    json.put("problem", problem.isEmpty() ? null : problem);
    return json;
  }
}
