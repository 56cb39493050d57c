/**
 * Governs the tool calls of LangChain4j. Start with {@link io.governor.langchain4j.GovernedTools}.
 */
@NullMarked
package io.governor.langchain4j;

import org.jspecify.annotations.NullMarked;
