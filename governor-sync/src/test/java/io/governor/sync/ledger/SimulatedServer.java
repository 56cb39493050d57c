package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import io.governor.sync.RuleCounts;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * A server that keeps the contract: the same bytes count once. What becomes of a request is decided
 * by whoever tests.
 */
final class SimulatedServer implements Sender {

  enum Fate {
    ACCEPTED,
    NEVER_ARRIVES,
    ANSWER_LOST,
    SERVER_ERROR,
    REFUSED,
    ARRIVES_TWICE
  }

  private final Set<String> bodies = new LinkedHashSet<>();
  private final List<String> requests = new ArrayList<>();
  private IntSupplier fates = Fate.ACCEPTED::ordinal;

  void fates(IntSupplier newFates) {
    fates = newFates;
  }

  @Override
  public int send(byte[] body) throws SyncException {
    String text = new String(body, StandardCharsets.US_ASCII);
    requests.add(text);
    switch (Fate.values()[fates.getAsInt()]) {
      case ACCEPTED, ARRIVES_TWICE -> bodies.add(text);
      case NEVER_ARRIVES -> throw lost();
      case ANSWER_LOST -> {
        bodies.add(text);
        throw lost();
      }
      case SERVER_ERROR ->
          throw SyncException.exchange(Kind.NETWORK, Delivery.UNKNOWN, 1, "the server failed");
      case REFUSED ->
          throw SyncException.exchange(
              Kind.AUTHORIZATION, Delivery.REFUSED, 1, "the server refused");
    }
    return 1;
  }

  private static SyncException lost() {
    return SyncException.exchange(Kind.NETWORK, Delivery.UNKNOWN, 1, "the server did not answer");
  }

  List<String> bodies() {
    return List.copyOf(bodies);
  }

  List<String> requests() {
    return requests;
  }

  RuleCounts sum() {
    RuleCounts sum = RuleCounts.NONE;
    for (String body : bodies) {
      sum = sum.plus(counts(body));
    }
    return sum;
  }

  static RuleCounts counts(String body) {
    SortedMap<RuleId, Long> counts = new TreeMap<>();
    Map<?, ?> members = (Map<?, ?>) members(body).get("counts_by_rule");
    members.forEach((id, count) -> counts.put(RuleId.of((String) id), (Long) count));
    return new RuleCounts(counts);
  }

  static Map<?, ?> members(String body) {
    try {
      return (Map<?, ?>) StrictJson.parse(body, StrictJson.Limits.ARGUMENTS);
    } catch (JsonProblem e) {
      throw new AssertionError(e);
    }
  }
}
