package io.governor.spring.boot.app;

import dev.langchain4j.agent.tool.Tool;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What the agent can do. */
@Component
public class DeskTools {

  private final AtomicInteger refunds = new AtomicInteger();

  @Tool(name = "crm.lookup", value = "Looks a customer up")
  String lookup(String text) {
    return "found " + text;
  }

  @Tool(name = "refund.pay", value = "Pays money back")
  String pay(String text) {
    refunds.incrementAndGet();
    return "paid " + text;
  }

  /** How often money was paid. */
  public int refunds() {
    return refunds.get();
  }
}
