package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.governor.RuleId;
import io.governor.collector.testing.Disguises;
import io.governor.trace.TraceSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that stands in a trace, or names one, can be found in what would be sent. */
class OnlyCountsLeaveTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TimeWindow DAY = window();

  /** Every member the execution record knows, and some it does not. */
  private static final Map<String, List<String>> PAYLOADS =
      Map.of(
          "AGENT_REGISTERED",
          List.of(
              "agent_id",
              "agent_version",
              "vendor_id",
              "deployment_mode",
              "declared_capabilities",
              "owner_claim",
              "policy_context",
              "profile_resolution",
              "profile_binding"),
          "INTENT_DECLARED",
          List.of(
              "stated_objective",
              "intent_source",
              "intent_confidence",
              "authorization_claim",
              "session_scope_hint"),
          "SCOPE_ASSERTED",
          List.of(
              "tool_id",
              "asserted_permissions",
              "target_system",
              "operation_type",
              "tool_use_id",
              "operation_classification"),
          "CONTEXT_SNAPSHOT",
          List.of(
              "data_classifications",
              "classification_source",
              "provenance",
              "retention_flags",
              "model_identifier",
              "provider",
              "llm_turn_id",
              "tool_use_id",
              "tool_use_ids"),
          "MEMORY_WRITE_ATTEMPT",
          List.of(
              "write_type",
              "detection_mechanism",
              "target_store",
              "write_classification",
              "retention_requested",
              "tool_use_id"),
          "GOVERNANCE_ERROR",
          List.of("error_type", "severity", "intercept_stage", "failure_reason"),
          "SOMETHING_LATER",
          List.of("arguments", "result", "prompt"));

  private final List<String> canaries = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void no_text_of_a_trace_is_in_the_body_in_any_encoding() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, List<String>> type : PAYLOADS.entrySet()) {
      lines.add(MAPPER.writeValueAsString(event(type.getKey(), type.getValue())));
    }
    lines.add("{\"event_type\": \"" + canary() + "\", \"broken");
    lines.add(canary());
    Path traces = folder.resolve(canary()).resolve("traces");
    Events.trace(traces.resolve(canary()).resolve(canary() + ".jsonl"), lines);

    DryRun run = SyncClient.at(traces.getParent()).dryRun(options(traces));

    assertThat(run.report().events()).isEqualTo(PAYLOADS.size());
    assertThat(run.payload().countsByRule().of(RuleId.of("POL-002"))).isEqualTo(PAYLOADS.size());
    assertThat(canaries).hasSizeGreaterThan(100);
    for (byte[] body :
        List.of(run.body(), run.payload().toString().getBytes(StandardCharsets.UTF_8))) {
      for (String canary : canaries) {
        assertThat(findings(body, canary)).as(canary).isEmpty();
      }
    }
  }

  @Test
  void lines_that_cannot_be_read_are_not_quoted_to_people_either() throws Exception {
    Path file =
        Events.trace(
            folder.resolve("t.jsonl"),
            canary(),
            "{\"" + canary() + "\": \"" + canary() + "\"}",
            "{\"event_type\": \"X\", \"a\": " + canary() + "}",
            "{\"event_type\": \"" + canary());

    CountReport report = TraceCounter.ofStandardRules().count(List.of(TraceSource.of(file)));

    assertThat(report.problems()).hasSize(4);
    assertThat(canaries).noneMatch(canary -> report.toString().contains(canary));
  }

  @Test
  void traces_with_equal_counts_and_nothing_else_in_common_give_equal_bytes() throws Exception {
    Path first =
        Events.trace(
            folder.resolve("first.jsonl"),
            MAPPER.writeValueAsString(event("SCOPE_ASSERTED", PAYLOADS.get("SCOPE_ASSERTED"))));
    Path second =
        Events.trace(
            folder.resolve("elsewhere/second.jsonl"),
            Events.line(Events.event("s", "e0", Events.NOON)),
            Events.line(Events.event("s", "e1", Events.NOON.plusSeconds(77), "POL-002")),
            "{\"a line\": \"of something else\"}");

    DryRun one = SyncClient.at(folder).dryRun(options(first));
    DryRun other = SyncClient.at(folder).dryRun(options(second));

    assertThat(one.body()).isEqualTo(other.body());
    assertThat(new String(one.body(), StandardCharsets.US_ASCII)).contains("\"POL-002\": 1");
  }

  @Test
  void the_search_finds_what_is_there() {
    String canary = canary();
    byte[] body = ("{\"x\": \"" + canary + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] encoded = Base64.getEncoder().encode(body);

    assertThat(findings(body, canary)).contains("as it is");
    assertThat(findings(encoded, canary)).isNotEmpty();
    assertThat(findings(HexFormat.of().formatHex(body).getBytes(StandardCharsets.UTF_8), canary))
        .contains("hex");
  }

  private static RunOptions options(Path source) {
    return RunOptions.DEFAULT
        .from(List.of(TraceSource.of(source)))
        .within(DAY)
        .publishing(Set.of(RuleId.of("ACME-101")));
  }

  private static TimeWindow window() {
    try {
      return TimeWindow.parse("2026-04-14");
    } catch (SyncException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> event(String type, List<String> payloadMembers) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event_id", canary());
    event.put("event_type", type);
    for (String name :
        List.of(
            "session_id",
            "previous_event_id",
            "agent_id",
            "deployment_mode",
            "primitive",
            "simulated_consequence",
            "profile_fingerprint")) {
      event.put(name, canary());
    }
    event.put("event_sequence_number", 7_301_577_204_193L);
    canaries.add("7301577204193");
    event.put("timestamp_utc", "2026-04-14T17:43:29.618Z");
    canaries.add("17:43:29");
    event.put("advisory_flags", List.of(canary()));
    event.put("policy_violations", List.of("POL-002", ruleCanary(), canary(), "ACME-77777"));
    canaries.add("ACME-77777");
    Map<String, Object> payload = new LinkedHashMap<>();
    payloadMembers.forEach(name -> payload.put(name, anything(name)));
    payload.put(canary(), Map.of(canary(), List.of(canary())));
    event.put("payload", payload);
    event.put("governor", governor());
    event.put(canary(), canary());
    return event;
  }

  private Map<String, Object> governor() {
    Map<String, Object> governor = new LinkedHashMap<>();
    for (String name : List.of("origin", "call_id", "verdict")) {
      governor.put(name, canary());
    }
    governor.put(
        "rules", List.of(Map.of("id", ruleCanary(), "effect", canary(), "mode", canary())));
    governor.put("detections", List.of(Map.of("detector", canary(), "count", 1)));
    governor.put("policy", Map.of("id", canary(), "revision", 1, "hash", canary()));
    governor.put("lost", Map.of(canary(), 1));
    governor.put("chain", Map.of("prev", canary(), "hash", canary()));
    return governor;
  }

  private Object anything(String name) {
    return name.endsWith("s") ? List.of(canary(), canary()) : canary();
  }

  private String canary() {
    String canary = "Canary%04dZebraQuartz".formatted(canaries.size());
    canaries.add(canary);
    return canary;
  }

  /** A well-formed id of a rule that is not published. */
  private String ruleCanary() {
    String id = "CNRY-" + (100_000 + canaries.size());
    canaries.add(id);
    return id;
  }

  private static List<String> findings(byte[] body, String text) {
    return Disguises.of(text, new String(body, StandardCharsets.ISO_8859_1));
  }
}
