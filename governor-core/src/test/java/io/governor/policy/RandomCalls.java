package io.governor.policy;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Operation;
import io.governor.Origin;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.Verdict;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes policies and arguments over so few words that rules match often. */
final class RandomCalls {

  static final List<String> TOOLS =
      List.of(
          "a.read",
          "a.write",
          "b.send",
          "b.send2",
          "Bash",
          "mcp__srv__run",
          "mcp__x__get",
          "mcp__x__resources/read");
  static final List<String> AGENTS = List.of("bot-1", "bot-2", "other");

  private static final List<String> TOOL_PATTERNS =
      List.of("a.read", "b.send", "Bash", "a.*", "*", "b.send?", "{a,b}.*", "mcp__*__*", "*.*d*");
  private static final List<String> POINTERS =
      List.of("/x", "/y/z", "/list/*", "/list/0", "/list/*/z", "/y", "", "/list/1/z");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "abc", "abcd", "b", "ba", "x@acme.com", "c\u00e9", "\ud83d\ude00");
  private static final List<String> PATTERNS =
      List.of("a", "^ab", "c$", "a.c", "[bx]", "^$", "b+c?");
  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"));

  private final SplittableRandom random;

  RandomCalls(SplittableRandom random) {
    this.random = random;
  }

  Policy policy() {
    List<PolicyRule> rules = new ArrayList<>();
    int count = 1 + random.nextInt(14);
    for (int i = 0; i < count; i++) {
      rules.add(rule(i));
    }
    List<AgentEntry> agents = new ArrayList<>();
    while (random.nextInt(4) == 0) {
      agents.add(agent());
    }
    return new Policy(
        "random",
        1,
        one(List.of(Mode.OBSERVE, Mode.WARN, Mode.ENFORCE, Mode.ENFORCE)),
        Map.of(),
        List.of(),
        false,
        agents,
        rules,
        null,
        List.of());
  }

  /** The same policy with its rules in another order. */
  Policy shuffled(Policy policy) {
    List<PolicyRule> rules = new ArrayList<>(policy.rules());
    Collections.shuffle(rules, new java.util.Random(random.nextLong()));
    List<AgentEntry> agents = new ArrayList<>(policy.agents());
    Collections.reverse(agents);
    return new Policy(
        policy.id(),
        policy.revision(),
        policy.mode(),
        policy.standard(),
        policy.tools(),
        policy.requireTrace(),
        agents,
        rules,
        policy.risk(),
        policy.cases());
  }

  private AgentEntry agent() {
    List<String> tools = several(() -> one(TOOL_PATTERNS));
    String name = one(List.of("bot-*", "bot-1", "*"));
    return random.nextBoolean()
        ? new AgentEntry(name, tools, List.of())
        : new AgentEntry(name, null, tools);
  }

  private PolicyRule rule(int number) {
    return new PolicyRule(
        RuleId.of("TST-%03d".formatted(number)),
        null,
        List.of(),
        several(() -> one(TOOL_PATTERNS)),
        random.nextInt(8) == 0 ? null : condition(3),
        random.nextInt(4) == 0 ? limit() : null,
        one(List.of(Verdict.WARN, Verdict.ASK, Verdict.DENY, Verdict.DENY)),
        random.nextInt(3) > 0 ? null : one(List.of(Mode.values())),
        one(List.of(Rule.OnError.values())),
        null,
        null,
        random.nextInt(10) > 0 ? List.of() : List.of(one(TOOL_PATTERNS)),
        random.nextInt(40) == 0);
  }

  private CallLimit limit() {
    return new CallLimit(
        1 + random.nextInt(4),
        Duration.ofSeconds(1 + random.nextInt(20)),
        one(List.of(CallLimit.Scope.values())));
  }

  private Condition condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 11 : 7)) {
      case 0, 1, 2, 3 ->
          new Condition.Argument(ArgumentPointer.of(one(POINTERS)), comparison(true));
      case 4 -> new Condition.OperationIs(EnumSet.of(one(List.of(Operation.values()))));
      case 5 ->
          switch (random.nextInt(3)) {
            case 0 -> new Condition.OriginIs(EnumSet.of(one(List.of(Origin.values()))));
            case 1 -> new Condition.ServerIs(List.of(one(List.of("srv", "s*", "x"))));
            default -> new Condition.MethodIs(List.of(one(List.of("tools/call", "*/read", "*"))));
          };
      case 6 -> time();
      case 7, 8 -> new Condition.All(several(() -> condition(depth - 1)));
      case 9 -> new Condition.Any(several(() -> condition(depth - 1)));
      default -> new Condition.Not(condition(depth - 1));
    };
  }

  /** Several that one value must satisfy, or several items of one array. */
  List<Condition> comparisonsOfOneArgument() {
    ArgumentPointer pointer = ArgumentPointer.of(one(POINTERS));
    List<Condition> conditions = new ArrayList<>();
    while (conditions.size() < 2 || random.nextInt(2) == 0) {
      conditions.add(new Condition.Argument(pointer, comparison(true)));
    }
    return conditions;
  }

  private Condition time() {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    several(() -> one(List.of(DayOfWeek.values()))).forEach(days::add);
    return new Condition.Time(
        one(ZONES),
        days,
        LocalTime.of(random.nextInt(24), random.nextInt(60)),
        LocalTime.of(random.nextInt(24), random.nextInt(60)));
  }

  private Comparison comparison(boolean negatable) {
    return switch (random.nextInt(negatable ? 13 : 12)) {
      case 0, 1 -> new Comparison.EqualTo(WrittenNumber.numbers(value(2)));
      case 2 -> new Comparison.In(several(() -> WrittenNumber.numbers(value(1))));
      case 3 -> new Comparison.Matches(one(PATTERNS));
      case 4 -> new Comparison.MatchesGlob(one(List.of("a*", "*c", "?b*", "ab{c,cd}", "*", "abc")));
      case 5, 6 -> new Comparison.Contains(one(TEXTS));
      case 7 -> new Comparison.StartsWith(one(TEXTS));
      case 8 -> new Comparison.GreaterThan(bound());
      case 9 -> new Comparison.LessThan(bound());
      case 10 ->
          random.nextBoolean()
              ? new Comparison.Present(random.nextBoolean())
              : new Comparison.OfType(one(List.of(Comparison.JsonType.values())));
      case 11 ->
          new Comparison.Length(
              random.nextBoolean()
                  ? new Comparison.GreaterThan(BigDecimal.valueOf(random.nextInt(4)))
                  : new Comparison.EqualTo((long) random.nextInt(4)));
      default -> new Comparison.Not(comparison(false));
    };
  }

  private BigDecimal bound() {
    return new BigDecimal(literal().text());
  }

  private WrittenNumber literal() {
    return random.nextInt(8) == 0 ? WrittenNumber.random(random) : WrittenNumber.wellKnown(random);
  }

  /**
   * Arguments with the members that the pointers reach, and sometimes without; numbers are {@link
   * WrittenNumber}s.
   */
  Map<String, @Nullable Object> arguments() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name : List.of("x", "y", "list")) {
      if (random.nextInt(5) > 0) {
        members.put(name, name.equals("list") && random.nextInt(4) > 0 ? list(2) : value(2));
      }
    }
    return members;
  }

  private @Nullable Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0, 1, 2 -> one(TEXTS);
      case 3, 4 -> literal();
      case 5 -> random.nextInt(3) == 0 ? null : (Object) random.nextBoolean();
      case 6 -> list(depth - 1);
      default -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("z", value(depth - 1));
        yield members;
      }
    };
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    while (items.size() < 3 && random.nextInt(4) > 0) {
      items.add(value(depth));
    }
    return items;
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> List<T> several(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (items.size() < 4 && random.nextInt(2) == 0);
    return items;
  }
}
