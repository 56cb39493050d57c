package io.governor.standard;

import static io.governor.standard.ProfileFinding.Kind.IGNORED;
import static io.governor.standard.ProfileFinding.Kind.MALFORMED;
import static io.governor.standard.ProfileFinding.Kind.RESERVED;
import static io.governor.standard.ProfileFinding.Kind.UNKNOWN;

import io.governor.pattern.LinearPattern;
import io.governor.pattern.PatternProblem;
import io.governor.standard.ProfileFinding.Kind;
import io.governor.standard.TaskBoundary.Signal;
import io.governor.yaml.KeyPath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes settings of a profile's merged data, and in the same pass finds what is wrong with it, so
 * that validation and evaluation cannot disagree (execution record, sections 7.1 and 7.7). Used
 * once, by one thread.
 */
final class ProfileReading {

  private static final Set<String> SECTIONS =
      Set.of(ProfileData.SESSION_INTENT, ProfileData.TASK_BOUNDARY, ProfileData.HIGH_CONSEQUENCE);
  private static final Set<String> RESERVED_KEYS = Set.of("extends", "policies", "custom_rules");
  private static final Map<String, List<String>> SECTION_KEYS =
      Map.of(
          ProfileData.SESSION_INTENT,
          List.of("required", "demand_at", "prompt_template"),
          ProfileData.TASK_BOUNDARY,
          List.of("signals", "time_gap_seconds", "dir_change_depth", "on_match"),
          ProfileData.HIGH_CONSEQUENCE,
          List.of("tools", ProfileData.OPERATIONS, "on_match"));
  private static final Set<String> RESERVED_MATCHES = Set.of("prompt", "block", "deny");
  private static final BigDecimal DEFAULT_GAP = BigDecimal.valueOf(300);
  private static final int DEFAULT_DEPTH = 2;

  private final Map<String, @Nullable Object> data;
  private final List<ProfileFinding> findings = new ArrayList<>();

  ProfileReading(Map<String, @Nullable Object> data) {
    this.data = data;
  }

  /** What is wrong, in no order; complete once {@link #settings} was called. */
  List<ProfileFinding> findings() {
    return List.copyOf(findings);
  }

  ProfileSettings settings() {
    checkTopLevel();
    Map<?, ?> intent = section(ProfileData.SESSION_INTENT);
    Map<?, ?> boundary = section(ProfileData.TASK_BOUNDARY);
    Map<?, ?> consequence = section(ProfileData.HIGH_CONSEQUENCE);
    checkRequired(intent);
    checkOnMatch(boundary, ProfileData.TASK_BOUNDARY);
    checkOnMatch(consequence, ProfileData.HIGH_CONSEQUENCE);
    return new ProfileSettings(
        schemaVersion(),
        demandAt(intent),
        new TaskBoundary(signals(boundary), timeGap(boundary), depth(boundary)),
        tools(consequence),
        operations(consequence));
  }

  private void checkTopLevel() {
    for (String name : data.keySet()) {
      KeyPath path = KeyPath.of(name);
      if (RESERVED_KEYS.contains(name)) {
        foundKey(RESERVED, path, "reserved for later versions, ignored");
      } else if (!SECTIONS.contains(name) && !name.equals(ProfileData.SCHEMA_VERSION)) {
        foundKey(
            UNKNOWN,
            path,
            "unknown key, ignored; known: schema_version, session_intent, task_boundary,"
                + " high_consequence");
      }
    }
  }

  private Map<?, ?> section(String name) {
    Object value = data.get(name);
    if (!(value instanceof Map<?, ?> section)) {
      if (value != null || data.containsKey(name)) {
        found(MALFORMED, KeyPath.of(name), "must be a mapping");
      }
      return Map.of();
    }
    List<String> known = SECTION_KEYS.getOrDefault(name, List.of());
    for (Object key : section.keySet()) {
      if (!known.contains(key)) {
        String message = "unknown key, ignored; known: " + String.join(", ", known);
        foundKey(UNKNOWN, KeyPath.of(name, (String) key), message);
      }
    }
    return section;
  }

  private @Nullable Long schemaVersion() {
    Object value = data.get(ProfileData.SCHEMA_VERSION);
    KeyPath path = KeyPath.of(ProfileData.SCHEMA_VERSION);
    if (isInteger(value)) {
      if (!Long.valueOf(1).equals(value)) {
        found(UNKNOWN, path, "unknown version, read as version 1");
      }
      return value instanceof Long version ? version : null;
    }
    if (data.containsKey(ProfileData.SCHEMA_VERSION)) {
      found(MALFORMED, path, "must be an integer; this version knows 1");
    }
    return null;
  }

  private void checkRequired(Map<?, ?> intent) {
    if (intent.containsKey("required") && !(intent.get("required") instanceof Boolean)) {
      found(
          IGNORED,
          KeyPath.of(ProfileData.SESSION_INTENT, "required"),
          "should be true or false; it has no effect");
    }
  }

  private DemandAt demandAt(Map<?, ?> intent) {
    Optional<DemandAt> demandAt =
        intent.get("demand_at") instanceof String word ? DemandAt.ofWord(word) : Optional.empty();
    if (demandAt.isEmpty() && intent.containsKey("demand_at")) {
      found(
          IGNORED,
          KeyPath.of(ProfileData.SESSION_INTENT, "demand_at"),
          "unknown value, read as session_start; known: " + String.join(", ", DemandAt.words()));
    }
    return demandAt.orElse(DemandAt.SESSION_START);
  }

  private Set<Signal> signals(Map<?, ?> boundary) {
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    KeyPath path = KeyPath.of(ProfileData.TASK_BOUNDARY, "signals");
    List<String> words = strings(boundary, path);
    for (int i = 0; i < words.size(); i++) {
      Optional<Signal> signal = Signal.ofWord(words.get(i));
      signal.ifPresent(signals::add);
      if (signal.isEmpty()) {
        found(
            IGNORED,
            path.item(i),
            "unknown signal, ignored; known: " + String.join(", ", Signal.words()));
      }
    }
    return signals;
  }

  private BigDecimal timeGap(Map<?, ?> boundary) {
    Object value = boundary.get("time_gap_seconds");
    if (isInteger(value) || (value instanceof Double gap && Double.isFinite(gap))) {
      BigDecimal seconds = new BigDecimal(String.valueOf(value));
      if (seconds.signum() >= 0) {
        return seconds;
      }
    }
    if (boundary.containsKey("time_gap_seconds")) {
      found(
          MALFORMED,
          KeyPath.of(ProfileData.TASK_BOUNDARY, "time_gap_seconds"),
          "must be a finite number of at least 0");
    }
    return DEFAULT_GAP;
  }

  private int depth(Map<?, ?> boundary) {
    Object value = boundary.get("dir_change_depth");
    if (isInteger(value)) {
      BigInteger depth = new BigInteger(String.valueOf(value));
      if (depth.signum() > 0) {
        return depth.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
      }
    }
    if (boundary.containsKey("dir_change_depth")) {
      found(
          MALFORMED,
          KeyPath.of(ProfileData.TASK_BOUNDARY, "dir_change_depth"),
          "must be an integer of at least 1");
    }
    return DEFAULT_DEPTH;
  }

  private void checkOnMatch(Map<?, ?> section, String name) {
    if (!section.containsKey("on_match")) {
      return;
    }
    Object value = section.get("on_match");
    KeyPath path = KeyPath.of(name, "on_match");
    if (value instanceof String word && RESERVED_MATCHES.contains(word)) {
      found(RESERVED, path, "reserved for later versions, treated as flag");
    } else if (!"flag".equals(value)) {
      found(IGNORED, path, "unknown value, treated as flag; known: flag");
    }
  }

  private List<LinearPattern> tools(Map<?, ?> consequence) {
    List<LinearPattern> patterns = new ArrayList<>();
    KeyPath path = KeyPath.of(ProfileData.HIGH_CONSEQUENCE, "tools");
    List<String> texts = strings(consequence, path);
    for (int i = 0; i < texts.size(); i++) {
      try {
        patterns.add(LinearPattern.compile(texts.get(i)));
      } catch (PatternProblem e) {
        found(IGNORED, path.item(i), e.reason() + "; skipped");
      }
    }
    return patterns;
  }

  private List<OperationRule> operations(Map<?, ?> consequence) {
    List<OperationRule> rules = new ArrayList<>();
    KeyPath path = KeyPath.of(ProfileData.HIGH_CONSEQUENCE, ProfileData.OPERATIONS);
    Object value = consequence.get(ProfileData.OPERATIONS);
    if (!(value instanceof List<?> list)) {
      if (value != null) {
        found(MALFORMED, path, "must be a list");
      }
      return rules;
    }
    for (int i = 0; i < list.size(); i++) {
      OperationRuleReading rule = new OperationRuleReading(path.item(i));
      rule.read(list.get(i)).ifPresent(rules::add);
      findings.addAll(rule.findings());
    }
    return rules;
  }

  /** The strings of a list; none when anything else is among them. */
  private List<String> strings(Map<?, ?> section, KeyPath path) {
    Object key = path.steps().get(path.steps().size() - 1);
    if (!section.containsKey(key)) {
      return List.of();
    }
    if (!(section.get(key) instanceof List<?> list)) {
      found(MALFORMED, path, "must be a list of strings");
      return List.of();
    }
    List<String> strings = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text) {
        strings.add(text);
      } else {
        found(MALFORMED, path.item(i), "must be a string");
      }
    }
    return strings.size() == list.size() ? strings : List.of();
  }

  private static boolean isInteger(@Nullable Object value) {
    return value instanceof Long || value instanceof BigInteger;
  }

  private void found(Kind kind, KeyPath path, String message) {
    findings.add(ProfileFinding.ofValue(kind, path, message));
  }

  private void foundKey(Kind kind, KeyPath path, String message) {
    findings.add(ProfileFinding.ofKey(kind, path, message));
  }
}
