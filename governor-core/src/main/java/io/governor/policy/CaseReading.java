package io.governor.policy;

import io.governor.Origin;
import io.governor.RuleId;
import io.governor.Verdict;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code cases}. Used once, by one thread. */
final class CaseReading {

  private static final Map<String, Verdict> VERDICTS = KnownNames.lowerCase(Verdict.values());
  private static final Map<String, Origin> ORIGINS = KnownNames.lowerCase(Origin.values());
  private static final String NAME = "a name";
  private static final String INSTANT =
      "a date and time with an offset, such as 2026-04-14T10:00:00Z";

  private final Set<String> rules;
  private final Map<String, Located> names = new HashMap<>();

  CaseReading(Set<String> rules) {
    this.rules = rules;
  }

  List<PolicyCase> all(Fields policy) {
    List<PolicyCase> cases = new ArrayList<>();
    for (Located item : policy.items("cases", PolicyBounds.CASES)) {
      PolicyCase one = one(item);
      if (one != null) {
        cases.add(one);
      }
    }
    boundCalls(policy, cases);
    return cases;
  }

  /** Loading a policy runs its cases, and whoever loads one waits. */
  private static void boundCalls(Fields policy, List<PolicyCase> cases) {
    int calls = 0;
    for (PolicyCase one : cases) {
      calls += one.repeat();
    }
    Located value = policy.get("cases");
    if (value != null && calls > PolicyBounds.CASE_CALLS) {
      value.refuse(
          "expected cases that make at most "
              + PolicyBounds.CASE_CALLS
              + " calls together, each as often as it is repeated, got "
              + calls);
    }
  }

  /** The cases of a document that holds nothing else. */
  static List<PolicyCase> alone(@Nullable YamlNode root, Policy policy, Problems problems) {
    if (root == null) {
      problems.error(Place.START, KeyPath.ROOT, "the document is empty; expected cases");
      return List.of();
    }
    Fields fields = new Located(root, KeyPath.ROOT, problems).fields("a mapping with cases");
    if (fields == null) {
      return List.of();
    }
    fields.knowOnly(Set.of("cases"));
    fields.required("cases", "a list");
    Set<String> rules = new LinkedHashSet<>(KnownNames.STANDARD_RULES.keySet());
    policy.rules().forEach(rule -> rules.add(rule.id().value()));
    return new CaseReading(rules).all(fields);
  }

  private @Nullable PolicyCase one(Located item) {
    Fields fields = item.fields(Section.CASE);
    if (fields == null) {
      return null;
    }
    String name = name(fields);
    Fields call = call(fields);
    String tool = call == null ? null : tool(call);
    Map<String, @Nullable Object> arguments = call == null ? Map.of() : arguments(call);
    Origin origin = call == null ? Origin.API : call.word("origin", ORIGINS, Origin.API);
    String agent = fields.text("agent", "the id of an agent", 256);
    String workspace = fields.text("workspace", "a folder", 4096);
    Instant time = fields.read("time", CaseReading::instant);
    long repeat = fields.whole("repeat", 1, 1000, 1);
    String result = fields.anyText("result", "a text", PolicyBounds.TEXT);
    Verdict expect = expect(fields);
    RuleId rule = fields.read("rule", this::rule);
    return name == null || tool == null || expect == null
        ? null
        : new PolicyCase(
            name,
            agent,
            tool,
            arguments,
            origin,
            workspace,
            time,
            (int) repeat,
            result,
            expect,
            rule);
  }

  private @Nullable String name(Fields fields) {
    Located value = fields.required("name", NAME);
    String name = value == null ? null : value.text(NAME, PolicyBounds.TITLE);
    if (value != null && name != null) {
      Located other = names.putIfAbsent(name, value);
      if (other != null) {
        value.refuse("this is also the name of " + other.around() + "; names are unique");
      }
    }
    return name;
  }

  private static @Nullable Fields call(Fields fields) {
    Located call = fields.required("call", "a mapping with tool and arguments");
    return call == null ? null : call.fields(Section.CALL);
  }

  private static @Nullable String tool(Fields call) {
    Located tool = call.required("tool", "the name of a tool");
    return tool == null ? null : tool.text("the name of a tool", PolicyBounds.NAME);
  }

  private static Map<String, @Nullable Object> arguments(Fields call) {
    Located value = call.get("arguments");
    if (value == null || value.fields("a mapping") == null) {
      return Map.of();
    }
    return value.json() instanceof Map<?, ?> read ? DocumentValues.map(read) : Map.of();
  }

  private static @Nullable Instant instant(Located value) {
    String text = value.text(INSTANT, 64);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      value.refuse("expected " + INSTANT);
      return null;
    }
  }

  private static @Nullable Verdict expect(Fields fields) {
    Located value = fields.required("expect", Words.list(VERDICTS.keySet()));
    return value == null ? null : value.word(VERDICTS);
  }

  private @Nullable RuleId rule(Located value) {
    String id = value.text("the id of a rule", PolicyBounds.NAME);
    if (id == null) {
      return null;
    }
    if (!rules.contains(id) || !RuleId.isWellFormed(id)) {
      value.refuse("no rule of this policy has this id" + value.meant(id, rules));
      return null;
    }
    return RuleId.of(id);
  }
}
