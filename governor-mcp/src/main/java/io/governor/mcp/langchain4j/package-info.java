/**
 * Governs programs that use LangChain4j's client of the Model Context Protocol ({@code
 * dev.langchain4j:langchain4j-mcp}) by itself. LangChain4j is the host's; nothing else of this
 * module needs it. Start at {@link io.governor.mcp.langchain4j.GovernedMcpTransport}. AI services
 * are governed by {@code governor-langchain4j}.
 */
@NullMarked
package io.governor.mcp.langchain4j;

import org.jspecify.annotations.NullMarked;
