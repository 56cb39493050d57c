package io.governor.spring.boot.app;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.spring.AiService;

/** The application's agent. */
@AiService
public interface Desk {
  String ask(@UserMessage String prompt);
}
