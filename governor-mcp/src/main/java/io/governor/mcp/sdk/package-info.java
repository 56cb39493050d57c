/**
 * Governs programs that use the official Java SDK of the Model Context Protocol ({@code
 * io.modelcontextprotocol.sdk:mcp-core}): clients at their transport, servers at their tools. The
 * SDK is the host's; nothing else of this module needs it. Start at {@link
 * io.governor.mcp.sdk.GovernedClientTransport} or {@link io.governor.mcp.sdk.GovernedServerTools}.
 */
@NullMarked
package io.governor.mcp.sdk;

import org.jspecify.annotations.NullMarked;
