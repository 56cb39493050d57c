package io.governor.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.ToolArguments;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The tool of the adapter's exam, in every form that a host may write it. */
record Crm(Body body) {

  static final String NAME = "crm.lookup";

  static final ToolSpecification SPECIFICATION =
      ToolSpecification.builder()
          .name(NAME)
          .parameters(JsonObjectSchema.builder().addStringProperty("text").build())
          .build();

  private static final AtomicInteger CALLS = new AtomicInteger();

  /** What the tool does. */
  interface Body {
    String run(String text) throws Exception;
  }

  /** A failure on its way through executors of checked code. */
  static final class Wrapped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrapped(Exception cause) {
      super(cause);
    }
  }

  @dev.langchain4j.agent.tool.Tool(name = NAME, value = "Looks a customer up")
  String lookup(@P("what to look for") String text) throws Exception {
    return body.run(text);
  }

  static ToolExecutor executor(Body body) {
    return (request, memoryId) -> {
      try {
        return body.run(text(request));
      } catch (Exception failure) {
        throw new Wrapped(failure);
      }
    };
  }

  static ToolExecutionRequest request(String text) {
    String id = "call-" + CALLS.incrementAndGet();
    return Script.call(id, NAME, ToolArguments.of(Map.of("text", text)).json());
  }

  static String text(ToolExecutionRequest request) {
    return (String) ToolArguments.ofJson(request.arguments()).asMap().get("text");
  }
}
