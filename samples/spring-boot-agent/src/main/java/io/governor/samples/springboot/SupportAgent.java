package io.governor.samples.springboot;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.spring.AiService;

/** The agent; LangChain4j's starter gives it the application's model and tools. */
@AiService
interface SupportAgent {
  String answer(@UserMessage String message);
}
