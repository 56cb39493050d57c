package io.governor.sync.wire;

import io.governor.sync.SyncException.Delivery;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, whole or not at all, within a time that also holds for an answer that
 * drips: Java's own timeout ends with the headers. Immutable; safe to share between threads.
 */
final class Exchange {

  private final HttpClient client;
  private final Set<Runnable> underWay;
  private final BooleanSupplier everOpen;

  /**
   * @param underWay holds what ends an exchange from elsewhere
   * @param everOpen whether there has been a connection that could carry a request; with TLS, one
   *     whose server was trusted
   */
  Exchange(HttpClient client, Set<Runnable> underWay, BooleanSupplier everOpen) {
    this.client = client;
    this.underWay = underWay;
    this.everOpen = everOpen;
  }

  /**
   * @param sent what tells whether the request's body left; null when it has none
   * @param matters the statuses whose answers have a body worth reading
   * @param now what the time is, for a server that names a date
   */
  Answer make(
      HttpRequest request,
      @Nullable SentMark sent,
      IntPredicate matters,
      Duration within,
      Instant now)
      throws AttemptFailed {
    CompletableFuture<HttpResponse<LimitedBody.Body>> pending =
        client.sendAsync(request, LimitedBody.of(matters));
    Runnable end = () -> pending.cancel(true);
    underWay.add(end);
    try {
      HttpResponse<LimitedBody.Body> got = pending.get(within.toNanos(), TimeUnit.NANOSECONDS);
      RetryAfter retryAfter = RetryAfter.of(got.headers().allValues("retry-after"), now);
      return new Answer(got.statusCode(), retryAfter, got.body());
    } catch (TimeoutException e) {
      end.run();
      throw AttemptFailed.without(delivery(sent), true, "no whole answer came in time");
    } catch (InterruptedException e) {
      end.run();
      Thread.currentThread().interrupt();
      throw AttemptFailed.without(delivery(sent), false, "it was interrupted");
    } catch (CancellationException e) {
      throw AttemptFailed.without(delivery(sent), false, "it was ended with its connection");
    } catch (ExecutionException e) {
      throw explained(e, sent);
    } finally {
      underWay.remove(end);
    }
  }

  private Delivery delivery(@Nullable SentMark sent) {
    boolean taken = sent == null || sent.isTaken();
    return taken && everOpen.getAsBoolean() ? Delivery.UNKNOWN : Delivery.NOT_SENT;
  }

  /** In words of ours: those of Java's client may quote the server, and change with its version. */
  private AttemptFailed explained(Throwable trouble, @Nullable SentMark sent) {
    Optional<Untrusted> untrusted = find(trouble, Untrusted.class);
    if (untrusted.isPresent()) {
      return notSent(false, "the server is not trusted: " + untrusted.get().reason());
    }
    if (find(trouble, UnresolvedAddressException.class).isPresent()
        || find(trouble, UnknownHostException.class).isPresent()) {
      return notSent(false, "the name of the server, or of the proxy, leads nowhere");
    }
    if (find(trouble, HttpConnectTimeoutException.class).isPresent()) {
      return notSent(true, "no connection came about in time");
    }
    if (find(trouble, ConnectException.class).isPresent()) {
      return notSent(true, "no connection could be made");
    }
    if (!everOpen.getAsBoolean() || find(trouble, SSLHandshakeException.class).isPresent()) {
      return notSent(
          false, "no TLS connection came about: expected a server that speaks TLS 1.2 or 1.3");
    }
    return AttemptFailed.without(
        delivery(sent), true, "the connection ended before a whole HTTP answer had come");
  }

  private static AttemptFailed notSent(boolean repeatable, String reason) {
    return AttemptFailed.without(Delivery.NOT_SENT, repeatable, reason);
  }

  private static <T extends Throwable> Optional<T> find(Throwable trouble, Class<T> kind) {
    Throwable cause = trouble;
    for (int depth = 0; cause != null && depth < 16; depth++) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
