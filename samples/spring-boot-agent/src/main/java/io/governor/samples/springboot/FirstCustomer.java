package io.governor.samples.springboot;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Has the agent answer once when the application is up, and says where the outcome is shown. */
@Component
class FirstCustomer {

  private static final String MESSAGE = "My order 1042 arrived broken. I want my 499 EUR back.";

  private final SupportAgent agent;
  private final Environment environment;

  FirstCustomer(SupportAgent agent, Environment environment) {
    this.agent = agent;
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  void arrives() {
    say("customer  " + MESSAGE);
    say("agent     " + agent.answer(MESSAGE));
    String address = "http://127.0.0.1:" + environment.getProperty("local.server.port");
    say("The refund was denied by rule SHOP-101. What the governor counted:");
    say("  curl " + address + "/actuator/governor");
    say("  curl " + address + "/actuator/health");
    say("  curl " + address + "/actuator/metrics/governor.rule.fires");
    say("Stop with Ctrl-C.");
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
