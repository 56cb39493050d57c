package io.governor;

import org.jspecify.annotations.Nullable;

/**
 * What an MCP server says about its own tool. Null means it said nothing. The words are the
 * server's: they can raise an operation, and lower it only when the host declares the server
 * trusted (execution record, section 5.1).
 *
 * @param readOnly {@code readOnlyHint}
 * @param destructive {@code destructiveHint}
 * @param trusted whether the host trusts this server's annotations
 */
public record ToolAnnotations(
    @Nullable Boolean readOnly, @Nullable Boolean destructive, boolean trusted) {

  /** The server said nothing. */
  public static final ToolAnnotations NONE = new ToolAnnotations(null, null, false);
}
