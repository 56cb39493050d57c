package io.governor.samples.support;

import io.governor.TraceSink;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells what is said and what is recorded, as it happens, in lines of at most 80 characters. Used
 * by one thread.
 */
final class Transcript implements TraceSink {

  private static final int WIDTH = 80;
  private static final String MARGIN = " ".repeat(11);

  private static final Map<String, String> RULES =
      new TreeMap<>(
          Map.of(
              "POL-001", "undeclared intent or scope",
              "POL-002", "unregistered agent",
              "POL-003", "result without classification",
              "POL-004", "lasting write without class or retention",
              "POL-005", "more sensitive than the result before"));

  private final PrintStream out;
  private final Set<String> sessions = new TreeSet<>();
  private Map<String, Integer> counts = new TreeMap<>();

  Transcript(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println(text);
    out.println("-".repeat(text.length()));
  }

  void line(String text) {
    out.println(text);
  }

  void says(String who, String text) {
    StringBuilder line = new StringBuilder(String.format("%-11s", who));
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        out.println(line.toString().stripTrailing());
        line = new StringBuilder(MARGIN);
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }

  @Override
  public void accept(TraceEvent event) {
    sessions.add(event.sessionId());
    if (event.payload() instanceof AgentRegistered registered) {
      says("governor", "agent " + registered.agentId() + registration(registered));
    } else if (event.payload() instanceof IntentDeclared intent) {
      says("governor", "intent " + intent.intentSource() + ": " + intent.statedObjective());
    } else if (event.payload() instanceof ScopeAsserted scope) {
      says("tool call", scope.toolId() + ", " + scope.operationType() + " " + scope.targetSystem());
    } else if (event.payload() instanceof MemoryWriteAttempt memory) {
      says("", "keeps something in " + memory.targetStore());
    }
    for (String rule : event.violations()) {
      counts.merge(rule, 1, Integer::sum);
      says("", "! " + rule + "  " + RULES.getOrDefault(rule, own(event)));
    }
  }

  private static String registration(AgentRegistered agent) {
    return agent.agentVersion() == null
        ? ", of which nothing else is known"
        : " " + agent.agentVersion() + ", on behalf of " + agent.ownerClaim();
  }

  /** What became of a call that a rule of the policy's own looked at. */
  private static String own(TraceEvent event) {
    GovernorMember governor = event.governor();
    return governor == null ? "a rule of your own" : String.valueOf(governor.verdict());
  }

  /** The sessions told of since the last time this was asked. */
  Set<String> takeSessions() {
    Set<String> taken = new TreeSet<>(sessions);
    sessions.clear();
    return taken;
  }

  /** How often each standard rule fired since the last time this was asked. */
  Map<String, Integer> takeCounts() {
    Map<String, Integer> taken = new TreeMap<>();
    RULES.keySet().forEach(rule -> taken.put(rule, counts.getOrDefault(rule, 0)));
    counts = new TreeMap<>();
    return taken;
  }
}
