package io.governor.policy;

import io.governor.Mode;
import io.governor.RuleId;
import io.governor.Verdict;
import io.governor.detect.Detectors;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the document as a whole. It goes on behind everything that is wrong, so that all of it is
 * told; what it returns is a policy only where nothing was. Used once, by one thread.
 */
final class PolicyReading {

  private static final Map<String, Mode> MODES = KnownNames.lowerCase(Mode.values());
  private static final Map<String, Verdict> STANDARD_EFFECTS =
      KnownNames.effects(Verdict.WARN, Verdict.ASK, Verdict.DENY);
  private static final String ID = "1 to 64 letters, digits, dots, dashes and underscores";
  private static final int LONGEST_ID = 64;

  private final Problems problems;
  private final RuleReading rules;
  private final EntryReading entries = new EntryReading();

  PolicyReading(Problems problems, Detectors detectors) {
    this.problems = problems;
    this.rules = new RuleReading(detectors, problems);
  }

  @Nullable Policy document(@Nullable YamlNode root) {
    if (root == null || (root instanceof YamlNode.Scalar scalar && scalar.value() == null)) {
      problems.error(
          Place.START, KeyPath.ROOT, "the document is empty; expected governor: 1, id and rules");
      return null;
    }
    Fields fields = new Located(root, KeyPath.ROOT, problems).fields(Section.POLICY);
    return fields == null ? null : policy(fields);
  }

  private @Nullable Policy policy(Fields fields) {
    format(fields);
    String id = id(fields);
    Mode mode = fields.word("mode", MODES, Mode.OBSERVE);
    List<RuleReading.Found> found = rules.all(fields, mode);
    Policy policy =
        new Policy(
            id,
            fields.whole("revision", 0, Long.MAX_VALUE, 0),
            mode,
            standard(fields),
            list(fields, "tools", PolicyBounds.ENTRIES, entries::tool),
            fields.flag("require_trace", false),
            fields.flag("hide", false),
            agents(fields),
            RuleReading.rules(found),
            risk(fields),
            new CaseReading(ids(fields)).all(fields));
    return problems.count() == 0 ? policy : null;
  }

  private static @Nullable Risk risk(Fields fields) {
    Located risk = fields.get("risk");
    return risk == null ? null : new RiskReading().risk(risk);
  }

  private List<AgentEntry> agents(Fields fields) {
    List<AgentEntry> agents = list(fields, "agents", PolicyBounds.ENTRIES, entries::agent);
    if (problems.count() == 0) {
      new AgentReview(agents, fields.at().parts("agents")).warn();
    }
    return agents;
  }

  private static void format(Fields fields) {
    Located format = fields.required("governor", "governor: " + Policy.FORMAT);
    boolean known =
        format == null
            || (format.node() instanceof YamlNode.Scalar scalar
                && Long.valueOf(Policy.FORMAT).equals(scalar.value()));
    if (format != null && !known) {
      format.refuse("expected " + Policy.FORMAT + ", the only format there is yet");
    }
  }

  private static String id(Fields fields) {
    Located value = fields.required("id", ID);
    String id = value == null ? null : value.text(ID, LONGEST_ID);
    if (value != null && id != null && !isId(id)) {
      value.refuse("expected " + ID);
    }
    return id == null ? "" : id;
  }

  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || !(Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_')) {
        return false;
      }
    }
    return true;
  }

  private Map<RuleId, StandardSetting> standard(Fields fields) {
    Map<RuleId, StandardSetting> settings = new LinkedHashMap<>();
    Located value = fields.get("standard");
    Fields standard = value == null ? null : value.fields("a mapping from ids to settings");
    if (standard == null) {
      return settings;
    }
    standard.knowOnly(KnownNames.STANDARD_RULES.keySet());
    for (Map.Entry<String, RuleId> rule : KnownNames.STANDARD_RULES.entrySet()) {
      Located own = standard.get(rule.getKey());
      StandardSetting setting = own == null ? null : setting(rule.getValue(), own);
      if (setting != null) {
        settings.put(rule.getValue(), setting);
      }
    }
    return settings;
  }

  private static @Nullable StandardSetting setting(RuleId id, Located value) {
    Fields fields = value.fields(Section.STANDARD);
    if (fields == null) {
      return null;
    }
    if (id.equals(KnownNames.RISK) && fields.has("effect")) {
      fields.refuseKey("effect", "expected none: what the score says follows from its thresholds");
    }
    return new StandardSetting(fields.word("mode", MODES), fields.word("effect", STANDARD_EFFECTS));
  }

  private static <T> List<T> list(
      Fields fields, String key, int most, Function<Located, @Nullable T> reading) {
    List<T> all = new ArrayList<>();
    for (Located item : fields.items(key, most)) {
      T one = reading.apply(item);
      if (one != null) {
        all.add(one);
      }
    }
    return all;
  }

  /** The ids of all rules, readable otherwise or not, so that cases are not blamed for rules. */
  private static Set<String> ids(Fields fields) {
    Set<String> ids = new LinkedHashSet<>(KnownNames.STANDARD_RULES.keySet());
    Located rules = fields.get("rules");
    if (rules != null && rules.node() instanceof YamlNode.Sequence list) {
      for (YamlNode rule : list.items()) {
        if (rule.find(KeyPath.of("id")) instanceof YamlNode.Scalar scalar
            && scalar.value() instanceof String id) {
          ids.add(id);
        }
      }
    }
    return ids;
  }
}
