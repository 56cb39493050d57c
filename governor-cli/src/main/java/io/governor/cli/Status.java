package io.governor.cli;

import io.governor.RuleId;
import io.governor.standard.StandardRules;
import io.governor.trace.ReadReport;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code status} says. */
final class Status {

  private final Invocation invocation;
  private final TraceCatalog catalog;
  private final UntoldLosses untold;
  private final ProfileState profile;
  private final PolicyState policy;
  private final int paused;
  private final PinState pins;
  private final List<String> daemon;
  private final List<String> enforcing;

  Status(
      Invocation invocation,
      TraceCatalog catalog,
      UntoldLosses untold,
      ProfileState profile,
      PolicyState policy,
      int paused) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.untold = untold;
    this.profile = profile;
    this.policy = policy;
    this.paused = paused;
    this.pins = PinState.of(invocation);
    this.daemon = DaemonNotices.of(invocation);
    this.enforcing = EnforcingAgents.of(invocation);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(facts().lines());
    lines.add("");
    if (Traces.all(catalog).isEmpty()) {
      lines.addAll(Traces.nothingYet(invocation));
    } else {
      lines.addAll(invocation.terminal().table(rules()));
    }
    return lines;
  }

  private Facts facts() {
    ReadReport report = catalog.report();
    Facts facts = new Facts();
    facts.add("State root", invocation.stateRoot().toString());
    facts.add("Sessions", sessions());
    facts.add("Paused", paused == 0 ? "none" : Text.count(paused, "session"));
    facts.add("Tool calls", String.valueOf(toolCalls()));
    facts.add("Events", String.valueOf(report.events()));
    facts.add("Losses", losses());
    untold.hooksInWords().ifPresent(words -> facts.add("Hook failures", words));
    daemon.forEach(notice -> facts.add("Hooks' daemon", notice));
    untold.surprisesInWords().ifPresent(words -> facts.add("Hook events", words));
    if (bypassed() > 0) {
      facts.add("Bypassed", Text.count(bypassed(), "refused call") + " ran all the same");
    }
    facts.add("Unreadable", unreadable(report));
    facts.add("Retention", Retention.of(invocation).inWords());
    pins.inWords().ifPresent(words -> facts.add("MCP", words));
    facts.add("Policy", policyInWords());
    HookPolicy.inWords(invocation).ifPresent(words -> facts.add("Hooks' policy", words));
    facts.add("Profile", profile.profileInWords());
    facts.add("Bindings", profile.bindingsInWords());
    Registration.of(invocation).addTo(facts);
    facts.add("Version", "governor " + Version.governor() + ", Java " + Version.java());
    facts.add("System", Version.system());
    return facts;
  }

  private String policyInWords() {
    return policy.present() || enforcing.isEmpty()
        ? policy.inWords()
        : "none, and hooks of "
            + String.join(", ", enforcing)
            + " enforce: they refuse calls until there is one";
  }

  private String sessions() {
    long hidden = catalog.transientSessions();
    String shown = String.valueOf(catalog.sessions().size());
    return hidden == 0 ? shown : shown + ", and " + hidden + " with registration and intent only";
  }

  private String losses() {
    long waiting = untold.waitingEvents();
    long lost = lost() + waiting;
    String none = untold.isIncomplete() ? "none known" : "none";
    String told = lost == 0 ? none : Text.count(lost, "event") + " could not be recorded";
    return waiting == 0 ? told : told + ", " + waiting + " of them in no trace yet";
  }

  private static String unreadable(ReadReport report) {
    List<String> parts = new ArrayList<>();
    add(parts, report.malformed(), "malformed line");
    add(parts, report.torn(), "torn line");
    add(parts, report.unreadable(), "unreadable file");
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String thing) {
    if (count > 0) {
      parts.add(Text.count(count, thing));
    }
  }

  private Table rules() {
    Table table = Table.of("RULE", ">FIRED", "~WHAT IT CHECKS");
    fired().forEach((rule, count) -> table.row(rule, count, title(rule)));
    return table;
  }

  private static String title(String rule) {
    return Explanations.load().find(rule).map(Explanation::title).orElse("");
  }

  private SortedMap<String, Long> fired() {
    SortedMap<String, Long> fired = new TreeMap<>();
    StandardRules.ALL.stream().map(RuleId::value).forEach(id -> fired.put(id, 0L));
    for (SessionSummary session : counted()) {
      session.violations().forEach((rule, count) -> fired.merge(rule, count, Long::sum));
    }
    return fired;
  }

  /** All sessions, and what belongs to none: a count of the same traces counts it too. */
  private List<SessionSummary> counted() {
    List<SessionSummary> counted = new ArrayList<>(Traces.all(catalog));
    counted.add(catalog.withoutSession());
    return counted;
  }

  private long toolCalls() {
    return counted().stream().mapToLong(SessionSummary::toolCalls).sum();
  }

  private long bypassed() {
    return Traces.all(catalog).stream().mapToLong(SessionSummary::bypassed).sum();
  }

  private long lost() {
    return Traces.all(catalog).stream().mapToLong(SessionSummary::lost).sum();
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state_root", invocation.stateRoot().toString());
    json.put("sessions", catalog.sessions().size());
    json.put("transient_sessions", catalog.transientSessions());
    json.put("paused_sessions", paused);
    json.put("tool_calls", toolCalls());
    json.put("events", catalog.report().events());
    json.put("rules", fired());
    json.put("lost_events", lost());
    json.put("lost_events_in_no_trace_yet", untold.waitingEvents());
    json.put("hook_failures", untold.hooksJson());
    json.put("hook_surprises", untold.surprisesJson());
    json.put("bypassed_refusals", bypassed());
    json.put("daemon_notices", daemon);
    json.put("agents_that_enforce", enforcing);
    json.putAll(Traces.json(catalog.report()));
    json.put("retention", Retention.of(invocation).json());
    json.put("mcp_pins", pins.json());
    json.put("policy", policy.json());
    json.put("profile", profile.json());
    Registration registration = Registration.of(invocation);
    json.put("registered", registration.registered());
    json.put("sync_state_unreadable", registration.problem());
    json.put(
        "sync",
        registration.status() == null ? null : SyncStatusCommand.members(registration.status()));
    json.put("version", Version.governor());
    json.put("java", Version.java());
    json.put("system", Version.system());
    return json;
  }
}
