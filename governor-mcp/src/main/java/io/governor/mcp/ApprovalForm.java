package io.governor.mcp;

import io.governor.ApprovalRequest;
import io.governor.RuleHit;
import io.governor.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form a client shows its user (MCP specification 2025-06-18 and 2026-07-28,
 * client/elicitation). It names the call, the rules and their reasons, and no argument. Nothing is
 * chosen beforehand, and what an answer without a choice would be filled up with first is the no.
 * Stateless.
 */
final class ApprovalForm {

  private static final String METHOD = "elicitation/create";
  private static final String CHOICE = "decision";
  private static final String APPROVE = "approve";
  private static final String DENY = "deny";

  /** Characters of a name that is shown; whoever makes the call chooses it. */
  private static final int LONGEST_NAME = 200;

  private static final Map<String, ?> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of(
              CHOICE,
              Map.of("type", "string", "title", "Decision", "enum", List.of(DENY, APPROVE))),
          "required",
          List.of(CHOICE));

  private ApprovalForm() {}

  /** The request that shows it. */
  static byte[] request(String id, ApprovalRequest asked) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("jsonrpc", "2.0");
    request.put("id", id);
    request.put("method", METHOD);
    request.put("params", Map.of("message", message(asked), "requestedSchema", SCHEMA));
    return bytes(request);
  }

  /** The result in whose place it is shown, under a key and with a state that come back. */
  static byte[] result(byte[] rawId, String key, String state, ApprovalRequest asked) {
    Map<String, Object> shown =
        Map.of("mode", "form", "message", message(asked), "requestedSchema", SCHEMA);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("resultType", "input_required");
    result.put("inputRequests", Map.of(key, Map.of("method", METHOD, "params", shown)));
    result.put("requestState", state);
    return Answers.result(rawId, result);
  }

  /** The notification that takes it back. */
  static byte[] withdrawn(String id) {
    Map<String, Object> notification = new LinkedHashMap<>();
    notification.put("jsonrpc", "2.0");
    notification.put("method", "notifications/cancelled");
    notification.put(
        "params", Map.of("requestId", id, "reason", "The question is not open any more."));
    return bytes(notification);
  }

  private static byte[] bytes(Map<String, ?> message) {
    return CanonicalJson.text(message).getBytes(StandardCharsets.UTF_8);
  }

  private static String message(ApprovalRequest asked) {
    StringBuilder text = new StringBuilder("Governor asks whether this call may run: ");
    text.append(shown(asked.call().name())).append(" by ").append(shown(asked.agent().id()));
    text.append('.');
    for (RuleHit rule : asked.rules()) {
      text.append(" Rule ").append(rule.id());
      text.append(rule.reason() == null ? " asks first." : ": " + rule.reason());
    }
    return text.toString();
  }

  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(LONGEST_NAME)
        .map(c -> Character.isLetterOrDigit(c) || (c > ' ' && c < 0x7f) ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** Whether the answer is a yes: the form was accepted, and that was chosen in it. */
  static boolean isYes(@Nullable Object result) {
    return result instanceof Map<?, ?> members
        && "accept".equals(members.get("action"))
        && members.get("content") instanceof Map<?, ?> content
        && APPROVE.equals(content.get(CHOICE));
  }
}
