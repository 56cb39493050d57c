package io.governor.samples.support;

import io.governor.Agent;
import io.governor.CallHint;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Intent;
import io.governor.ResultHint;
import io.governor.ToolTraits;
import io.governor.langchain4j.GovernedTools;
import io.governor.langchain4j.GovernedToolsBuilder;

/** The same agent under two hosts: one that has said little about it, one that has said enough. */
enum Setup {
  /** Nobody has registered the agent or stated what it is for; two results are classified. */
  AS_IT_IS("As it is: not registered, nothing declared, little classified") {
    @Override
    GovernorBuilder governor() {
      return Governor.builder()
          .agent(Agent.named("support-bot"))
          .tool("web.*", results("public"))
          .tool("crm.lookup", results("pii"));
    }

    @Override
    GovernedToolsBuilder tools(Governor governor) {
      return GovernedTools.with(governor).sessionPerMemory();
    }
  },

  /** Registered, with an intent; every result classified, every lasting write with a retention. */
  IN_ORDER("In order: registered, intent declared, results classified") {
    @Override
    GovernorBuilder governor() {
      ResultHint customerData = ResultHint.classified("pii").authorizedBy("ticket 1042");
      return Governor.builder()
          .agent(
              Agent.named("support-bot")
                  .version("1.4")
                  .owner("shop-support")
                  .capabilities("web", "crm", "refund", "mail", "files", "memory"))
          .tool("web.*", results("public"))
          .tool("{crm,files}.*", ToolTraits.NONE.result(customerData))
          .tool("{refund,mail}.*", results("internal"))
          .tool("memory.*", results("internal").call(new CallHint("internal", "P30D")));
    }

    @Override
    GovernedToolsBuilder tools(Governor governor) {
      return GovernedTools.with(governor)
          .sessionPerMemory()
          .intent(Intent.explicit("Refund a duplicate order and tell the customer"));
    }
  };

  private final String title;

  Setup(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract GovernorBuilder governor();

  abstract GovernedToolsBuilder tools(Governor governor);

  private static ToolTraits results(String classification) {
    return ToolTraits.NONE.result(ResultHint.classified(classification));
  }
}
