package io.governor.policy;

import io.governor.CallHint;
import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Operation;
import io.governor.Origin;
import io.governor.ResultHint;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.ToolTraits;
import io.governor.Verdict;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Policies that a document can hold, with texts that are hard to write down. */
final class RandomDocuments {

  private static final List<String> PIECES =
      List.of(
          "a",
          "no",
          "yes",
          "on",
          "null",
          "~",
          "1e3",
          "0o17",
          "12:30",
          "2026-04-14",
          ".inf",
          "-",
          "- ",
          "? ",
          ": ",
          " #",
          "#",
          "'",
          "\"",
          "\\",
          "\n",
          "\r\n",
          "\t",
          " ",
          "  ",
          "{",
          "}",
          "[",
          "]",
          ",",
          "&a",
          "*a",
          "!x",
          "%",
          "@",
          "`",
          "|",
          ">",
          "<<",
          "---",
          "...",
          "\u0000",
          "\u0007",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u2029",
          "\ufeff",
          "\u200b",
          "é",
          "漢",
          "😀",
          "\u202e",
          "${x}",
          "true",
          "=",
          "\ufffd");

  private final SplittableRandom random;

  RandomDocuments(SplittableRandom random) {
    this.random = random;
  }

  Policy policy() {
    List<PolicyRule> rules = rules();
    return new Policy(
        pick("a", "acme-support", "no", "1.0", "0", "true", "x".repeat(64)),
        random.nextLong(0, Long.MAX_VALUE),
        pick(Mode.values()),
        standard(),
        some(2, this::tool),
        random.nextBoolean(),
        random.nextBoolean(),
        some(2, this::agent),
        rules,
        random.nextBoolean() ? null : risk(),
        cases(rules));
  }

  private List<PolicyRule> rules() {
    Map<RuleId, PolicyRule> rules = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      PolicyRule rule = rule();
      rules.put(rule.id(), rule);
    }
    return new ArrayList<>(rules.values());
  }

  private PolicyRule rule() {
    Condition when = random.nextInt(5) == 0 ? null : reachable();
    boolean redacts = random.nextInt(4) == 0;
    return new PolicyRule(
        RuleId.of(pick("ACME-", "X1-", "NO-") + random.nextInt(100, 1_000_000)),
        orNull(this::name),
        some(2, this::name),
        several(this::glob),
        redacts ? new Condition.Any(List.of(detect(), new Condition.Not(detect()))) : when,
        random.nextInt(3) > 0 ? null : limit(),
        redacts ? Verdict.REDACT : pick(Verdict.WARN, Verdict.ASK, Verdict.DENY),
        orNull(() -> pick(Mode.values())),
        pick(Rule.OnError.values()),
        orNull(this::name),
        orNull(this::name),
        List.copyOf(new TreeSet<>(some(3, this::glob))),
        random.nextInt(4) == 0);
  }

  private CallLimit limit() {
    return new CallLimit(
        random.nextInt(1, 100_001),
        Duration.ofMillis(random.nextLong(1000, 31L * 86_400_000 + 1)),
        pick(CallLimit.Scope.values()));
  }

  /** A condition that a loader does not refuse for matching nothing. */
  private Condition reachable() {
    Condition when = condition(3);
    while (UnreachableRule.reason(List.of("*"), when, new Effort()) != null) {
      when = condition(3);
    }
    return when;
  }

  private Condition condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 11 : 8)) {
      case 0 -> detect();
      case 1 -> command();
      case 2 -> time();
      case 3 -> new Condition.OperationIs(set(Operation.class));
      case 4 ->
          random.nextBoolean()
              ? new Condition.OriginIs(set(Origin.class))
              : new Condition.MethodIs(List.of("resources/*", "tools/call"));
      case 5 -> new Condition.ClassifiedAs(several(this::name));
      case 6, 7 -> new Condition.Argument(pointer(), comparison(2));
      case 8 -> new Condition.Any(several(() -> condition(depth - 1)));
      case 9 -> new Condition.Not(condition(depth - 1));
      default -> new Condition.All(List.of(condition(depth - 1), detect()));
    };
  }

  private Condition detect() {
    return new Condition.Detect(
        several(() -> pick("secret", "personal", "content")), set(Condition.Part.class));
  }

  private Condition command() {
    return new Condition.Command(
        orNull(random::nextBoolean),
        several(() -> pick("rm", "git push", "kubectl  delete", "py*", " no ")),
        some(2, this::folder),
        true);
  }

  private Condition time() {
    return new Condition.Time(
        ZoneId.of(pick("Europe/Berlin", "UTC", "+02:00", "Z", "Asia/Kathmandu", "GMT+1")),
        set(DayOfWeek.class),
        LocalTime.of(random.nextInt(24), random.nextInt(60)),
        LocalTime.of(random.nextInt(24), random.nextInt(60)));
  }

  private ArgumentPointer pointer() {
    return new ArgumentPointer(some(3, () -> pick("*", "", "0", "a/b", "~", text(4))));
  }

  private Comparison comparison(int depth) {
    return switch (random.nextInt(depth > 0 ? 13 : 12)) {
      case 0 -> new Comparison.EqualTo(value(3));
      case 1 -> new Comparison.In(values());
      case 2 ->
          new Comparison.Matches(pick("^x", "@acme\\.com$", "#", "a: b", "\\p{L}", " ", "\n"));
      case 3 -> new Comparison.MatchesGlob(glob());
      case 4 -> new Comparison.Contains(name());
      case 5 -> new Comparison.StartsWith(name());
      case 6 -> new Comparison.GreaterThan(number());
      case 7 -> new Comparison.LessThan(number());
      case 8 -> new Comparison.Present(random.nextBoolean());
      case 9 -> new Comparison.Length(new Comparison.EqualTo(random.nextInt(1000)));
      case 10 -> new Comparison.OfType(pick(Comparison.JsonType.values()));
      case 11 ->
          random.nextBoolean()
              ? new Comparison.Inside(several(this::folder))
              : new Comparison.HostIn(several(() -> pick("acme.com", "*.acme.com", "[::1]", "no")));
      default -> new Comparison.Not(comparison(depth - 1));
    };
  }

  private BigDecimal number() {
    return switch (random.nextInt(6)) {
      case 0 -> BigDecimal.valueOf(random.nextInt(-5, 5));
      case 1 -> BigDecimal.valueOf(random.nextLong());
      case 3 -> WrittenNumber.random(random).value();
      case 4 -> wellKnown();
      case 2 -> BigDecimal.valueOf(random.nextDouble(-1e9, 1e9));
      default -> new BigDecimal("-1234567890123456789012345678901234567890e20");
    };
  }

  /** Within what a validator of schemas can write out in plain digits. */
  private BigDecimal wellKnown() {
    BigDecimal number = WrittenNumber.wellKnown(random).value();
    return Math.abs((long) number.scale()) > 1000 ? BigDecimal.TEN : number;
  }

  private List<Object> values() {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      values.add(value(2));
    }
    return values;
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> random.nextDouble(-1e300, 1e300);
      case 4 -> pick(1.0, -0.0, 1e22, Double.MIN_VALUE, Double.MAX_VALUE);
      case 5 -> text(6);
      case 6 -> number();
      case 7 -> values();
      default -> object(depth - 1);
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.put(text(random.nextInt(10) == 0 ? 60 : 4), value(depth));
    }
    return object;
  }

  private ToolEntry tool() {
    return new ToolEntry(
        several(this::glob),
        new ToolTraits(
            orNull(() -> pick(Operation.values())),
            name(),
            orNull(random::nextBoolean),
            new CallHint(orNull(this::name), orNull(() -> "P30D")),
            new ResultHint(
                orNull(() -> some(2, this::name)),
                orNull(() -> pick("explicit", "vendor", "unclassified")),
                orNull(() -> some(2, this::name)),
                orNull(() -> some(2, this::name)),
                orNull(this::name),
                null)));
  }

  private AgentEntry agent() {
    return new AgentEntry(glob(), orNull(() -> some(3, this::glob)), several(this::glob));
  }

  private Map<RuleId, StandardSetting> standard() {
    Map<RuleId, StandardSetting> standard = new LinkedHashMap<>();
    standard.put(
        RuleId.of(pick("POL-001", "POL-005", "GOV-001", "GOV-007")),
        new StandardSetting(
            orNull(() -> pick(Mode.values())),
            orNull(() -> pick(Verdict.WARN, Verdict.ASK, Verdict.DENY))));
    return standard;
  }

  private Risk risk() {
    Map<Risk.Signal, Integer> weights = new EnumMap<>(Risk.Signal.class);
    set(Risk.Signal.class).forEach(signal -> weights.put(signal, random.nextInt(1001)));
    return new Risk(orNull(() -> random.nextInt(1, 1001)), random.nextInt(1, 1001), weights);
  }

  private List<PolicyCase> cases(List<PolicyRule> rules) {
    List<PolicyCase> cases = new ArrayList<>();
    for (String name : new TreeSet<>(some(3, this::name))) {
      cases.add(
          new PolicyCase(
              name,
              orNull(this::name),
              name(),
              object(3),
              pick(Origin.values()),
              orNull(() -> "/work space/" + text(3)),
              orNull(() -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L))),
              random.nextInt(1, 1001),
              orNull(() -> text(9)),
              pick(Verdict.values()),
              rules.isEmpty() ? null : orNull(() -> rules.get(0).id())));
    }
    return cases;
  }

  private String glob() {
    return pick("*", "crm.*", "mail.send", "[a-z]?{x,y}", "no", "1", "a b", "漢*", "mcp__x__*");
  }

  private String folder() {
    return pick("/", "~", "~/x", "${workspace}/a b", "${temp}", "/a: #b", "/漢");
  }

  /** A text that is more than blanks. */
  private String name() {
    String text = text(5);
    return text.isBlank() ? "x" + text : text;
  }

  private String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @SafeVarargs
  private <T> T pick(T... items) {
    return items[random.nextInt(items.length)];
  }

  private <T> T orNull(Supplier<T> supplier) {
    return random.nextBoolean() ? null : supplier.get();
  }

  private <T> List<T> some(int most, Supplier<T> supplier) {
    List<T> items = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      items.add(supplier.get());
    }
    return items;
  }

  private <T> List<T> several(Supplier<T> supplier) {
    List<T> items = some(2, supplier);
    items.add(supplier.get());
    return items;
  }

  private <E extends Enum<E>> Set<E> set(Class<E> of) {
    EnumSet<E> set = EnumSet.of(pick(of.getEnumConstants()));
    for (E each : of.getEnumConstants()) {
      if (random.nextInt(3) == 0) {
        set.add(each);
      }
    }
    return set;
  }
}
