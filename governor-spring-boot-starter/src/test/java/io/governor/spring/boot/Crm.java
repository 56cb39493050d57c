package io.governor.spring.boot;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import java.util.concurrent.atomic.AtomicInteger;

/** A customer database as an application would have it. */
public class Crm {

  /** What the tool does. */
  interface Body {
    String run(String text) throws Exception;
  }

  private final AtomicInteger runs = new AtomicInteger();
  private final Body body;

  public Crm() {
    this(text -> "found " + text);
  }

  Crm(Body body) {
    this.body = body;
  }

  @Tool(name = "crm.lookup", value = "Looks a customer up")
  public String lookup(@P("what to look for") String text) throws Exception {
    runs.incrementAndGet();
    return body.run(text);
  }

  @Tool(
      name = "crm.open",
      value = "Shows a customer to the user",
      returnBehavior = ReturnBehavior.TO_LLM)
  public String open(@P("which one") String text) {
    runs.incrementAndGet();
    return "opened " + text;
  }

  int runs() {
    return runs.get();
  }
}
