package io.governor.spring.boot.services;

import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.spring.AiService;

/** Gets every tool there is. */
@AiService
public interface Assistant {
  String ask(@UserMessage String prompt, InvocationParameters where);

  default String ask(String prompt) {
    return ask(prompt, new InvocationParameters());
  }
}
