package io.governor;

import io.governor.CallCounters.Window;
import io.governor.policy.CallSignals;
import io.governor.policy.Risk;
import io.governor.policy.Risk.Signal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the risk of calls as a policy weighs it. Immutable; safe to share between threads. */
final class RiskMeter {

  private static final int BURST_CALLS = 20;
  private static final Duration BURST = Duration.ofSeconds(10);

  private final Risk risk;
  private final Mode mode;

  RiskMeter(Risk risk, Mode mode) {
    this.risk = risk;
    this.mode = mode;
  }

  /** The window whose fullness is a burst, or null where bursts weigh nothing. */
  @Nullable Window burst(CallFacts facts) {
    return weight(Signal.BURST) > 0
        ? new Window(
            "burst/" + facts.origin().wireName() + "/" + facts.sessionId(), BURST_CALLS, BURST)
        : null;
  }

  RiskScore score(CallFacts facts, boolean burst) {
    Map<Signal, Integer> points = new EnumMap<>(Signal.class);
    for (Map.Entry<Signal, Integer> weighed : risk.weights().entrySet()) {
      Signal signal = weighed.getKey();
      boolean present = signal == Signal.BURST ? burst : CallSignals.present(signal, facts);
      if (weighed.getValue() > 0 && present) {
        points.put(signal, weighed.getValue());
      }
    }
    return new RiskScore(points);
  }

  /** What the score says, or null when it reaches no threshold. */
  @Nullable RuleHit hit(RiskScore score) {
    Verdict verdict = verdict(score.total());
    return verdict == Verdict.ALLOW || mode == Mode.OFF
        ? null
        : new RuleHit(
            GovernorRules.RISK,
            verdict,
            mode,
            "The call's risk is " + score + ".",
            GovernorRules.suggestion(GovernorRules.RISK));
  }

  private Verdict verdict(int total) {
    Integer denyAt = risk.denyAt();
    if (denyAt != null && total >= denyAt) {
      return Verdict.DENY;
    }
    Integer warnAt = risk.warnAt();
    return warnAt != null && total >= warnAt ? Verdict.WARN : Verdict.ALLOW;
  }

  private int weight(Signal signal) {
    return risk.weights().getOrDefault(signal, 0);
  }
}
