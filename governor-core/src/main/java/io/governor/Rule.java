package io.governor;

import io.governor.policy.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule about tool calls or their results. A rule is a pure function of the facts it is given:
 * it is called by many threads at once, must not block, and must not keep the facts. A rule that
 * throws costs nothing but itself; see {@link #onError()}.
 *
 * <p>Most rules are written with {@link #named(String)}.
 */
public interface Rule {

  /** Names and globs that all rules together may withdraw. */
  int MOST_WITHDRAWN = 256;

  /** Characters of those, so that an event which tells them all is never too long. */
  int MOST_WITHDRAWN_CHARACTERS = 4096;

  /** Where a rule is asked: the call before it runs, or its result. */
  enum Stage {
    CALL,
    RESULT
  }

  /** What happens when a rule that is enforced throws. */
  enum OnError {
    ALLOW,
    DENY
  }

  RuleId id();

  /** One line for people; never leaves the machine. */
  default String title() {
    return id().value();
  }

  /**
   * The tools it looks at: exact names or globs ({@code *}, {@code ?}, {@code [a-z]}, {@code
   * {a,b}}).
   */
  default List<String> tools() {
    return List.of("*");
  }

  default Stage stage() {
    return Stage.CALL;
  }

  /** What it says when it matches; not {@link Verdict#ALLOW}. */
  Verdict effect();

  /** How far it reaches; null means the governor's default mode. */
  default @Nullable Mode mode() {
    return null;
  }

  default OnError onError() {
    return OnError.DENY;
  }

  /** Why, in one sentence for the model and for people; null for none. Never argument values. */
  default @Nullable String reason() {
    return null;
  }

  /** What to do instead, in one sentence; null for none. */
  default @Nullable String suggestion() {
    return null;
  }

  /**
   * How many matching calls are let through before the rule says anything; null for none. Only at
   * stage CALL.
   */
  default @Nullable CallLimit limit() {
    return null;
  }

  /**
   * The tools, names or globs, that are withdrawn from the session when the rule matches and is
   * enforced: from then on {@link GovernedSession#offers} says so and calls of them are refused.
   * Where it is not enforced the trace says what would have been withdrawn.
   */
  default List<String> contract() {
    return List.of();
  }

  /**
   * Whether the session is paused when the rule matches and is enforced, until a person releases
   * it. Where it is not enforced the trace says so.
   */
  default boolean pauses() {
    return false;
  }

  /**
   * A condition on one argument without which the rule cannot match, or null. The evaluator uses it
   * to leave out rules that cannot match; {@link #matches} is asked all the same where it holds.
   */
  default Condition.@Nullable Argument requires() {
    return null;
  }

  /**
   * Whether equal calls of one agent always get the same answer, whatever the time, the session and
   * the files that are there: only then an answer may be remembered, see {@link
   * GovernorBuilder#cache}.
   */
  default boolean cacheable() {
    return false;
  }

  /** Whether the rule applies to the call, or at stage RESULT to the result. */
  boolean matches(CallFacts facts);

  /** The arguments to run with instead; asked only when the effect is REDACT and the stage CALL. */
  default ToolArguments redact(ToolArguments arguments) {
    return arguments;
  }

  /** The result to hand on instead; asked only when the effect is REDACT and the stage RESULT. */
  default ToolResult redact(ToolResult result) {
    return result;
  }

  /**
   * Starts a rule.
   *
   * @throws IllegalArgumentException if the text is not a rule id
   */
  static RuleBuilder named(String id) {
    return new RuleBuilder(RuleId.of(id));
  }
}
