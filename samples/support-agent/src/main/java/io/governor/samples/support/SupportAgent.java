package io.governor.samples.support;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;

/** The agent, as LangChain4j sees it. */
interface SupportAgent {

  @SystemMessage("You help the customers of a small shop. Use the tools you are given.")
  String answer(@MemoryId String conversation, @UserMessage String message);
}
