/** An agent whose MCP server runs behind the proxy, or without it. Start at McpAgent. */
@NullMarked
package io.governor.samples.mcp;

import org.jspecify.annotations.NullMarked;
