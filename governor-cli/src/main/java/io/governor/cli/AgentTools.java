package io.governor.cli;

import io.governor.Origin;
import io.governor.RuleId;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.analysis.BaselineFilter;
import io.governor.analysis.Pulse;
import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.json.CanonicalJson;
import io.governor.json.JsonWriter;
import io.governor.mcp.AgentTool;
import io.governor.mcp.AgentTool.Refusal;
import io.governor.policy.Policy;
import io.governor.standard.StandardRules;
import io.governor.trace.SessionSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tools with which agents look at their own governance. */
final class AgentTools {

  private static final Map<String, ?> SESSION =
      Map.of("session_id", Map.of("type", "string", "description", "The whole id of a session."));

  private final Invocation invocation;
  private final String agent;
  private final LatestPolicy decides;
  private final AgentSessions sessions;
  private final AgentDeclaration declaration;

  /**
   * @param agent who calls, where it is asked what would become of a call
   * @param decides what decides about it
   */
  AgentTools(Invocation invocation, String agent, LatestPolicy decides, InstantSource clock) {
    this.invocation = invocation;
    this.agent = agent;
    this.decides = decides;
    this.sessions = new AgentSessions(invocation);
    this.declaration = new AgentDeclaration(invocation, sessions, clock);
  }

  /** What a tool does. */
  private interface Work {
    String on(Map<String, @Nullable Object> arguments) throws Refusal;
  }

  private record Offered(
      String name, String description, Map<String, ?> inputSchema, boolean readOnly, Work work)
      implements AgentTool {
    @Override
    public String call(Map<String, @Nullable Object> arguments) throws Refusal {
      AgentArguments.known(arguments, inputSchema);
      return work.on(arguments);
    }
  }

  List<AgentTool> all() {
    return List.of(
        reads("governor_status", "What is recorded, lost and in force.", schema(), this::status),
        reads(
            "governor_list_sessions",
            "The recorded sessions, newest first.",
            schema(Map.of("limit", whole("How many, 1 to 100."))),
            this::list),
        reads(
            "governor_get_session",
            "A session's events, oldest first, and what was violated.",
            schema(
                Map.of(
                    "session_id",
                    Map.of("type", "string"),
                    "offset",
                    whole("Events to pass over."),
                    "limit",
                    whole("How many events, 1 to 200.")),
                "session_id"),
            this::session),
        reads(
            "governor_violations",
            "How often rules fired; of one session, on which calls.",
            schema(SESSION),
            this::violations),
        reads(
            "governor_pulse",
            "What a session's model turns cost, and how much of that went with violations.",
            schema(SESSION, "session_id"),
            this::pulse),
        reads(
            "governor_explain",
            "What a rule of the governor's or a flag means, and what to do about it.",
            schema(Map.of("what", Map.of("type", "string")), "what"),
            AgentTools::explain),
        reads(
            "governor_check",
            "What the policy would say to a call. Nothing is run or recorded.",
            schema(
                Map.of("tool", Map.of("type", "string"), "arguments", Map.of("type", "object")),
                "tool"),
            this::check),
        new Offered(
            "governor_declare_intent",
            "State what this session is for and the systems it needs. It is recorded as declared by"
                + " you, holds from now on, and is refused where it is not certain which session is"
                + " yours.",
            schema(
                Map.of(
                    "objective",
                    Map.of("type", "string"),
                    "systems",
                    Map.of("type", "array", "items", Map.of("type", "string"))),
                "objective",
                "systems"),
            false,
            declaration::declare));
  }

  private static AgentTool reads(
      String name, String description, Map<String, ?> schema, Work work) {
    return new Offered(name, description, schema, true, work);
  }

  private static Map<String, ?> schema() {
    return schema(Map.of());
  }

  private static Map<String, ?> schema(Map<String, ?> properties, String... required) {
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        List.of(required),
        "additionalProperties",
        false);
  }

  private static Map<String, ?> whole(String description) {
    return Map.of("type", "integer", "description", description);
  }

  private String status(Map<String, @Nullable Object> given) throws Refusal {
    try {
      Status status =
          new Status(
              invocation,
              sessions.catalog(),
              UntoldLosses.of(invocation),
              ProfileState.of(invocation.stateRoot()),
              PolicyState.of(invocation.stateRoot()),
              PauseChoice.count(invocation));
      return Json.text(status.json());
    } catch (IOException | CommandFailure e) {
      throw new Refusal("The state root cannot be read.");
    }
  }

  private String list(Map<String, @Nullable Object> given) throws Refusal {
    int limit = AgentArguments.whole(given, "limit", 1, 100, 20);
    List<SessionSummary> all =
        sessions.all().stream().filter(session -> !session.isTransient()).toList();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("sessions", all.stream().limit(limit).map(AgentTools::summary).toList());
    answer.put("total", all.size());
    return Json.text(answer);
  }

  private static Map<String, @Nullable Object> summary(SessionSummary session) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("session_id", session.sessionId());
    answer.put("agent_id", session.agentId());
    answer.put("surface", session.surface());
    answer.put("first_event", Times.json(session.first()));
    answer.put("last_event", Times.json(session.last()));
    answer.put("events", session.events());
    answer.put("tool_calls", session.toolCalls());
    answer.put("rules", session.violations());
    return answer;
  }

  private String session(Map<String, @Nullable Object> given) throws Refusal {
    int offset = AgentArguments.whole(given, "offset", 0, Integer.MAX_VALUE, 0);
    int limit = AgentArguments.whole(given, "limit", 1, 200, 50);
    RecordedSession session = sessions.read(given);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("session_id", session.sessionId());
    answer.put("agent_id", session.agentId());
    answer.put("event_count", session.events().size());
    answer.putAll(BaselineFilter.of(session.events()).toMap());
    answer.put("offset", offset);
    answer.put(
        "events",
        session.events().stream().skip(offset).limit(limit).map(AgentTools::written).toList());
    return Json.text(answer);
  }

  private static Json.Written written(TraceEvent event) {
    JsonWriter out = new JsonWriter(1024);
    EventEncoder.encode(event, out);
    return new Json.Written(out.toByteArray());
  }

  private String violations(Map<String, @Nullable Object> given) throws Refusal {
    if (given.get("session_id") == null) {
      Map<String, Long> fired = new TreeMap<>();
      StandardRules.ALL.stream().map(RuleId::value).forEach(id -> fired.put(id, 0L));
      for (SessionSummary session : sessions.all()) {
        session.violations().forEach((rule, count) -> fired.merge(rule, count, Long::sum));
      }
      return Json.text(Map.of("rules", fired));
    }
    RecordedSession session = sessions.read(given);
    List<Object> events = new ArrayList<>();
    session.events().stream()
        .filter(event -> !event.violations().isEmpty())
        .forEach(event -> events.add(violation(event)));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("session_id", session.sessionId());
    answer.put("total", events.size());
    answer.put("events", events.stream().limit(200).toList());
    return Json.text(answer);
  }

  private static Map<String, @Nullable Object> violation(TraceEvent event) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("event_id", event.eventId());
    answer.put("time", Times.json(event.timestamp()));
    answer.put("event_type", event.type().name());
    answer.put("rules", event.violations());
    answer.put("ran", event.passThrough());
    return answer;
  }

  private String pulse(Map<String, @Nullable Object> given) throws Refusal {
    RecordedSession session = sessions.read(given);
    return Json.text(new LinkedHashMap<>(Pulse.of(session.events(), 0).toMap()));
  }

  private static String explain(Map<String, @Nullable Object> given) throws Refusal {
    return Json.text(
        Explanations.load()
            .find(AgentArguments.text(given, "what", 64))
            .orElseThrow(() -> new Refusal("There is no such rule or flag."))
            .json());
  }

  private String check(Map<String, @Nullable Object> given) throws Refusal {
    String tool = AgentArguments.text(given, "tool", 1024);
    Object arguments = given.getOrDefault("arguments", Map.of());
    Policy policy = decides.policy();
    if (policy == null) {
      throw new Refusal("There is no policy that would decide.");
    }
    if (!(arguments instanceof Map<?, ?>)) {
      throw new Refusal("arguments: expected an object");
    }
    ToolCall call = ToolCall.of(tool, ToolArguments.ofJson(CanonicalJson.text(arguments)));
    try (CallChecker checker = new CallChecker(policy, invocation.stateRoot())) {
      CheckedCall checked = new CheckedCall("0", call, agent, null, Origin.MCP, null, null, 0);
      JsonWriter out = new JsonWriter(256);
      checker.check(checked).write("0", out);
      return new String(out.toByteArray(), StandardCharsets.UTF_8).strip();
    }
  }
}
