package io.governor.mcp;

import com.sun.net.httpserver.Headers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which header fields go on: all but those that speak of one connection (RFC 9110, 7.6.1). */
final class HttpFields {

  static final String SESSION = "Mcp-Session-Id";

  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> EVENTS =
      Set.of(
          "text/event-stream", "text/event-stream;charset=utf-8", "text/event-stream;charset=utf8");

  private HttpFields() {}

  /** To the server. No compression is asked for: what cannot be read cannot be judged. */
  static void toServer(Headers from, HttpRequest.Builder to) {
    for (Map.Entry<String, List<String>> field : from.entrySet()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (!OF_THE_CONNECTION.contains(name) && !name.equals("accept-encoding")) {
        field.getValue().forEach(value -> to.header(field.getKey(), value));
      }
    }
  }

  static void toClient(HttpResponse<?> from, Headers to) {
    for (Map.Entry<String, List<String>> field : from.headers().map().entrySet()) {
      if (!OF_THE_CONNECTION.contains(field.getKey().toLowerCase(Locale.ROOT))
          && !field.getKey().startsWith(":")) {
        to.put(field.getKey(), field.getValue());
      }
    }
    if (isEvents(from) && !EVENTS.containsAll(plainTypes(from))) {
      // In another charset a client could read events where we read none; the standard has UTF-8.
      to.set("Content-Type", "text/event-stream");
    }
  }

  private static List<String> plainTypes(HttpResponse<?> from) {
    return from.headers().allValues("Content-Type").stream()
        .map(type -> type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", ""))
        .toList();
  }

  /** Whether a client reads events in the answer to what it posts, as the protocol asks of it. */
  static boolean takesEvents(Headers fields) {
    List<String> accepted = fields.get("Accept");
    return accepted != null
        && accepted.stream()
            .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains("text/event-stream"));
  }

  /** Whether a server answers with a stream of events. */
  static boolean isEvents(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Content-Type")
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .startsWith("text/event-stream");
  }
}
