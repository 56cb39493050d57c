package io.governor.mcp;

import com.sun.net.httpserver.Headers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What header fields repeat of a message (specification 2026-07-28, streamable HTTP, request
 * metadata): its method, what it names, its version, and the arguments that a tool's schema marks
 * with {@code x-mcp-header}. We decide by the message alone; that the fields say the same is
 * checked so that nobody behind us decides by something else. Stateless.
 */
final class MirroredFields {

  static final String VERSION = "MCP-Protocol-Version";
  static final String METHOD = "Mcp-Method";
  static final String NAME = "Mcp-Name";

  /** How the names of fields begin that repeat arguments. */
  static final String PARAM = "Mcp-Param-";

  private static final String OF_MESSAGE = "io.modelcontextprotocol/protocolVersion";
  private static final String ENCODED = "=?base64?";
  private static final String END = "?=";

  /** Longer values are left out: no server takes them, and most say so. */
  private static final int LONGEST = 8192;

  private static final Set<String> BY_NAME = Set.of("tools/call", "prompts/get");
  private static final Set<String> BY_TASK =
      Set.of("tasks/get", "tasks/update", "tasks/cancel", "tasks/result");

  private MirroredFields() {}

  /**
   * The fields that go with a request of this era.
   *
   * @param marked where the tool's marked arguments stand, by the rest of their fields' names
   */
  static Map<String, String> of(Message.Request request, Map<String, List<String>> marked) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, VERSION, version(request));
    put(fields, METHOD, request.method());
    put(fields, NAME, name(request));
    marked.forEach((name, path) -> put(fields, PARAM + name, argument(request, path)));
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    String encoded = value == null ? "" : encoded(value);
    if (value != null && encoded.length() <= LONGEST) {
      fields.put(name, encoded);
    }
  }

  private static @Nullable String version(Message.Request request) {
    return request.params().get("_meta") instanceof Map<?, ?> meta
            && meta.get(OF_MESSAGE) instanceof String version
        ? version
        : null;
  }

  /** What a request names; null for one that names nothing. */
  private static @Nullable String name(Message.Request request) {
    String member =
        BY_NAME.contains(request.method())
            ? "name"
            : request.method().equals("resources/read")
                ? "uri"
                : BY_TASK.contains(request.method()) ? "taskId" : null;
    return member != null && request.params().get(member) instanceof String text ? text : null;
  }

  private static @Nullable String argument(Message.Request request, List<String> path) {
    Object value = request.params().get("arguments");
    for (String step : path) {
      value = value instanceof Map<?, ?> members ? members.get(step) : null;
    }
    return text(value);
  }

  /** A value as a field has it; null for one that no field can have. */
  static @Nullable String text(@Nullable Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    BigInteger whole = value instanceof Number number ? whole(number.toString()) : null;
    return whole == null ? null : whole.toString();
  }

  private static @Nullable BigInteger whole(String number) {
    try {
      BigDecimal exact = new BigDecimal(number);
      return Math.abs((long) exact.scale()) > 40 ? null : exact.toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /** As it stands where that is plain, and else in base64. */
  static String encoded(String value) {
    boolean plain =
        !value.isEmpty()
            && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)
            && value.equals(value.strip())
            && !(value.startsWith(ENCODED) && value.endsWith(END));
    return plain
        ? value
        : ENCODED
            + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
            + END;
  }

  /** What a field says; null where it cannot be decoded. */
  static @Nullable String decoded(String field) {
    if (!field.startsWith(ENCODED)
        || !field.endsWith(END)
        || field.length() < ENCODED.length() + END.length()) {
      return field;
    }
    try {
      String inside = field.substring(ENCODED.length(), field.length() - END.length());
      return new String(Base64.getDecoder().decode(inside), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What is answered to a message whose header says something else than it does, or null. */
  static byte @Nullable [] contradicted(Headers fields, ServerTools tools, byte[] body) {
    Frame.Part part = areIn(fields) ? HttpFront.only(body) : null;
    if (part == null
        || !(part.message() instanceof Message.Request request)
        || !Era.stateless(request.params())) {
      return null;
    }
    String field = contradiction(request, tools.markedArguments(request), fields);
    return field == null ? null : Answers.contradicted(new JsonBytes(body), part, field);
  }

  /** Whether a client says anything about its message in its header. */
  static boolean areIn(Headers fields) {
    return fields.containsKey(VERSION)
        || fields.containsKey(METHOD)
        || fields.containsKey(NAME)
        || fields.keySet().stream().anyMatch(MirroredFields::isParam);
  }

  /**
   * Which field says something else than the message.
   *
   * @return its name, or null; a field that is missing contradicts nothing
   */
  static @Nullable String contradiction(
      Message.Request request, Map<String, List<String>> marked, Headers fields) {
    if (differs(version(request), fields.get(VERSION))) {
      return VERSION;
    }
    if (differs(request.method(), fields.get(METHOD))) {
      return METHOD;
    }
    String name = name(request);
    if (name != null && differs(name, fields.get(NAME))) {
      return NAME;
    }
    for (Map.Entry<String, List<String>> each : marked.entrySet()) {
      List<String> given = fields.get(PARAM + each.getKey());
      if (given != null && differs(argument(request, each.getValue()), given)) {
        return PARAM + each.getKey();
      }
    }
    return null;
  }

  private static boolean differs(@Nullable String said, @Nullable List<String> fields) {
    return fields != null && fields.stream().anyMatch(field -> !isSame(said, decoded(field)));
  }

  /** Whole numbers are the same however they are written. */
  private static boolean isSame(@Nullable String said, @Nullable String field) {
    if (said == null || field == null) {
      return false;
    }
    BigInteger number = said.equals(field) ? null : whole(said);
    return said.equals(field) || (number != null && number.equals(whole(field)));
  }

  /**
   * The client's fields for a message that a rule has rewritten: what was taken out of the message
   * does not go on in its header.
   */
  static Headers rewritten(
      Headers sent,
      byte[] before,
      byte[] after,
      Message.Request request,
      Map<String, List<String>> marked) {
    Headers fields = new Headers();
    fields.putAll(RewrittenFields.of(sent, before, after));
    Map<String, String> own = of(request, marked);
    if (own.containsKey(NAME)) {
      put(fields, sent, NAME, own.get(NAME));
    }
    marked.keySet().forEach(name -> put(fields, sent, PARAM + name, own.get(PARAM + name)));
    return fields;
  }

  /** A field that the client sent says what the message says now. */
  private static void put(Headers fields, Headers sent, String name, @Nullable String value) {
    if (value == null) {
      fields.remove(name);
    } else if (sent.containsKey(name)) {
      fields.set(name, value);
    }
  }

  private static boolean isParam(String name) {
    return name.regionMatches(true, 0, PARAM, 0, PARAM.length());
  }
}
