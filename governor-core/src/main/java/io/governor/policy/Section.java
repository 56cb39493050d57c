package io.governor.policy;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The mappings of a policy document and the keys each of them knows. */
enum Section {
  POLICY(
      "governor",
      "id",
      "revision",
      "mode",
      "standard",
      "tools",
      "require_trace",
      "hide",
      "agents",
      "rules",
      "risk",
      "cases"),
  STANDARD("mode", "effect"),
  TOOLS("tool", "operation", "target", "persistent", "result", "memory"),
  RESULT("classifications", "source", "provenance", "retention_flags", "authorization"),
  MEMORY("classification", "retention"),
  AGENT("agent", "allow", "deny"),
  RULE(
      "id",
      "title",
      "serves",
      "tool",
      "when",
      "limit",
      "effect",
      "mode",
      "on_error",
      "contract",
      "pause",
      "reason",
      "suggest"),
  LIMIT("calls", "within", "per"),
  ALL("all"),
  ANY("any"),
  NOT("not"),
  ARGUMENT(
      "arg",
      "equals",
      "in",
      "matches",
      "glob",
      "contains",
      "starts_with",
      "greater_than",
      "less_than",
      "present",
      "length",
      "type",
      "inside",
      "host_in",
      "not"),
  DETECT("detect", "in"),
  COMMAND("command"),
  TIME("time"),
  OPERATION("operation"),
  ORIGIN("origin"),
  SERVER("server"),
  METHOD("method"),
  CLASSIFICATION("classification"),
  LENGTH("equals", "greater_than", "less_than"),
  COMMAND_FACTS("destructive", "runs", "touches", "complete"),
  WINDOW("zone", "days", "from", "to"),
  RISK("warn_at", "deny_at", "weights"),
  CASE("name", "agent", "call", "workspace", "time", "repeat", "result", "expect", "rule"),
  CALL("tool", "arguments", "origin");

  /** The sections that are conditions; each begins with the key it is known by. */
  static final Set<Section> CONDITIONS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              Arrays.asList(
                  ALL,
                  ANY,
                  NOT,
                  ARGUMENT,
                  DETECT,
                  COMMAND,
                  TIME,
                  OPERATION,
                  ORIGIN,
                  SERVER,
                  METHOD,
                  CLASSIFICATION)));

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable view of a set nobody else has
  private final Set<String> keys;

  Section(String... keys) {
    this.keys = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(keys)));
  }

  /** The keys, in the order in which documents are written. */
  Set<String> keys() {
    return keys;
  }

  /** The first key. */
  String key() {
    return keys.iterator().next();
  }
}
