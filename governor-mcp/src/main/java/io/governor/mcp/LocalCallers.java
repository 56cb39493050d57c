package io.governor.mcp;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may talk to a server on loopback: programs of this machine, and no page that a browser was
 * lured to, whatever name it made resolve to us (DNS rebinding).
 */
final class LocalCallers {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private LocalCallers() {}

  static boolean may(Headers fields) {
    String origin = fields.getFirst("Origin");
    return isLocal("http://" + fields.getFirst("Host")) && (origin == null || isLocal(origin));
  }

  private static boolean isLocal(@Nullable String address) {
    try {
      String host = address == null ? null : URI.create(address).getHost();
      return host != null && NAMES.contains(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
