package io.governor.policy;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.Verdict;
import io.governor.detect.Detectors;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code rules}. Used once, by one thread. */
final class RuleReading {

  private static final Map<String, Mode> MODES = KnownNames.lowerCase(Mode.values());
  private static final Map<String, Verdict> EFFECTS =
      KnownNames.effects(Verdict.WARN, Verdict.REDACT, Verdict.ASK, Verdict.DENY);
  private static final Map<String, Rule.OnError> ON_ERROR =
      KnownNames.lowerCase(Rule.OnError.values());
  private static final Map<String, CallLimit.Scope> SCOPES =
      KnownNames.lowerCase(CallLimit.Scope.values());

  private static final String ID =
      "two to eight capitals or digits starting with a capital, a dash, three to six digits, such"
          + " as ACME-101";
  private static final String TOOL = "the name of a tool, a glob, or a list of them; \"*\" for all";
  private static final String CONTRACT = "the name of a tool, a glob, or a list of them";
  private static final String SENTENCE = "a sentence";
  private static final String WITHIN =
      "an ISO 8601 duration from PT1S to P31D in days, hours, minutes and seconds, such as PT1H";

  private final Detectors detectors;
  private final Problems problems;
  private final Map<String, Located> ids = new HashMap<>();
  private long patterns;

  RuleReading(Detectors detectors, Problems problems) {
    this.detectors = detectors;
    this.problems = problems;
  }

  /** A rule and where it stands. */
  record Found(PolicyRule rule, Located at) {}

  /**
   * The rules that are right in themselves; then they are looked at together.
   *
   * @param mode the mode of rules that name none
   */
  List<Found> all(Fields policy, Mode mode) {
    List<Found> found = new ArrayList<>();
    Located rules = policy.get("rules");
    List<Located> items = rules == null ? null : rules.items("a list", PolicyBounds.RULES);
    if (rules == null || items == null) {
      return found;
    }
    for (Located item : items) {
      PolicyRule rule = one(item);
      if (rule != null) {
        found.add(new Found(rule, item));
      }
    }
    if (patterns > PolicyBounds.ALL_PATTERNS) {
      rules.refuse(
          "over the cost budget: expected patterns of at most "
              + PolicyBounds.ALL_PATTERNS
              + " characters in all rules together, with their repetitions written out, got "
              + patterns);
    }
    checkContracts(rules, found);
    RuleReview.review(found, mode);
    return found;
  }

  /** The rules of what was found. */
  static List<PolicyRule> rules(List<Found> found) {
    List<PolicyRule> rules = new ArrayList<>(found.size());
    for (Found each : found) {
      rules.add(each.rule());
    }
    return rules;
  }

  /** What all rules together withdraw must fit into one event. */
  private static void checkContracts(Located rules, List<Found> found) {
    int count = 0;
    long characters = 0;
    for (Found each : found) {
      for (String withdrawn : each.rule().contract()) {
        count++;
        characters += withdrawn.length();
      }
    }
    if (count > Rule.MOST_WITHDRAWN || characters > Rule.MOST_WITHDRAWN_CHARACTERS) {
      rules.refuse(
          "expected at most "
              + Rule.MOST_WITHDRAWN
              + " names and globs of "
              + Rule.MOST_WITHDRAWN_CHARACTERS
              + " characters under contract in all rules together, got "
              + count
              + " of "
              + characters);
    }
  }

  private @Nullable PolicyRule one(Located item) {
    Fields fields = item.fields(Section.RULE);
    if (fields == null) {
      return null;
    }
    int before = problems.count();
    RuleCost cost = new RuleCost();
    RuleId id = id(fields);
    List<String> tools = tools(fields);
    Located condition = fields.get("when");
    Condition when =
        condition == null ? null : new ConditionReading(detectors, cost).condition(condition);
    Verdict effect = effect(fields, when);
    PolicyRule rule = rule(fields, id, tools, when, effect);
    cost.check(item);
    patterns += cost.patterns();
    return problems.count() == before ? rule : null;
  }

  /** What else there is is read behind a wrong id too, so that all that is wrong is told. */
  private static @Nullable PolicyRule rule(
      Fields fields,
      @Nullable RuleId id,
      List<String> tools,
      @Nullable Condition when,
      @Nullable Verdict effect) {
    String title = fields.text("title", "a text", PolicyBounds.TITLE);
    List<String> serves = fields.texts("serves", "a text", PolicyBounds.LIST);
    Located within = fields.get("limit");
    CallLimit limit = within == null ? null : limit(within);
    Mode mode = fields.word("mode", MODES);
    Rule.OnError onError = fields.word("on_error", ON_ERROR, Rule.OnError.DENY);
    String reason = fields.text("reason", SENTENCE, PolicyBounds.SENTENCE);
    String suggest = fields.text("suggest", SENTENCE, PolicyBounds.SENTENCE);
    Located withdrawn = fields.get("contract");
    List<String> contract = withdrawn == null ? List.of() : contract(withdrawn);
    boolean pause = fields.flag("pause", false);
    return id == null || tools.isEmpty() || effect == null
        ? null
        : new PolicyRule(
            id, title, serves, tools, when, limit, effect, mode, onError, reason, suggest, contract,
            pause);
  }

  private @Nullable RuleId id(Fields fields) {
    Located value = fields.required("id", ID);
    String id = value == null ? null : value.text(ID, PolicyBounds.NAME);
    if (value == null || id == null) {
      return null;
    }
    if (!RuleId.isWellFormed(id)) {
      value.refuse("not a rule id: expected " + ID);
      return null;
    }
    if (KnownNames.isReserved(id)) {
      value.refuse(
          "ids with POL- and GOV- are those of the standard rules, which are set under standard;"
              + " choose other letters");
      return null;
    }
    Located other = ids.putIfAbsent(id, value);
    if (other != null) {
      value.refuse(id + " is also the id of " + other.around() + "; ids are unique");
    }
    return RuleId.of(id);
  }

  private static List<String> tools(Fields fields) {
    Located tool = fields.required("tool", TOOL);
    return tool == null ? List.of() : Globs.read(tool, TOOL, PolicyBounds.LIST);
  }

  /** The same name twice is taken for a slip. */
  private static List<String> contract(Located value) {
    Map<String, Located> seen = new LinkedHashMap<>();
    for (Located item : value.oneOrMore(CONTRACT, Rule.MOST_WITHDRAWN)) {
      String glob = Globs.readOne(item, CONTRACT);
      Located before = glob == null ? null : seen.putIfAbsent(glob, item);
      if (before != null) {
        item.refuse("named twice in one list: once withdraws it");
      }
    }
    return List.copyOf(seen.keySet());
  }

  private static @Nullable Verdict effect(Fields fields, @Nullable Condition when) {
    Located value = fields.required("effect", Words.list(EFFECTS.keySet()));
    Verdict effect = value == null ? null : value.word(EFFECTS);
    boolean readable = when != null || !fields.has("when");
    if (value != null && effect == Verdict.REDACT && readable && !detects(when, true)) {
      value.refuse(
          "redact rewrites what a detector finds: expected a condition detect that is not under"
              + " not");
    }
    return effect;
  }

  private static boolean detects(@Nullable Condition condition, boolean positive) {
    if (condition instanceof Condition.Detect) {
      return positive;
    }
    if (condition instanceof Condition.Not not) {
      return detects(not.condition(), !positive);
    }
    if (condition != null) {
      for (Condition part : ConditionParts.of(condition)) {
        if (detects(part, positive)) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable CallLimit limit(Located value) {
    Fields fields = value.fields(Section.LIMIT);
    if (fields == null) {
      return null;
    }
    Located calls = fields.required("calls", "a number of calls");
    Long count = calls == null ? null : calls.whole(1, CallLimit.MOST_CALLS);
    Located within = fields.required("within", WITHIN);
    Duration window = within == null ? null : duration(within);
    CallLimit.Scope per = fields.word("per", SCOPES, CallLimit.Scope.SESSION);
    return window == null || count == null ? null : new CallLimit(count.intValue(), window, per);
  }

  private static @Nullable Duration duration(Located value) {
    String text = value.text(WITHIN, 64);
    if (text == null) {
      return null;
    }
    try {
      return new CallLimit(1, Duration.parse(text), CallLimit.Scope.SESSION).within();
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      value.refuse("expected " + WITHIN);
      return null;
    }
  }
}
