package io.governor.mcp;

import io.governor.Decision;
import io.governor.RuleHit;
import io.governor.json.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers we give in the place of the other side. */
final class Answers {

  /** Of the range that MCP leaves to implementations. */
  static final int REFUSED = -32001;

  /** The other side is gone, or never answered. */
  static final int UNANSWERED = -32002;

  /** The other side answered, and nobody could read it. */
  static final int UNREADABLE = -32003;

  /** Of the range that MCP keeps for itself. */
  private static final int MISMATCH = -32020;

  static final String META = "io.governor/rules";

  private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] NULL = ascii("null");

  private Answers() {}

  /**
   * A request was refused, or its result withheld. A tool's is a result that the model reads, as
   * the specification asks; everything else is an error.
   */
  static byte[] refused(Exchange exchange, Decision decision, boolean asError) {
    return refused(exchange, exchange.governed(), decision, asError);
  }

  /**
   * As {@link #refused(Exchange, Decision, boolean)}, for a request that asks for another's result.
   */
  static byte[] refused(
      Exchange exchange, @Nullable GovernedMethod governed, Decision decision, boolean asError) {
    if (governed == GovernedMethod.ELICITATION && !asError) {
      return result(exchange.rawId(), Map.of("action", "decline"));
    }
    if (governed != GovernedMethod.TOOLS_CALL || asError) {
      return message(exchange.rawId(), "error", refusal(decision));
    }
    Map<String, Object> result = refusedResult(decision);
    if (exchange.stateless()) {
      result.put("resultType", "complete");
    }
    return result(exchange.rawId(), result);
  }

  /** What the model reads in the place of a tool's result. */
  static Map<String, Object> refusedResult(Decision decision) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("content", List.of(Map.of("type", "text", "text", decision.message())));
    result.put("isError", true);
    result.put("_meta", Map.of(META, rules(decision)));
    return result;
  }

  /** The error that stands for a refusal. */
  static Map<String, Object> refusal(Decision decision) {
    return error(REFUSED, decision.message(), Map.of("rules", rules(decision)));
  }

  private static List<String> rules(Decision decision) {
    return decision.rules().stream()
        .filter(RuleHit::enforced)
        .map(hit -> hit.id().value())
        .toList();
  }

  /** A frame could not be read, for each request it may have been. */
  static List<byte[]> unread(RefusedFrame refused) {
    List<byte[]> ids = refused.ids().isEmpty() ? List.of(NULL) : refused.ids();
    return ids.stream().map(id -> error(id, refused.code(), refused.reason(), Map.of())).toList();
  }

  /** A header field says something else than its message (2026-07-28, server validation). */
  static byte[] contradicted(JsonBytes json, Frame.Part part, String field) {
    JsonBytes.Span id = json.member(part.place(), "id");
    return error(
        id == null ? NULL : json.bytes(id),
        MISMATCH,
        "Header mismatch: expected " + field + " to say what the message says",
        Map.of());
  }

  /** Streamable HTTP carries one message a request. */
  static byte[] batchRefused() {
    return error(
        NULL,
        -32600,
        "expected one message: the protocol has no batches since 2025-06-18",
        Map.of());
  }

  static byte[] error(byte[] rawId, int code, String message, Map<String, ?> data) {
    return message(rawId, "error", error(code, message, data));
  }

  private static Map<String, Object> error(int code, String message, Map<String, ?> data) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    if (!data.isEmpty()) {
      error.put("data", data);
    }
    return error;
  }

  static byte[] result(byte[] rawId, Map<String, ?> result) {
    return message(rawId, "result", result);
  }

  private static byte[] message(byte[] rawId, String member, Map<String, ?> value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.writeBytes(HEAD);
    out.writeBytes(rawId);
    out.writeBytes(ascii(",\"" + member + "\":"));
    out.writeBytes(ascii(CanonicalJson.text(value)));
    out.write('}');
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
