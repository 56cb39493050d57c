package io.governor.samples.support;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;

/** What the agent can do. Nothing here leaves the process; the answers are made up. */
final class SupportTools {

  @Tool(name = "web.fetch", value = "Reads a page of the shop's web site")
  String fetch(@P("address of the page") String url) {
    return "Returns and refunds: duplicates are refunded within 30 days.";
  }

  @Tool(name = "crm.lookup", value = "Looks a customer up by order number")
  String lookup(@P("order number") String order) {
    return "{\"customer\": \"Mia Berg\", \"mail\": \"mia@shop.example\", \"orders\": [\"1042\"]}";
  }

  @Tool(name = "refund.create", value = "Pays an amount back")
  String refund(@P("order number") String order, @P("amount in EUR") double amount) {
    return "refund R-77 created";
  }

  @Tool(name = "crm.update", value = "Writes a note into the customer's record")
  String update(@P("order number") String order, @P("the note") String note) {
    return "record updated";
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
  String store(@P("what to remember") String fact) {
    return "remembered";
  }
}
