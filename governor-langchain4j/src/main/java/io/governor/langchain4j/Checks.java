package io.governor.langchain4j;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which AI services were found to reach no tool ungoverned. Services of one interface count as one,
 * for an invocation does not tell them apart. Safe for use by several threads.
 */
final class Checks {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);
  private static final String REFUSAL =
      "Refused: whether every tool of this service is governed has not been checked.";

  private final boolean required;
  private final Set<String> passed = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Checks(boolean required) {
    this.required = required;
  }

  /** Whether services that were not checked may use no tool. */
  boolean required() {
    return required;
  }

  void passed(Class<?> service) {
    passed.add(service.getName());
  }

  void failed(Class<?> service) {
    passed.remove(service.getName());
  }

  /** What the model is told when its service may use no tool, or null when it may. */
  @Nullable String refusal(@Nullable String service) {
    String objection = objection(service);
    if (objection != null && told.add(String.valueOf(service))) {
      LOG.error("{}; its tool calls are refused", objection);
    }
    return objection == null ? null : REFUSAL;
  }

  /** Why the service may not run, or null when it may; calls of no service may. */
  @Nullable String objection(@Nullable String service) {
    return !required || service == null || passed.contains(service)
        ? null
        : "strict: "
            + service
            + " has not been checked: give it to GovernedTools.check once it is built";
  }
}
