package io.governor.collector.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came. Its {@code toString} shows neither headers nor body. Immutable; safe to
 * share between threads.
 */
public final class ReceivedRequest {

  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final String head;
  private final byte[] body;

  ReceivedRequest(
      String method, String target, Map<String, String> headers, String head, byte[] body) {
    this.method = method;
    this.target = target;
    this.headers = Map.copyOf(headers);
    this.head = head;
    this.body = body;
  }

  public String method() {
    return method;
  }

  /** Path and query. */
  public String target() {
    return target;
  }

  /** Values by name in lower case. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The value of a header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Request line and headers, byte for byte as characters, with the empty line. */
  public String head() {
    return head;
  }

  public byte[] body() {
    return body.clone();
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + target + " with " + body.length + " bytes";
  }
}
