package io.governor.spring.boot.streaming;

import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.spring.AiService;

/** Answers bit by bit. */
@AiService
public interface Streamer {
  TokenStream ask(@UserMessage String prompt, InvocationParameters where);
}
