package io.governor.policy;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Rule.Stage;
import io.governor.Verdict;
import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a rule matches, and how strongly, so that two rules can be compared. Immutable.
 *
 * @param place where in the list of rules it stands
 * @param mode its mode, its own or the policy's
 * @param failures why it may fail to say whether it matches
 * @param asked what must be offered by a rule that this one covers ({@link Signature})
 * @param offered what this one offers
 */
record RuleReach(
    int place,
    PolicyRule rule,
    Mode mode,
    Set<Stage> stages,
    NormalForm form,
    Set<RuleFailure> failures,
    long asked,
    long offered) {

  static List<RuleReach> all(List<PolicyRule> rules, Mode mode, Effort effort) {
    List<RuleReach> all = new ArrayList<>();
    for (PolicyRule rule : rules) {
      effort.next();
      all.add(of(all.size(), rule, mode, effort));
    }
    return all;
  }

  private static RuleReach of(int place, PolicyRule rule, Mode otherwise, Effort effort) {
    NormalForm form = NormalForm.of(rule.when(), effort);
    Mode mode = rule.mode() == null ? otherwise : rule.mode();
    return new RuleReach(
        place,
        rule,
        mode,
        new HashSet<>(PolicyRules.stages(rule.when())),
        form,
        RuleFailure.of(rule),
        Signature.asked(form),
        Signature.offered(form));
  }

  /** Whether it is worth a closer look; for most pairs of rules it is not. */
  boolean mayCover(RuleReach other) {
    return (asked & ~other.offered) == 0;
  }

  /**
   * Whether this rule certainly has a say, and one as strong, in every call in which the other has.
   */
  boolean covers(RuleReach other, Effort effort) {
    return isAsStrong(other)
        && !changesTheSession(other.rule)
        && stages.containsAll(other.stages)
        && coversLimit(other.rule.limit())
        && RuleFailure.doNoHarm(this, other)
        && coversCalls(other, effort);
  }

  /** What it withdraws or pauses it does besides its verdict. */
  private static boolean changesTheSession(PolicyRule rule) {
    return rule.pause() || !rule.contract().isEmpty();
  }

  private boolean isAsStrong(RuleReach other) {
    return mode.compareTo(other.mode) >= 0
        && rule.effect().compareTo(other.rule.effect()) >= 0
        && (other.rule.effect() != Verdict.REDACT || redactsLike(other));
  }

  /** What was asked for and granted may still have to be redacted. */
  private boolean redactsLike(RuleReach other) {
    return rule.effect() == Verdict.DENY
        || (rule.effect() == Verdict.REDACT && redacted(rule).containsAll(redacted(other.rule)));
  }

  private static Set<String> redacted(PolicyRule rule) {
    return PolicyRules.named(rule.when());
  }

  /**
   * A window that counts at least the same calls, for as long, and lets no more of them through.
   */
  private boolean coversLimit(@Nullable CallLimit other) {
    CallLimit own = rule.limit();
    return own == null
        || (other != null
            && own.per() == other.per()
            && own.calls() <= other.calls()
            && own.within().compareTo(other.within()) >= 0);
  }

  private boolean coversCalls(RuleReach other, Effort effort) {
    List<String> tools = other.rule.tools();
    return tools.stream().allMatch(tool -> includes(tool, effort))
        && (rule.when() == null
            || rule.when().equals(other.rule.when())
            || (form.exact() && tools.stream().allMatch(tool -> isImplied(tool, other, effort))));
  }

  private boolean includes(String tool, Effort effort) {
    return rule.tools().stream().anyMatch(own -> includes(own, tool, effort));
  }

  /** Whether a name or glob stands for every tool that another one stands for. */
  static boolean includes(String glob, String other, Effort effort) {
    return glob.equals(other)
        || (Glob.of(other).isExact()
            ? Glob.of(glob).matches(other)
            : Wildcard.allIncluded(effort.glob(glob), effort.glob(other)));
  }

  private boolean isImplied(String tool, RuleReach other, Effort effort) {
    return other.form.alternatives().stream()
        .filter(given -> ServerNames.mayBe(tool, given, effort))
        .allMatch(
            given ->
                form.alternatives().stream().anyMatch(own -> areImplied(own, given, tool, effort)));
  }

  private static boolean areImplied(
      List<Literal> literals, List<Literal> given, String tool, Effort effort) {
    return literals.stream().allMatch(literal -> isImplied(literal, given, tool, effort));
  }

  /** Whether the literal holds wherever the given ones do: none leaves room for its opposite. */
  private static boolean isImplied(
      Literal literal, List<Literal> given, String tool, Effort effort) {
    if (given.contains(literal) || given.stream().anyMatch(each -> isWider(literal, each))) {
      return true;
    }
    List<Literal> opposite = new ArrayList<>(given);
    opposite.add(literal.flipped());
    return Feasibility.obstacle(opposite, effort) != null
        || !ServerNames.mayBe(tool, opposite, effort)
        || !McpMethods.mayBe(tool, opposite);
  }

  /** Of folders and hosts the opposite is no contradiction, but more of them are more. */
  private static boolean isWider(Literal literal, Literal given) {
    return literal.wanted() == given.wanted()
        && literal.atom() instanceof Condition.Argument own
        && given.atom() instanceof Condition.Argument other
        && own.pointer().equals(other.pointer())
        && (literal.wanted()
            ? listsMore(own.comparison(), other.comparison())
            : listsMore(other.comparison(), own.comparison()));
  }

  private static boolean listsMore(Comparison more, Comparison less) {
    if (more instanceof Comparison.Inside wide && less instanceof Comparison.Inside narrow) {
      return wide.roots().containsAll(narrow.roots());
    }
    return more instanceof Comparison.HostIn wide
        && less instanceof Comparison.HostIn narrow
        && wide.hosts().containsAll(narrow.hosts());
  }
}
