package io.governor.event;

/**
 * The kind of an event. The vocabulary is open: a type of a later version is kept under its name.
 * Immutable; compared by name.
 *
 * @param name the word used in traces
 */
public record EventType(String name) {

  public static final EventType AGENT_REGISTERED = new EventType("AGENT_REGISTERED");
  public static final EventType INTENT_DECLARED = new EventType("INTENT_DECLARED");
  public static final EventType SCOPE_ASSERTED = new EventType("SCOPE_ASSERTED");
  public static final EventType CONTEXT_SNAPSHOT = new EventType("CONTEXT_SNAPSHOT");
  public static final EventType MEMORY_WRITE_ATTEMPT = new EventType("MEMORY_WRITE_ATTEMPT");
  public static final EventType GOVERNANCE_ERROR = new EventType("GOVERNANCE_ERROR");

  @Override
  public String toString() {
    return name;
  }
}
