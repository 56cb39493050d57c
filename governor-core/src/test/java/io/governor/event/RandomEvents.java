package io.governor.event;

import io.governor.TokenUsage;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.GovernanceError;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Events with every kind of content the encoder can be given, from a seed. */
public final class RandomEvents {

  private static final String[] PIECES = {
    "",
    "crm",
    "a b",
    "\u00e9",
    "\u007f",
    "\ud83d\ude00",
    "\ud800",
    "\udc00x",
    "\"",
    "\\",
    "\b\f\n\r\t",
    "\u0000",
    "\u2028",
    "/",
    "}}",
    "{\"",
    ", \"chain\": {\"prev\": \"",
    "\ufeff",
    "\uffff"
  };

  private final SplittableRandom random;

  public RandomEvents(SplittableRandom random) {
    this.random = random;
  }

  /** The seed of this run: the system property {@code governor.seed}, else a new one; printed. */
  public static long seed() {
    String given = System.getProperty("governor.seed", "");
    long seed = given.isBlank() ? new SplittableRandom().nextLong() : Long.parseLong(given.trim());
    System.out.println("seed " + seed + " (repeat with -Dgovernor.seed=" + seed + ")");
    return seed;
  }

  /** The bytes of an event's line, without a line end. */
  public static byte[] line(TraceEvent event) {
    JsonWriter out = new JsonWriter(512);
    EventEncoder.encode(event, out);
    return out.toByteArray();
  }

  public TraceEvent next() {
    return new TraceEvent(
        text(),
        text(),
        random.nextLong(),
        maybe(this::text),
        text(),
        text(),
        random.nextInt(8) == 0 ? null : time(),
        payload(),
        new LinkedHashSet<>(texts()).stream().map(AdvisoryFlag::new).toList(),
        List.copyOf(new LinkedHashSet<>(texts())),
        maybe(this::text),
        random.nextBoolean(),
        maybe(this::text),
        maybe(this::governor));
  }

  private Instant time() {
    return Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(1_000_000_000));
  }

  private EventPayload payload() {
    return switch (random.nextInt(7)) {
      case 0 -> registered();
      case 1 -> new IntentDeclared(maybe(this::text), text(), text(), maybe(this::text), texts());
      case 2 ->
          new ScopeAsserted(
              text(), texts(), text(), text(), maybe(this::text), maybe(this::classification));
      case 3 ->
          new ContextSnapshot(
              texts(), text(), texts(), texts(), count(), maybe(this::usage), maybe(this::text));
      case 4 ->
          new MemoryWriteAttempt(
              text(),
              maybe(this::text),
              text(),
              text(),
              count(),
              maybe(this::text),
              maybe(this::text));
      case 5 ->
          new GovernanceError(text(), text(), maybe(this::text), text(), random.nextBoolean());
      default -> new EventPayload.Unknown(new EventType("LATER_" + text()), text());
    };
  }

  private AgentRegistered registered() {
    return new AgentRegistered(
        text(),
        maybe(this::text),
        maybe(this::text),
        text(),
        texts(),
        maybe(this::text),
        maybe(this::text),
        random.nextBoolean(),
        maybe(this::count),
        maybe(this::text),
        maybe(this::text));
  }

  private OperationClassification classification() {
    List<OperationClassification.Segment> segments = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      List<OperationClassification.Effect> effects = new ArrayList<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        effects.add(new OperationClassification.Effect(text(), text(), maybe(random::nextBoolean)));
      }
      segments.add(new OperationClassification.Segment(text(), maybe(this::text), effects));
    }
    return new OperationClassification(
        text(),
        random.nextInt(Integer.MAX_VALUE),
        random.nextBoolean(),
        maybe(random::nextBoolean),
        segments);
  }

  private TokenUsage usage() {
    return new TokenUsage(
        maybe(this::count),
        maybe(this::count),
        maybe(this::count),
        maybe(this::count),
        maybe(this::count),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        texts());
  }

  private GovernorMember governor() {
    List<GovernorMember.RuleEntry> rules = new ArrayList<>();
    List<GovernorMember.Detection> detections = new ArrayList<>();
    TreeMap<String, Long> lost = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      rules.add(new GovernorMember.RuleEntry(text(), text(), text()));
      detections.add(new GovernorMember.Detection(text(), count()));
      lost.put(withoutSurrogates(text()), count());
    }
    return new GovernorMember(
        text(),
        maybe(this::text),
        maybe(this::text),
        maybe(random::nextBoolean),
        rules,
        detections,
        maybe(() -> new GovernorMember.PolicyRef(text(), count(), text())),
        maybe(this::count),
        maybe(() -> new GovernorMember.Asked(maybe(this::text), random.nextBoolean())),
        change(),
        lost,
        maybe(() -> new GovernorMember.Chain(text(), text())));
  }

  private GovernorMember.SessionChange change() {
    return random.nextBoolean()
        ? GovernorMember.SessionChange.NONE
        : new GovernorMember.SessionChange(
            withdrawals(),
            withdrawals(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean());
  }

  private List<GovernorMember.Withdrawal> withdrawals() {
    List<GovernorMember.Withdrawal> withdrawals = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      withdrawals.add(new GovernorMember.Withdrawal(text(), text()));
    }
    return withdrawals;
  }

  private long count() {
    return random.nextInt(4) == 0 ? random.nextLong(Long.MAX_VALUE) : random.nextInt(3);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.add(text());
    }
    return texts;
  }

  /** A name: the reader's JSON parser takes no halves of surrogate pairs there. */
  private static String withoutSurrogates(String text) {
    return text.replaceAll("[\\ud800-\\udfff]", "");
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      if (random.nextInt(4) == 0) {
        text.append((char) random.nextInt(0x10000));
      }
    }
    return text.toString();
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }
}
