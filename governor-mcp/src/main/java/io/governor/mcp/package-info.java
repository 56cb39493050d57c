/**
 * Governs the Model Context Protocol at the wire: messages pass as the bytes they came in, and only
 * what a rule refuses or rewrites is touched. Start at {@link io.governor.mcp.McpProxy}; {@link
 * io.governor.mcp.McpConnection} is for transports of the host's own.
 */
@NullMarked
package io.governor.mcp;

import org.jspecify.annotations.NullMarked;
