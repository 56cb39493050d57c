package io.governor.cli.report;

import io.governor.event.EventDecoder;
import io.governor.event.TraceEvent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Events as traces hold them, for reports. */
final class ReportTraces {

  private ReportTraces() {}

  static TraceEvent call(String session, int number, String time, String tool, String members) {
    return event(
        """
        {"event_id": "%s-%d", "event_type": "SCOPE_ASSERTED", "session_id": %s, \
        "event_sequence_number": %d, "agent_id": "support", "timestamp_utc": "%s", \
        "payload": {"tool_id": %s, "asserted_permissions": ["write"], "target_system": "crm", \
        "operation_type": "WRITE"}, %s}"""
            .formatted("e", number, json(session), number, time, json(tool), members));
  }

  static TraceEvent usage(
      String session,
      int number,
      String time,
      String model,
      String turn,
      long prompt,
      long cached) {
    return event(
        """
        {"event_id": "u-%d", "event_type": "CONTEXT_SNAPSHOT", "session_id": %s, \
        "event_sequence_number": %d, "agent_id": "support", "timestamp_utc": "%s", \
        "payload": {"data_classifications": [], "classification_source": "explicit", \
        "provenance": ["model_hook"], "retention_flags": [], "context_size_tokens": 12, \
        "llm_prompt_tokens": %d, "llm_completion_tokens": 100, "llm_cached_read_tokens": %d, \
        "model_identifier": %s, "provider": "%s", "llm_turn_id": "%s"}}"""
            .formatted(
                number,
                json(session),
                number,
                time,
                prompt,
                cached,
                json(model),
                model.startsWith("gpt") ? "openai" : "anthropic",
                turn));
  }

  private static TraceEvent event(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try {
      return EventDecoder.decode(bytes, 0, bytes.length);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }
}
