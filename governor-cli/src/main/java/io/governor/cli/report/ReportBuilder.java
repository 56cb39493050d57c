package io.governor.cli.report;

import io.governor.cli.report.Report.ConsequenceCount;
import io.governor.cli.report.Report.RuleCount;
import io.governor.cli.report.Report.ToolCount;
import io.governor.cli.report.Report.Totals;
import io.governor.cli.report.Report.VerdictCount;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds events up to a {@link Report}. Holds figures for each session, tool, rule and hour, an entry
 * for each model turn, and some events of the newest {@value #DETAILED} sessions: memory does not
 * grow with the number of events otherwise. Confined to one thread.
 */
public final class ReportBuilder {

  /** The operations in the order of a chart; anything else counts as the last. */
  public static final List<String> OPERATIONS = List.of("READ", "WRITE", "DELETE", "EXECUTE");

  /** The events of so many sessions are shown, the newest. */
  static final int DETAILED = 100;

  private static final List<String> VERDICTS = List.of("allow", "warn", "redact", "ask", "deny");

  private static final Comparator<SessionTally> OLDEST_FIRST =
      Comparator.comparing(SessionTally::first, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** A session is known by its surface and its id. */
  private record SessionKey(String surface, String sessionId) {}

  private final TokenTally tokens;
  private final Map<SessionKey, SessionTally> sessions = new LinkedHashMap<>();
  private final List<SessionTally> detailed = new ArrayList<>();
  private final TreeMap<Instant, Map<String, Long>> byHour = new TreeMap<>();
  private final Map<String, long[]> verdicts = new LinkedHashMap<>();
  private final Map<String, Long> ruleEvents = new TreeMap<>();
  private final Map<String, Set<SessionKey>> ruleSessions = new TreeMap<>();
  private final Map<String, long[]> tools = new TreeMap<>();
  private final Map<String, Long> consequences = new TreeMap<>();
  private final Map<String, Set<String>> consequenceRules = new TreeMap<>();
  private final @Nullable Prices prices;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private long events;
  private long calls;
  private long kept;
  private long bypassed;
  private long violations;
  private long lost;

  /**
   * @param prices what tokens cost, or null
   */
  public ReportBuilder(@Nullable Prices prices) {
    this.prices = prices;
    this.tokens = new TokenTally(prices);
    VERDICTS.forEach(verdict -> verdicts.put(verdict, new long[2]));
  }

  /** Adds an event of a session on a surface. */
  public void add(String surface, TraceEvent event) {
    SessionKey key = new SessionKey(surface, event.sessionId());
    events++;
    time(event.timestamp());
    call(event);
    decision(event.governor());
    rules(key, event);
    SessionTally session = sessions.get(key);
    if (session == null) {
      session = new SessionTally(event.sessionId(), surface);
      sessions.put(key, session);
      detailed.add(session);
    }
    session.add(event, tokens(event));
    keepNewest();
  }

  private void keepNewest() {
    if (detailed.size() > DETAILED) {
      SessionTally oldest = Collections.min(detailed, OLDEST_FIRST);
      oldest.dropRows();
      detailed.remove(oldest);
    }
  }

  private void time(@Nullable Instant time) {
    if (time != null) {
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
      byHour.computeIfAbsent(time.truncatedTo(ChronoUnit.HOURS), any -> new TreeMap<>());
    }
  }

  private void call(TraceEvent event) {
    bypassed += event.flags().contains(AdvisoryFlag.ENFORCEMENT_BYPASSED) ? 1 : 0;
    if (event.payload() instanceof ScopeAsserted scope) {
      calls++;
      kept += event.passThrough() ? 0 : 1;
      int operation = OPERATIONS.indexOf(scope.operationType());
      tools
          .computeIfAbsent(scope.toolId(), any -> new long[OPERATIONS.size()])[
          operation < 0 ? OPERATIONS.size() - 1 : operation]++;
    }
  }

  private void decision(@Nullable GovernorMember governor) {
    if (governor == null) {
      return;
    }
    governor.lost().values().forEach(count -> lost += count);
    if (governor.verdict() != null) {
      long[] count = verdicts.computeIfAbsent(governor.verdict(), any -> new long[2]);
      count[0]++;
      count[1] += Boolean.TRUE.equals(governor.enforced()) ? 1 : 0;
    }
  }

  private void rules(SessionKey key, TraceEvent event) {
    for (String rule : event.violations()) {
      violations++;
      ruleEvents.merge(rule, 1L, Long::sum);
      ruleSessions.computeIfAbsent(rule, any -> new HashSet<>()).add(key);
      if (event.timestamp() != null) {
        byHour
            .computeIfAbsent(
                event.timestamp().truncatedTo(ChronoUnit.HOURS), any -> new TreeMap<>())
            .merge(rule, 1L, Long::sum);
      }
    }
    if (event.consequence() != null) {
      consequences.merge(event.consequence(), 1L, Long::sum);
      consequenceRules
          .computeIfAbsent(event.consequence(), any -> new TreeSet<>())
          .addAll(event.violations());
    }
  }

  private long tokens(TraceEvent event) {
    return event.payload() instanceof ContextSnapshot snapshot && snapshot.usage() != null
        ? tokens.add(event.sessionId(), snapshot.usage())
        : 0;
  }

  /**
   * The report on what was added.
   *
   * @param scope what it covers, in words
   * @param unread lines and files that could not be read
   */
  public Report report(String scope, Instant made, long unread) {
    return new Report(
        scope,
        made,
        new Totals(first, last, sessions.size(), events, calls, kept, bypassed, violations, lost),
        Timeline.of(byHour),
        verdicts(),
        rules(),
        tools(),
        tokens.byModel(),
        prices == null ? null : prices.currency(),
        consequences(),
        sessions(),
        unread);
  }

  private List<VerdictCount> verdicts() {
    List<VerdictCount> list = new ArrayList<>();
    verdicts.forEach((verdict, count) -> list.add(new VerdictCount(verdict, count[0], count[1])));
    return list;
  }

  private List<RuleCount> rules() {
    return ruleEvents.entrySet().stream()
        .map(
            entry ->
                new RuleCount(
                    entry.getKey(),
                    entry.getValue(),
                    ruleSessions.getOrDefault(entry.getKey(), Set.of()).size()))
        .sorted(Comparator.comparingLong(RuleCount::events).reversed())
        .toList();
  }

  private List<ToolCount> tools() {
    return tools.entrySet().stream()
        .map(
            entry ->
                new ToolCount(entry.getKey(), Arrays.stream(entry.getValue()).boxed().toList()))
        .sorted(Comparator.comparingLong(ToolCount::calls).reversed())
        .toList();
  }

  private List<ConsequenceCount> consequences() {
    return consequences.entrySet().stream()
        .map(
            entry ->
                new ConsequenceCount(
                    entry.getKey(),
                    List.copyOf(consequenceRules.getOrDefault(entry.getKey(), Set.of())),
                    entry.getValue()))
        .sorted(Comparator.comparingLong(ConsequenceCount::events).reversed())
        .toList();
  }

  private List<SessionReport> sessions() {
    return sessions.values().stream()
        .map(SessionTally::report)
        .sorted(
            Comparator.comparing(
                SessionReport::first, Comparator.nullsLast(Comparator.reverseOrder())))
        .toList();
  }
}
