package io.governor.policy;

import io.governor.CallLimit;
import io.governor.GovernorRules;
import io.governor.Mode;
import io.governor.Operation;
import io.governor.Origin;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a policy says about a call the slow way: every rule, every condition as it is written,
 * every past call kept. Shares no code with the evaluator beyond the values of the document; it is
 * here to disagree with it.
 */
final class NaiveEvaluator {

  private final Policy policy;
  private final Map<String, List<Instant>> past = new TreeMap<>();
  private final Map<String, List<String>> withdrawn = new TreeMap<>();
  private final TreeSet<String> paused = new TreeSet<>();

  NaiveEvaluator(Policy policy) {
    this.policy = policy;
  }

  /**
   * A call as the naive evaluator sees it.
   *
   * @param session what tells it from every other session
   * @param sessionId its id, which sessions of several origins may share
   * @param arguments null when they cannot be read
   */
  record Call(
      String agent,
      String session,
      String sessionId,
      Origin origin,
      String tool,
      Operation operation,
      @Nullable Map<String, @Nullable Object> arguments,
      Instant time) {}

  /** What it says: the rules that matched with what they say, those that failed, the outcome. */
  record Answer(
      Map<RuleId, Verdict> rules, TreeSet<RuleId> failed, Verdict verdict, boolean runs) {}

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  void release(String sessionId) {
    paused.remove(sessionId);
  }

  /** What holds for the session is looked at first, and changed last. */
  Answer judge(Call call) {
    Map<RuleId, Verdict> held = new TreeMap<>();
    if (paused.contains(call.sessionId())) {
      held.put(GovernorRules.PAUSED, Verdict.DENY);
    }
    List<String> tools = withdrawn.computeIfAbsent(call.session(), k -> new ArrayList<>());
    if (tools.stream().anyMatch(tool -> glob(tool, call.tool()))) {
      held.put(GovernorRules.WITHDRAWN, Verdict.DENY);
    }
    Answer answer = judge(call, held);
    for (PolicyRule rule : policy.rules()) {
      Mode mode = rule.mode() == null ? policy.mode() : rule.mode();
      boolean fired = answer.rules().containsKey(rule.id()) && !answer.failed().contains(rule.id());
      if (fired && mode == Mode.ENFORCE) {
        tools.addAll(rule.contract());
        if (rule.pause()) {
          paused.add(call.sessionId());
        }
      }
    }
    return answer;
  }

  private Answer judge(Call call, Map<RuleId, Verdict> held) {
    Map<RuleId, Verdict> hits = new TreeMap<>(held);
    TreeSet<RuleId> failed = new TreeSet<>();
    Verdict enforced = held.isEmpty() ? Verdict.ALLOW : Verdict.DENY;
    List<PolicyRule> limited = new ArrayList<>();
    for (PolicyRule rule : policy.rules()) {
      Mode mode = rule.mode() == null ? policy.mode() : rule.mode();
      if (mode == Mode.OFF || rule.tools().stream().noneMatch(tool -> glob(tool, call.tool()))) {
        continue;
      }
      try {
        if (rule.when() != null && !holds(rule.when(), call)) {
          continue;
        }
      } catch (Unreadable e) {
        failed.add(rule.id());
        if (mode == Mode.ENFORCE && rule.onError() == Rule.OnError.DENY) {
          hits.put(rule.id(), Verdict.DENY);
          enforced = Verdict.DENY;
        }
        continue;
      }
      if (rule.limit() != null) {
        limited.add(rule);
        continue;
      }
      hits.put(rule.id(), rule.effect());
      enforced = mode == Mode.ENFORCE ? enforced.or(rule.effect()) : enforced;
    }
    Verdict own = ownHits(call, hits);
    enforced = policy.mode() == Mode.ENFORCE ? enforced.or(own) : enforced;
    for (PolicyRule rule : limited) {
      if (callsWithin(rule, call) >= rule.limit().calls()) {
        hits.put(rule.id(), rule.effect());
        Mode mode = rule.mode() == null ? policy.mode() : rule.mode();
        enforced = mode == Mode.ENFORCE ? enforced.or(rule.effect()) : enforced;
      }
    }
    boolean runs = enforced.compareTo(Verdict.ASK) < 0;
    if (runs) {
      limited.forEach(
          rule -> past.computeIfAbsent(key(rule, call), k -> new ArrayList<>()).add(call.time()));
    }
    Verdict verdict = hits.values().stream().reduce(Verdict.ALLOW, Verdict::or);
    return new Answer(hits, failed, verdict, runs);
  }

  private Verdict ownHits(Call call, Map<RuleId, Verdict> hits) {
    int before = hits.size();
    if (policy.mode() == Mode.OFF) {
      return Verdict.ALLOW;
    }
    if (call.arguments() == null) {
      hits.put(GovernorRules.UNREADABLE, Verdict.DENY);
    }
    boolean hasAllowList = false;
    boolean allowed = false;
    boolean denied = false;
    for (AgentEntry entry : policy.agents()) {
      if (glob(entry.agent(), call.agent())) {
        denied |= entry.deny().stream().anyMatch(tool -> glob(tool, call.tool()));
        if (entry.allow() != null) {
          hasAllowList = true;
          allowed |= entry.allow().stream().anyMatch(tool -> glob(tool, call.tool()));
        }
      }
    }
    if (denied) {
      hits.put(GovernorRules.DENIED, Verdict.DENY);
    } else if (hasAllowList && !allowed) {
      hits.put(GovernorRules.NOT_ALLOWED, Verdict.DENY);
    }
    return hits.size() > before ? Verdict.DENY : Verdict.ALLOW;
  }

  private long callsWithin(PolicyRule rule, Call call) {
    return past.getOrDefault(key(rule, call), List.of()).stream()
        .filter(time -> time.plus(rule.limit().within()).isAfter(call.time()))
        .count();
  }

  private static String key(PolicyRule rule, Call call) {
    CallLimit.Scope per = rule.limit().per();
    String whose =
        per == CallLimit.Scope.SESSION
            ? call.session()
            : per == CallLimit.Scope.AGENT ? call.agent() : "";
    return rule.id() + "|" + whose;
  }

  /** Whether it holds; of arguments that cannot be read nothing about them does. */
  static boolean holdsReadable(Condition condition, Call call) {
    try {
      return holds(condition, call);
    } catch (Unreadable e) {
      return false;
    }
  }

  private static boolean holds(Condition condition, Call call) {
    if (condition instanceof Condition.All all) {
      return all.conditions().stream().allMatch(each -> holds(each, call));
    }
    if (condition instanceof Condition.Any any) {
      return any.conditions().stream().anyMatch(each -> holds(each, call));
    }
    if (condition instanceof Condition.Not not) {
      return !holds(not.condition(), call);
    }
    if (condition instanceof Condition.Argument argument) {
      if (call.arguments() == null) {
        throw new Unreadable();
      }
      Comparison comparison = argument.comparison();
      boolean negated = false;
      while (comparison instanceof Comparison.Not not) {
        negated = !negated;
        comparison = not.comparison();
      }
      boolean any = false;
      for (Object value : values(List.of(call.arguments()), argument.pointer().steps())) {
        any |= satisfies(value, comparison);
      }
      return any != negated;
    }
    if (condition instanceof Condition.Time time) {
      return isIn(time, call.time());
    }
    if (condition instanceof Condition.OperationIs operation) {
      return operation.operations().contains(call.operation());
    }
    if (condition instanceof Condition.OriginIs origin) {
      return origin.origins().contains(call.origin());
    }
    if (condition instanceof Condition.ServerIs server) {
      String[] parts = call.tool().split("__", 3);
      return parts.length == 3
          && parts[0].equals("mcp")
          && server.servers().stream().anyMatch(name -> glob(name, parts[1]));
    }
    if (condition instanceof Condition.MethodIs method) {
      String[] parts = call.tool().split("__", 3);
      if (parts.length < 3 || !parts[0].equals("mcp")) {
        return false;
      }
      String asked = parts[2].equals("resources/read") ? parts[2] : "tools/call";
      return method.methods().stream().anyMatch(name -> glob(name, asked));
    }
    throw new IllegalArgumentException("not generated");
  }

  /** Every minute of a week is either in or out; here by looking back to when the window began. */
  private static boolean isIn(Condition.Time window, Instant time) {
    ZonedDateTime moment = time.atZone(window.zone());
    int now = moment.toLocalTime().toSecondOfDay();
    int from = window.from().toSecondOfDay();
    int to = window.to().toSecondOfDay();
    boolean today = window.days().contains(moment.getDayOfWeek());
    boolean yesterday = window.days().contains(moment.toLocalDate().minusDays(1).getDayOfWeek());
    if (from < to) {
      return today && now >= from && now < to;
    }
    return (today && now >= from) || (yesterday && now < to);
  }

  private static List<@Nullable Object> values(List<@Nullable Object> from, List<String> steps) {
    List<@Nullable Object> values = from;
    for (String step : steps) {
      List<@Nullable Object> next = new ArrayList<>();
      for (Object value : values) {
        if (value instanceof List<?> list && step.equals("*")) {
          next.addAll(list.isEmpty() ? List.of(ArgumentPointer.ABSENT) : list);
        } else if (value instanceof List<?> list && step.matches("0|[1-9][0-9]{0,8}")) {
          int index = Integer.parseInt(step);
          next.add(index < list.size() ? list.get(index) : ArgumentPointer.ABSENT);
        } else if (value instanceof Map<?, ?> map && map.containsKey(step)) {
          next.add(map.get(step));
        } else {
          next.add(ArgumentPointer.ABSENT);
        }
      }
      values = next;
    }
    return values;
  }

  private static boolean satisfies(@Nullable Object value, Comparison comparison) {
    if (comparison instanceof Comparison.Present present) {
      return present.expected() == (value != ArgumentPointer.ABSENT);
    }
    if (value == ArgumentPointer.ABSENT) {
      return false;
    }
    if (comparison instanceof Comparison.EqualTo equal) {
      return normal(value).equals(normal(equal.value()));
    }
    if (comparison instanceof Comparison.In in) {
      return in.values().stream().anyMatch(one -> normal(one).equals(normal(value)));
    }
    if (comparison instanceof Comparison.Matches matches) {
      return value instanceof String text
          && Pattern.compile(matches.pattern()).matcher(text).find();
    }
    if (comparison instanceof Comparison.MatchesGlob glob) {
      return value instanceof String text && glob(glob.glob(), text);
    }
    if (comparison instanceof Comparison.Contains contains) {
      return value instanceof String text
          ? text.contains(contains.text())
          : value instanceof List<?> list && list.contains(contains.text());
    }
    if (comparison instanceof Comparison.StartsWith start) {
      return value instanceof String text && text.startsWith(start.prefix());
    }
    if (comparison instanceof Comparison.GreaterThan greater) {
      return decimal(value) != null && decimal(value).compareTo(greater.bound()) > 0;
    }
    if (comparison instanceof Comparison.LessThan less) {
      return decimal(value) != null && decimal(value).compareTo(less.bound()) < 0;
    }
    if (comparison instanceof Comparison.Length length) {
      Integer size =
          value instanceof String text
              ? Integer.valueOf(text.codePointCount(0, text.length()))
              : value instanceof List<?> list
                  ? Integer.valueOf(list.size())
                  : value instanceof Map<?, ?> map ? Integer.valueOf(map.size()) : null;
      return size != null && satisfies(size, length.size());
    }
    Comparison.OfType type = (Comparison.OfType) comparison;
    return switch (type.type()) {
      case TEXT -> value instanceof String;
      case NUMBER -> decimal(value) != null;
      case INTEGER -> decimal(value) != null && isWhole(decimal(value));
      case BOOLEAN -> value instanceof Boolean;
      case ARRAY -> value instanceof List<?>;
      case OBJECT -> value instanceof Map<?, ?>;
      case NULL -> value == null;
    };
  }

  private static Object normal(@Nullable Object value) {
    if (decimal(value) != null) {
      return decimal(value).stripTrailingZeros();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(NaiveEvaluator::normal).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> members = new TreeMap<>();
      map.forEach((name, each) -> members.put(name, normal(each)));
      return members;
    }
    return value == null ? "\0null" : value;
  }

  /** The number, digit for digit, or null when it is none. */
  private static @Nullable BigDecimal decimal(@Nullable Object value) {
    if (value instanceof WrittenNumber literal) {
      return new BigDecimal(literal.text());
    }
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    // Policies hold a number as a double only where fifteen digits say all.
    return value instanceof Double fraction
        ? new BigDecimal(fraction).round(new MathContext(15))
        : value instanceof Number number ? new BigDecimal(number.toString()) : null;
  }

  /** Whether as many zeros stand at the end as there are digits after the point. */
  private static boolean isWhole(BigDecimal number) {
    String digits = number.unscaledValue().toString();
    int zeros = digits.length() - digits.replaceFirst("0+$", "").length();
    return number.signum() == 0 || zeros >= number.scale();
  }

  /** A glob by trying every way to cut the text. */
  static boolean glob(String glob, String text) {
    int open = glob.indexOf('{');
    if (open >= 0) {
      int close = glob.indexOf('}', open);
      for (String choice : glob.substring(open + 1, close).split(",", -1)) {
        if (glob(glob.substring(0, open) + choice + glob.substring(close + 1), text)) {
          return true;
        }
      }
      return false;
    }
    if (glob.isEmpty()) {
      return text.isEmpty();
    }
    if (glob.charAt(0) == '*') {
      return glob(glob.substring(1), text) || (!text.isEmpty() && glob(glob, text.substring(1)));
    }
    return !text.isEmpty()
        && (glob.charAt(0) == '?' || glob.charAt(0) == text.charAt(0))
        && glob(glob.substring(1), text.substring(1));
  }
}
