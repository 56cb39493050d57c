package io.governor;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Rule} in Java. Not safe for use by several threads; the rules it makes are.
 *
 * <pre>{@code
 * Rule.named("ACME-103")
 *     .title("Large refunds need a person")
 *     .tools("refund.create")
 *     .when(facts -> !(facts.number("/amount") <= 100)) // what is no number, too
 *     .reason("Refunds over 100 need a person.")
 *     .mode(Mode.ENFORCE)
 *     .deny();
 * }</pre>
 */
public final class RuleBuilder {

  private final RuleId id;
  private String title;
  private List<String> tools = List.of("*");
  private Rule.Stage stage = Rule.Stage.CALL;
  private Rule.OnError onError = Rule.OnError.DENY;
  private @Nullable Mode mode;
  private @Nullable CallLimit limit;
  private List<String> contract = List.of();
  private boolean pauses;
  private @Nullable String reason;
  private @Nullable String suggestion;
  private Predicate<CallFacts> condition = facts -> true;

  RuleBuilder(RuleId id) {
    this.id = id;
    this.title = id.value();
  }

  public RuleBuilder title(String newTitle) {
    title = newTitle;
    return this;
  }

  /**
   * Names the tools the rule looks at, exact or as globs.
   *
   * @throws IllegalArgumentException if none is given
   */
  public RuleBuilder tools(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException(
          "rule " + id + ": tools: expected at least one name or glob");
    }
    tools = List.of(names);
    return this;
  }

  /** Looks at results instead of calls. */
  public RuleBuilder onResult() {
    stage = Rule.Stage.RESULT;
    return this;
  }

  /**
   * Matches only where the condition holds; without one the rule matches every call of its tools.
   */
  public RuleBuilder when(Predicate<CallFacts> newCondition) {
    condition = newCondition;
    return this;
  }

  public RuleBuilder mode(Mode newMode) {
    mode = newMode;
    return this;
  }

  public RuleBuilder reason(String newReason) {
    reason = newReason;
    return this;
  }

  public RuleBuilder suggest(String newSuggestion) {
    suggestion = newSuggestion;
    return this;
  }

  /** Matches only the calls beyond the limit, of those for which the condition holds. */
  public RuleBuilder limit(CallLimit newLimit) {
    limit = newLimit;
    return this;
  }

  /**
   * Withdraws these tools from the session when the rule matches and is enforced, see {@link
   * Rule#contract}.
   *
   * @throws IllegalArgumentException if none is given, or a glob is malformed
   */
  public RuleBuilder contract(String... namesOrGlobs) {
    if (namesOrGlobs.length == 0) {
      throw new IllegalArgumentException(
          "rule " + id + ": contract: expected at least one name or glob");
    }
    contract = List.of(namesOrGlobs);
    return this;
  }

  /** Pauses the session when the rule matches and is enforced, until a person releases it. */
  public RuleBuilder pause() {
    pauses = true;
    return this;
  }

  public RuleBuilder onError(Rule.OnError newOnError) {
    onError = newOnError;
    return this;
  }

  public Rule warn() {
    return build(Verdict.WARN, UnaryOperator.identity(), UnaryOperator.identity());
  }

  public Rule ask() {
    return build(Verdict.ASK, UnaryOperator.identity(), UnaryOperator.identity());
  }

  public Rule deny() {
    return build(Verdict.DENY, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** Rewrites the arguments of a matching call. */
  public Rule redactArguments(UnaryOperator<ToolArguments> rewrite) {
    stage = Rule.Stage.CALL;
    return build(Verdict.REDACT, rewrite, UnaryOperator.identity());
  }

  /** Rewrites the result of a matching call. */
  public Rule redactResult(UnaryOperator<ToolResult> rewrite) {
    stage = Rule.Stage.RESULT;
    return build(Verdict.REDACT, UnaryOperator.identity(), rewrite);
  }

  private Rule build(
      Verdict effect,
      UnaryOperator<ToolArguments> onArguments,
      UnaryOperator<ToolResult> onResults) {
    return new BuiltRule(
        id,
        title,
        tools,
        stage,
        effect,
        mode,
        limit,
        contract,
        pauses,
        onError,
        reason,
        suggestion,
        condition,
        onArguments,
        onResults);
  }

  private record BuiltRule(
      RuleId id,
      String title,
      List<String> tools,
      Rule.Stage stage,
      Verdict effect,
      @Nullable Mode mode,
      @Nullable CallLimit limit,
      List<String> contract,
      boolean pauses,
      Rule.OnError onError,
      @Nullable String reason,
      @Nullable String suggestion,
      Predicate<CallFacts> condition,
      UnaryOperator<ToolArguments> onArguments,
      UnaryOperator<ToolResult> onResults)
      implements Rule {

    @Override
    public boolean matches(CallFacts facts) {
      return condition.test(facts);
    }

    @Override
    public ToolArguments redact(ToolArguments arguments) {
      return onArguments.apply(arguments);
    }

    @Override
    public ToolResult redact(ToolResult result) {
      return onResults.apply(result);
    }

    @Override
    public String toString() {
      return "Rule[" + id + "]";
    }
  }
}
