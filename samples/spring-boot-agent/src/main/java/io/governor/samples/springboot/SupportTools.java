package io.governor.samples.springboot;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import org.springframework.stereotype.Component;

/** What the agent can do. Nothing here leaves the process; the answers are made up. */
@Component
class SupportTools {

  @Tool(name = "crm.lookup", value = "Looks a customer up by order number")
  String lookup(@P("order number") String order) {
    return "{\"customer\": \"Mia Berg\", \"mail\": \"mia@shop.example\", \"paid\": 499.0}";
  }

  @Tool(name = "refund.create", value = "Pays an amount back")
  String refund(@P("order number") String order, @P("amount in EUR") double amount) {
    return "refund R-77 created";
  }

  @Tool(name = "mail.send", value = "Sends a mail")
  String send(@P("recipient") String to, @P("the text") String text) {
    return "mail queued";
  }
}
