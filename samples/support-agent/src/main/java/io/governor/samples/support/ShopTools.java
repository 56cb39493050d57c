package io.governor.samples.support;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import io.governor.langchain4j.Governed;

/**
 * What the enforced agent can do. Two methods say what their data is; the class of what is exported
 * is told by a function, and that of the others by the policy. Nothing here leaves the process; the
 * answers are made up.
 */
final class ShopTools {

  @Tool(name = "crm.lookup", value = "Looks a customer up by order number")
  @Governed(classification = "pii", authorization = "the customer asked")
  String lookup(@P("order number") String order) {
    return "Mia Berg, mia@shop.example, paid with 4111 1111 1111 1111";
  }

  @Tool(name = "refund.create", value = "Pays an amount back")
  String refund(@P("order number") String order, @P("amount in EUR") double amount) {
    return "refund R-77 created";
  }

  @Tool(name = "mail.send", value = "Sends a mail")
  String send(@P("recipient") String to, @P("the text") String text) {
    return "mail queued";
  }

  @Tool(name = "files.export", value = "Exports the customer's data into a file")
  String export(@P("order number") String order) {
    return "exported to customer-1042.csv";
  }

  @Tool(name = "memory.store", value = "Remembers something about the customer")
  @Governed(classification = "internal", retention = "P30D")
  String store(@P("what to remember") String fact) {
    return "remembered";
  }
}
