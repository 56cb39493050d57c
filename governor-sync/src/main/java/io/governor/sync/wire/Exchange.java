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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, whole or not at all, within a time that also holds for an answer that
 * drips: Java's own timeout ends with the headers. Immutable; safe to share between threads.
 */
final class Exchange {

  static final String ENDED = "it was ended with its connection";

  private static final String NO_TLS =
      "no TLS connection came about: expected a server that speaks TLS 1.2 or 1.3";
  private static final String NO_TLS_THROUGH_PROXY =
      "no TLS connection came about through the proxy: expected one that opens a way to the server,"
          + " and a server that speaks TLS 1.2 or 1.3";

  private final HttpClient client;
  private final boolean proxied;
  private final Set<Runnable> underWay;
  private final BooleanSupplier everOpen;

  /**
   * @param proxied whether the client goes through a proxy
   * @param underWay holds what ends an exchange from elsewhere
   * @param everOpen whether there has been a connection that could carry a request; with TLS, one
   *     whose server was trusted
   */
  Exchange(HttpClient client, boolean proxied, Set<Runnable> underWay, BooleanSupplier everOpen) {
    this.client = client;
    this.proxied = proxied;
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
    AtomicBoolean ended = new AtomicBoolean();
    Runnable end =
        () -> {
          ended.set(true);
          pending.cancel(true);
        };
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
      throw ended(sent);
    } catch (ExecutionException e) {
      // What is cancelled may break before it knows that it is.
      throw ended.get() ? ended(sent) : explained(e, sent);
    } finally {
      underWay.remove(end);
    }
  }

  private AttemptFailed ended(@Nullable SentMark sent) {
    return AttemptFailed.without(delivery(sent), false, ENDED);
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
      return notSent(false, proxied ? NO_TLS_THROUGH_PROXY : NO_TLS);
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
