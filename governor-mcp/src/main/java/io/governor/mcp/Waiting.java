package io.governor.mcp;

import io.governor.mcp.Message.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests that have not been answered yet, by who sent them: both sides count their ids from
 * nought on their own. Safe for use by several threads.
 */
final class Waiting {

  /** As many requests of a side may wait at once. */
  static final int MAX = 100_000;

  private final Map<Side, Map<RequestId, Exchange>> sent = new EnumMap<>(Side.class);
  private final Set<Side> gone = ConcurrentHashMap.newKeySet();

  Waiting() {
    for (Side side : Side.values()) {
      sent.put(side, new ConcurrentHashMap<>());
    }
  }

  private Map<RequestId, Exchange> sentBy(Side sender) {
    Map<RequestId, Exchange> requests = sent.get(sender);
    if (requests == null) {
      throw new IllegalStateException("both sides have their requests");
    }
    return requests;
  }

  /**
   * A request begins to wait.
   *
   * @return the answer it gets at once because it cannot, or null
   */
  byte @Nullable [] add(Side sender, RequestId id, Exchange exchange) {
    Map<RequestId, Exchange> requests = sentBy(sender);
    if (requests.size() >= MAX) {
      return invalid(exchange, "expected fewer than " + MAX + " requests that wait for an answer");
    }
    if (requests.putIfAbsent(id, exchange) != null) {
      return invalid(exchange, "expected an id that no request still waiting bears");
    }
    // Asked after it was put: whoever marks the side as gone sees the request, or is seen here.
    boolean late = gone.contains(sender.other()) && requests.remove(id, exchange);
    return late ? ended(exchange) : null;
  }

  private static byte[] invalid(Exchange exchange, String problem) {
    return Answers.error(exchange.rawId(), -32600, problem, Map.of());
  }

  private static byte[] ended(Exchange exchange) {
    return Answers.error(exchange.rawId(), Answers.UNANSWERED, "The other side ended.", Map.of());
  }

  /** A request does not wait any more: it was answered by us, or not sent. */
  void remove(Side sender, RequestId id) {
    removed(sender, id);
  }

  /** The request that an answer of this side belongs to; null when nobody waits for it. */
  @Nullable Exchange answered(Side answering, @Nullable RequestId id) {
    return id == null ? null : removed(answering.other(), id);
  }

  /** The client's requests that an answer without or with this id could belong to. */
  Set<Exchange> asked(@Nullable RequestId id) {
    Map<RequestId, Exchange> requests = sentBy(Side.CLIENT);
    if (id == null) {
      return Set.copyOf(requests.values());
    }
    Exchange exchange = requests.get(id);
    return exchange == null ? Set.of() : Set.of(exchange);
  }

  /** What a client gets whose answer could not be handed on. */
  static byte[] unreadable(Exchange exchange) {
    return Answers.error(
        exchange.rawId(), Answers.UNREADABLE, "The answer could not be read.", Map.of());
  }

  /** A request that its sender cancels is still answered, if the other side got it. */
  void heard(Side sender, Notification notification) {
    if (!notification.method().equals("notifications/cancelled")) {
      return;
    }
    RequestId id = RequestId.of(notification.params().get("requestId"));
    Exchange exchange = id == null ? null : sentBy(sender).get(id);
    if (exchange != null) {
      exchange.cancel();
    }
  }

  /** What those get who waited for answers that could not be read. */
  List<byte[]> broken(Side answering, RefusedFrame refused) {
    List<byte[]> answers = new ArrayList<>();
    for (byte[] id : refused.answered()) {
      Exchange exchange =
          answered(answering, RequestId.read(new String(id, StandardCharsets.UTF_8)));
      if (exchange != null) {
        answers.add(
            Answers.error(
                exchange.rawId(),
                Answers.UNREADABLE,
                "The answer could not be read: " + refused.reason(),
                Map.of()));
      }
    }
    return answers;
  }

  /** Waits until nothing that a side sent is waiting, or for so long. */
  void settled(Side sender, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (this) {
      for (long left = patience.toMillis();
          left > 0 && !sentBy(sender).isEmpty();
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    }
  }

  private @Nullable Exchange removed(Side sender, RequestId id) {
    Exchange exchange = sentBy(sender).remove(id);
    synchronized (this) {
      notifyAll();
    }
    return exchange;
  }

  /** What a client gets for the requests of a frame that are still waiting. */
  List<byte[]> unanswered(Frame frame) {
    List<byte[]> answers = new ArrayList<>();
    for (Frame.Part part : frame.parts()) {
      Exchange exchange =
          part.message() instanceof Message.Request request
              ? removed(Side.CLIENT, request.id())
              : null;
      // Without a session cancelling ends the exchange, and nothing follows.
      if (exchange != null && !(exchange.cancelled() && exchange.stateless())) {
        answers.add(unanswered(exchange));
      }
    }
    return answers;
  }

  private static byte[] unanswered(Exchange exchange) {
    return Answers.error(
        exchange.rawId(), Answers.UNANSWERED, "The server gave no answer.", Map.of());
  }

  /** What those get who wait for a side that is gone; who asks it from now on gets it at once. */
  List<byte[]> gone(Side left) {
    gone.add(left);
    Map<RequestId, Exchange> requests = sentBy(left.other());
    List<byte[]> answers = new ArrayList<>();
    for (RequestId id : List.copyOf(requests.keySet())) {
      Exchange exchange = removed(left.other(), id);
      if (exchange != null) {
        exchange.cancel();
        answers.add(ended(exchange));
      }
    }
    return answers;
  }
}
