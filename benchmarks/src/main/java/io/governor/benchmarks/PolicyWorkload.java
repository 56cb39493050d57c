package io.governor.benchmarks;

import io.governor.policy.Policy;
import java.util.List;

/** The policies that are measured, each with a thousand calls. */
public enum PolicyWorkload {
  MIXED_5(Kind.MIXED, 5),
  MIXED_50(Kind.MIXED, 50),
  MIXED_500(Kind.MIXED, 500),
  MIXED_5000(Kind.MIXED, 5000),
  EXACT_5(Kind.EXACT, 5),
  EXACT_5000(Kind.EXACT, 5000),

  /** The rules of {@link #MIXED_5000}, and of its calls those that match nothing. */
  UNMATCHED_5000(Kind.UNMATCHED, 5000),

  /** 50 rules about the tool that is called, nearly all of which match. */
  APPLYING_50(Kind.APPLYING, 50);

  static final long SEED = 20_261_121;
  static final int CALLS = 1000;

  private enum Kind {
    MIXED,
    UNMATCHED,
    EXACT,
    APPLYING
  }

  private final Kind kind;
  private final int rules;

  PolicyWorkload(Kind kind, int rules) {
    this.kind = kind;
    this.rules = rules;
  }

  /** The rules, the same each time. */
  Policy policy() {
    PolicyGenerator generator = new PolicyGenerator(SEED);
    return switch (kind) {
      case MIXED, UNMATCHED -> generator.mixed(rules);
      case EXACT -> generator.exact(rules);
      case APPLYING -> PolicyGenerator.applying();
    };
  }

  /** The calls, the same each time. */
  List<GeneratedCall> calls(Policy policy) {
    PolicyCalls calls = new PolicyCalls(SEED);
    return switch (kind) {
      case MIXED, EXACT -> calls.of(policy, CALLS);
      case UNMATCHED -> unmatched(calls.of(policy, CALLS), new HandwrittenJudge(policy));
      case APPLYING -> calls.applying(CALLS);
    };
  }

  private static List<GeneratedCall> unmatched(List<GeneratedCall> calls, HandwrittenJudge judge) {
    return calls.stream().filter(call -> !judge.refuses(call)).toList();
  }
}
