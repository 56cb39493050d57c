package io.governor.policy;

import io.governor.CallFacts;
import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.Verdict;
import io.governor.detect.Detectors;
import io.governor.detect.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a policy in the form that is evaluated, at one stage.
 *
 * @param source the rule as written
 * @param stage where it is asked
 * @param check its condition; null when every call matches
 * @param searches whether there are patterns in it
 * @param requires what must hold of one argument
 * @param redacted the detectors whose findings it takes out
 * @param detectors all detectors
 */
record CompiledRule(
    PolicyRule source,
    Stage stage,
    @Nullable Check check,
    boolean searches,
    Condition.@Nullable Argument requires,
    Set<String> redacted,
    Detectors detectors)
    implements Rule {

  @Override
  public RuleId id() {
    return source.id();
  }

  @Override
  public String title() {
    return source.title() == null ? source.id().value() : source.title();
  }

  @Override
  public List<String> tools() {
    return source.tools();
  }

  @Override
  public Verdict effect() {
    return source.effect();
  }

  @Override
  public @Nullable Mode mode() {
    return source.mode();
  }

  @Override
  public @Nullable CallLimit limit() {
    return source.limit();
  }

  @Override
  public List<String> contract() {
    return source.contract();
  }

  @Override
  public boolean pauses() {
    return source.pause();
  }

  @Override
  public OnError onError() {
    return source.onError();
  }

  @Override
  public @Nullable String reason() {
    return source.reason();
  }

  @Override
  public @Nullable String suggestion() {
    return source.suggestion();
  }

  /** Conditions on time and on files depend on more than the call. */
  @Override
  public boolean cacheable() {
    return source.limit() == null
        && source.effect() != Verdict.ASK
        && (source.when() == null || Purity.dependsOnTheCallAlone(source.when()));
  }

  @Override
  public boolean matches(CallFacts facts) {
    return check == null || check.holds(facts, searches ? Budget.full() : Budget.NONE);
  }

  @Override
  @SuppressWarnings("unchecked") // what a redactor makes of a map of members is one
  public ToolArguments redact(ToolArguments arguments) {
    String text = arguments.text();
    if (text != null) {
      return ToolArguments.ofJson(Redactor.json(text, redacted, detectors));
    }
    Object members = Redactor.value(arguments.asMap(), redacted, detectors);
    return members instanceof Map<?, ?> map
        ? ToolArguments.of((Map<String, Object>) map)
        : arguments;
  }

  @Override
  public ToolResult redact(ToolResult result) {
    return result.withValue(Redactor.value(result.value(), redacted, detectors));
  }

  @Override
  public String toString() {
    return "Rule[" + source.id() + "]";
  }
}
