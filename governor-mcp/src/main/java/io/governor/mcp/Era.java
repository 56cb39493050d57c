package io.governor.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the protocol's two eras a request belongs to. From 2026-07-28 on there are no sessions,
 * and each request says in its {@code _meta} which version it speaks.
 */
final class Era {

  /** Each request of the later era has it; what else begins so is in the earlier one, too. */
  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  private Era() {}

  /** What the client says in a request of the later era that it can do; null when nothing. */
  static @Nullable Object capabilities(Map<String, @Nullable Object> params) {
    return params.get("_meta") instanceof Map<?, ?> meta ? meta.get(CAPABILITIES) : null;
  }

  static boolean stateless(Map<String, @Nullable Object> params) {
    return params.get("_meta") instanceof Map<?, ?> meta && meta.containsKey(VERSION);
  }
}
