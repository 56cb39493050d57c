package io.governor.policy;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.Verdict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link PolicyRule} in Java, ending with its effect. Not safe for use by several threads;
 * the rules it makes are. They are checked when the policy is built.
 */
public final class PolicyRuleBuilder {

  private final RuleId id;
  private @Nullable String title;
  private List<String> serves = List.of();
  private List<String> tools = List.of("*");
  private @Nullable Condition when;
  private @Nullable CallLimit limit;
  private @Nullable Mode mode;
  private Rule.OnError onError = Rule.OnError.DENY;
  private @Nullable String reason;
  private @Nullable String suggestion;
  private List<String> contract = List.of();
  private boolean pause;

  PolicyRuleBuilder(RuleId id) {
    this.id = id;
  }

  /** One line for people. */
  public PolicyRuleBuilder title(String newTitle) {
    title = newTitle;
    return this;
  }

  /** What the rule is there for, in words of a catalogue. */
  public PolicyRuleBuilder serves(String... purposes) {
    serves = List.of(purposes);
    return this;
  }

  /** The tools it looks at, names or globs; without this, all. */
  public PolicyRuleBuilder tools(String... namesOrGlobs) {
    tools = List.of(namesOrGlobs);
    return this;
  }

  /** What must hold; without this, every call of its tools matches. */
  public PolicyRuleBuilder when(Condition condition) {
    when = condition;
    return this;
  }

  /** How many matching calls are let through first, within a window that slides. */
  public PolicyRuleBuilder limit(int calls, Duration within, CallLimit.Scope per) {
    limit = new CallLimit(calls, within, per);
    return this;
  }

  /** How far it reaches; without this, as far as its policy. */
  public PolicyRuleBuilder mode(Mode newMode) {
    mode = newMode;
    return this;
  }

  /** What holds when it is enforced and cannot be evaluated. */
  public PolicyRuleBuilder onError(Rule.OnError newOnError) {
    onError = newOnError;
    return this;
  }

  /** Why, for the model and for people. */
  public PolicyRuleBuilder reason(String newReason) {
    reason = newReason;
    return this;
  }

  /** What to do instead. */
  public PolicyRuleBuilder suggest(String newSuggestion) {
    suggestion = newSuggestion;
    return this;
  }

  /**
   * The tools, names or globs, that are withdrawn from the session when the rule matches and is
   * enforced.
   */
  public PolicyRuleBuilder contract(String... namesOrGlobs) {
    contract = List.of(namesOrGlobs);
    return this;
  }

  /** Pauses the session when the rule matches and is enforced, until a person releases it. */
  public PolicyRuleBuilder pause() {
    pause = true;
    return this;
  }

  public PolicyRule warn() {
    return effect(Verdict.WARN);
  }

  /** Rewrites what the detectors of the condition find. */
  public PolicyRule redact() {
    return effect(Verdict.REDACT);
  }

  public PolicyRule ask() {
    return effect(Verdict.ASK);
  }

  public PolicyRule deny() {
    return effect(Verdict.DENY);
  }

  private PolicyRule effect(Verdict effect) {
    return new PolicyRule(
        id,
        title,
        serves,
        tools,
        when,
        limit,
        effect,
        mode,
        onError,
        reason,
        suggestion,
        contract,
        pause);
  }
}
