package io.governor.mcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the era without sessions that a server over HTTP has not answered to the end.
 * There is no message there that cancels one: the connection that it waits on is closed
 * (specification 2026-07-28, streamable HTTP, cancellation). Safe for use by several threads.
 */
final class OpenRequests {

  private static final String LISTEN = "subscriptions/listen";

  private record Open(String method, Runnable closing) {}

  private final Map<RequestId, Open> open = new ConcurrentHashMap<>();
  private volatile boolean left;

  /** A request is open, and this closes its connection; what closed it before does no more. */
  void opened(Message message, Runnable closing) {
    if (message instanceof Message.Request asked && Era.stateless(asked.params())) {
      open.put(asked.id(), new Open(asked.method(), closing));
      if (left && asked.method().equals(LISTEN)) {
        close(asked.id());
      }
    }
  }

  void ended(Message message) {
    if (message instanceof Message.Request asked) {
      open.remove(asked.id());
    }
  }

  /** Whether a message cancels one of them, which is done then, and needs no telling. */
  boolean cancelled(Message message) {
    RequestId id =
        message instanceof Message.Notification told
                && told.method().equals("notifications/cancelled")
            ? RequestId.of(told.params().get("requestId"))
            : null;
    return id != null && close(id);
  }

  private boolean close(RequestId id) {
    @Nullable Open request = open.remove(id);
    if (request == null) {
      return false;
    }
    request.closing().run();
    return true;
  }

  /** Nobody hears any more what only ends when somebody ends it. */
  void closeSubscriptions() {
    left = true;
    for (Map.Entry<RequestId, Open> each : List.copyOf(open.entrySet())) {
      if (each.getValue().method().equals(LISTEN)) {
        close(each.getKey());
      }
    }
  }
}
