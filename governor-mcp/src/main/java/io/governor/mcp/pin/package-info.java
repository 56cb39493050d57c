/**
 * What MCP servers said about their tools when somebody trusted them, and how that differs from
 * what they say now. Start at {@link io.governor.mcp.pin.ToolPins}. Nothing here calls a tool or
 * starts a server.
 */
@NullMarked
package io.governor.mcp.pin;

import org.jspecify.annotations.NullMarked;
