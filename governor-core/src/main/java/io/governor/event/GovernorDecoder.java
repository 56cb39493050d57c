package io.governor.event;

import static io.governor.event.ValueReader.BOOL;
import static io.governor.event.ValueReader.INTEGER;
import static io.governor.event.ValueReader.TEXT;
import static java.util.Map.entry;

import io.governor.event.GovernorMember.Asked;
import io.governor.event.GovernorMember.Chain;
import io.governor.event.GovernorMember.Detection;
import io.governor.event.GovernorMember.PolicyRef;
import io.governor.event.GovernorMember.RuleEntry;
import io.governor.event.GovernorMember.SessionChange;
import io.governor.event.GovernorMember.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the member {@code governor} (execution record, section 3). */
final class GovernorDecoder {

  private static final ValueReader WITHDRAWALS =
      ValueReader.objects(Map.of("tool", TEXT, "rule", TEXT));

  static final Map<String, ValueReader> SHAPE =
      Map.ofEntries(
          entry("origin", TEXT),
          entry("call_id", TEXT),
          entry("verdict", TEXT),
          entry("enforced", BOOL),
          entry("rules", ValueReader.objects(Map.of("id", TEXT, "effect", TEXT, "mode", TEXT))),
          entry("detections", ValueReader.objects(Map.of("detector", TEXT, "count", INTEGER))),
          entry(
              "policy", ValueReader.object(Map.of("id", TEXT, "revision", INTEGER, "hash", TEXT))),
          entry("latency_us", INTEGER),
          entry("asked", ValueReader.object(Map.of("by", TEXT, "allowed", BOOL))),
          entry("withdrew", WITHDRAWALS),
          entry("would_withdraw", WITHDRAWALS),
          entry("paused", BOOL),
          entry("would_pause", BOOL),
          entry("released", BOOL),
          entry("lost", ValueReader.COUNTS),
          entry("chain", ValueReader.object(Map.of("prev", TEXT, "hash", TEXT))));

  private GovernorDecoder() {}

  static @Nullable GovernorMember governor(@Nullable Members in) {
    if (in == null) {
      return null;
    }
    return new GovernorMember(
        in.textOrEmpty("origin"),
        in.text("call_id"),
        in.text("verdict"),
        in.bool("enforced"),
        rules(in.objects("rules")),
        detections(in.objects("detections")),
        policy(in.object("policy")),
        in.number("latency_us"),
        asked(in.object("asked")),
        change(in),
        in.counts("lost"),
        chain(in.object("chain")));
  }

  private static @Nullable Asked asked(@Nullable Members in) {
    return in == null ? null : new Asked(in.text("by"), Boolean.TRUE.equals(in.bool("allowed")));
  }

  private static SessionChange change(Members in) {
    SessionChange change =
        new SessionChange(
            withdrawals(in.objects("withdrew")),
            withdrawals(in.objects("would_withdraw")),
            Boolean.TRUE.equals(in.bool("paused")),
            Boolean.TRUE.equals(in.bool("would_pause")),
            Boolean.TRUE.equals(in.bool("released")));
    return change.equals(SessionChange.NONE) ? SessionChange.NONE : change;
  }

  private static List<Withdrawal> withdrawals(List<Members> in) {
    List<Withdrawal> withdrawals = new ArrayList<>(in.size());
    for (Members each : in) {
      withdrawals.add(new Withdrawal(each.textOrEmpty("tool"), each.textOrEmpty("rule")));
    }
    return withdrawals;
  }

  private static List<RuleEntry> rules(List<Members> in) {
    List<RuleEntry> rules = new ArrayList<>(in.size());
    for (Members each : in) {
      rules.add(
          new RuleEntry(
              each.textOrEmpty("id"), each.textOrEmpty("effect"), each.textOrEmpty("mode")));
    }
    return rules;
  }

  private static List<Detection> detections(List<Members> in) {
    List<Detection> detections = new ArrayList<>(in.size());
    for (Members each : in) {
      detections.add(new Detection(each.textOrEmpty("detector"), each.numberOrZero("count")));
    }
    return detections;
  }

  private static @Nullable PolicyRef policy(@Nullable Members in) {
    return in == null
        ? null
        : new PolicyRef(in.textOrEmpty("id"), in.numberOrZero("revision"), in.textOrEmpty("hash"));
  }

  private static @Nullable Chain chain(@Nullable Members in) {
    return in == null ? null : new Chain(in.textOrEmpty("prev"), in.textOrEmpty("hash"));
  }
}
