package io.governor.spring.boot.explicit;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.spring.AiService;
import dev.langchain4j.service.spring.AiServiceWiringMode;

/** Gets what it names, and nothing else. */
@AiService(
    wiringMode = AiServiceWiringMode.EXPLICIT,
    chatModel = "clerkModel",
    tools = "crm",
    toolProvider = "mail")
public interface Clerk {
  String ask(@UserMessage String prompt);
}
