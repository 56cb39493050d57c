package io.governor;

import io.governor.policy.StandardSetting;
import io.governor.standard.Findings;
import io.governor.standard.StandardRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The standard rules that take part in verdicts. One that is not named here is recorded and counted
 * and decides nothing (execution record, section 3). Immutable.
 */
record StandardModes(Map<RuleId, Setting> settings) {

  private static final Setting CARRIED_OUT = new Setting(Mode.ENFORCE, Verdict.DENY);

  /** No standard rule takes part. */
  static final StandardModes NONE = new StandardModes(Map.of());

  /**
   * How a standard rule takes part.
   *
   * @param mode how far it reaches
   * @param effect what it says when it is violated
   */
  record Setting(Mode mode, Verdict effect) {}

  StandardModes {
    settings = Map.copyOf(settings);
    for (RuleId id : settings.keySet()) {
      if (!StandardRules.ALL.contains(id) && !GovernorRules.ALL.contains(id)) {
        throw new IllegalArgumentException(
            "standard rule "
                + id
                + ": expected one of "
                + StandardRules.ALL
                + " or "
                + GovernorRules.ALL);
      }
    }
  }

  /**
   * How it is without a policy: what the host named takes part. A changed tool is recorded, and the
   * verdict stays ALLOW, as no rule of anybody's says otherwise.
   */
  static StandardModes withoutPolicy(Map<RuleId, Setting> named) {
    Map<RuleId, Setting> settings = new HashMap<>();
    settings.put(GovernorRules.CHANGED_TOOL, new Setting(Mode.OBSERVE, Verdict.ALLOW));
    settings.putAll(named);
    return new StandardModes(settings);
  }

  /** How a policy has it: what the governor decides by itself takes part unless it says how. */
  static StandardModes of(Map<RuleId, StandardSetting> named, Mode defaultMode) {
    Map<RuleId, Setting> settings = new HashMap<>();
    for (RuleId id : GovernorRules.ALL) {
      if (!GovernorRules.isOfSession(id)) {
        settings.put(id, new Setting(defaultMode, Verdict.DENY));
      }
    }
    for (Map.Entry<RuleId, StandardSetting> entry : named.entrySet()) {
      settings.put(entry.getKey(), setting(entry.getKey(), entry.getValue(), defaultMode));
    }
    return new StandardModes(settings);
  }

  private static Setting setting(RuleId id, StandardSetting named, Mode defaultMode) {
    Mode otherwise = GovernorRules.isOfSession(id) ? Mode.ENFORCE : defaultMode;
    return new Setting(
        named.mode() == null ? otherwise : named.mode(),
        named.effect() == null ? Verdict.DENY : named.effect());
  }

  /** These settings, but the others where those say something. */
  StandardModes overruledBy(Map<RuleId, Setting> others) {
    Map<RuleId, Setting> all = new HashMap<>(settings);
    all.putAll(others);
    return new StandardModes(all);
  }

  /** The hit of a rule of the governor's own, or null when it takes no part. */
  @Nullable RuleHit governorHit(RuleId id) {
    return hit(id, settings.get(id), GovernorRules.reason(id), GovernorRules.suggestion(id));
  }

  /** As {@link #governorHit}, for what was set for one session: enforced unless it is named. */
  @Nullable RuleHit sessionHit(RuleId id, String reason, String suggestion) {
    return hit(id, settings.getOrDefault(id, CARRIED_OUT), reason, suggestion);
  }

  /** Whether what was set for one session is acted on. */
  boolean carriesOut(RuleId id) {
    Setting setting = settings.getOrDefault(id, CARRIED_OUT);
    return setting.mode() == Mode.ENFORCE && setting.effect() == Verdict.DENY;
  }

  private static @Nullable RuleHit hit(
      RuleId id, @Nullable Setting setting, String reason, String suggestion) {
    return setting == null || setting.mode() == Mode.OFF
        ? null
        : new RuleHit(id, setting.effect(), setting.mode(), reason, suggestion);
  }

  /** The hits of those violated rules that take part. */
  List<RuleHit> hits(Iterable<Findings> findings) {
    if (settings.isEmpty()) {
      return List.of();
    }
    List<RuleHit> hits = new ArrayList<>();
    for (Findings finding : findings) {
      for (RuleId id : finding.violations()) {
        RuleHit hit = hit(id);
        if (hit != null && absent(id, hits)) {
          hits.add(hit);
        }
      }
    }
    return hits;
  }

  /** The hit of a standard rule were it violated, or null when it takes no part. */
  @Nullable RuleHit hit(RuleId id) {
    Setting setting = settings.get(id);
    return setting == null || setting.mode() == Mode.OFF
        ? null
        : new RuleHit(id, setting.effect(), setting.mode(), reason(id), suggestion(id));
  }

  private static boolean absent(RuleId id, List<RuleHit> hits) {
    for (RuleHit hit : hits) {
      if (hit.id().equals(id)) {
        return false;
      }
    }
    return true;
  }

  private static String reason(RuleId id) {
    return switch (id.value()) {
      case "POL-001" -> "The call lies outside what the session declared it would do.";
      case "POL-002" -> "The agent is not registered.";
      case "POL-003" -> "The data carries no classification.";
      case "POL-004" -> "Memory writes require both a classification and a retention policy.";
      default -> "The data is more sensitive than what came before, without an authorization.";
    };
  }

  private static String suggestion(RuleId id) {
    return switch (id.value()) {
      case "POL-001" -> "Declare the intent and the systems it needs, then try again.";
      case "POL-002" -> "Register the agent before it calls tools.";
      case "POL-003" -> "Use a tool whose results are classified.";
      case "POL-004" -> "State a classification and how long the data is to be kept.";
      default -> "Ask for an authorization first.";
    };
  }
}
