package io.governor.collector.testing;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a send, read as strictly as the contract can be: exactly five members, each of its
 * form. Immutable; safe to share between threads.
 *
 * @param counts by rule id, ascending
 */
public record SyncBody(
    String installationId,
    String runtimeVersion,
    Instant windowStart,
    Instant windowEnd,
    SortedMap<String, Long> counts) {

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(2, 128, 64, 1L << 20, 10_000);
  private static final Set<String> MEMBERS =
      Set.of("installation_id", "runtime_version", "window_start", "window_end", "counts_by_rule");
  private static final Set<String> STANDARD =
      Set.of("POL-001", "POL-002", "POL-003", "POL-004", "POL-005");
  private static final Pattern ID =
      Pattern.compile("inst_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+-]{0,63}");
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
  private static final Pattern RULE = Pattern.compile("[A-Z][A-Z0-9]{1,7}-[0-9]{3,6}");

  /**
   * @throws IllegalArgumentException if it is no such body; the message says why
   */
  public static SyncBody parse(byte[] json) {
    Map<?, ?> members = object(json);
    require(members.keySet().equals(MEMBERS), "members other than the five");
    String id = text(members, "installation_id", ID);
    String version = text(members, "runtime_version", VERSION);
    Instant start = instant(members, "window_start");
    Instant end = instant(members, "window_end");
    require(start.isBefore(end), "a window that ends before it starts");
    return new SyncBody(id, version, start, end, counts(members.get("counts_by_rule")));
  }

  private static Map<?, ?> object(byte[] json) {
    try {
      if (StrictJson.parse(json, LIMITS) instanceof Map<?, ?> members) {
        return members;
      }
      throw new IllegalArgumentException("no object");
    } catch (JsonProblem e) {
      throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
    }
  }

  private static String text(Map<?, ?> members, String name, Pattern form) {
    if (members.get(name) instanceof String text && form.matcher(text).matches()) {
      return text;
    }
    throw new IllegalArgumentException("a wrong " + name);
  }

  private static Instant instant(Map<?, ?> members, String name) {
    try {
      return Instant.parse(text(members, name, INSTANT));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a wrong " + name, e);
    }
  }

  private static SortedMap<String, Long> counts(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> byRule)) {
      throw new IllegalArgumentException("a wrong counts_by_rule");
    }
    SortedMap<String, Long> counts = new TreeMap<>();
    byRule.forEach((rule, count) -> counts.put(ruleId(rule), count(count)));
    require(counts.keySet().containsAll(STANDARD), "a standard rule without count");
    return counts;
  }

  private static String ruleId(Object key) {
    if (key instanceof String rule && RULE.matcher(rule).matches()) {
      return rule;
    }
    throw new IllegalArgumentException("a key that is no rule id");
  }

  private static Long count(Object value) {
    if (value instanceof Long count && count >= 0) {
      return count;
    }
    throw new IllegalArgumentException("a count that is none");
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException(what);
    }
  }
}
