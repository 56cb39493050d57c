package io.governor.spring.boot.app;

import dev.langchain4j.model.chat.ChatModel;
import io.governor.spring.boot.Script;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application as its author would write it; nothing in it names Governor. */
@SpringBootApplication
public class DeskApplication {

  @Bean
  Script script() {
    return new Script();
  }

  @Bean
  ChatModel model(Script script) {
    return script.model();
  }
}
