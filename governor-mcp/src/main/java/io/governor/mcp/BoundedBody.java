package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body as a whole, up to a bound; a longer one, or one that never ends, is a failure. */
final class BoundedBody implements Flow.Subscriber<List<ByteBuffer>> {

  private final long max;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  private BoundedBody(long max) {
    this.max = max;
  }

  /** The bytes that are published; completes exceptionally when there are more than allowed. */
  static CompletableFuture<byte[]> of(Flow.Publisher<List<ByteBuffer>> publisher, long max) {
    BoundedBody body = new BoundedBody(max);
    publisher.subscribe(body);
    return body.whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.size() + (long) buffer.remaining() > max) {
        stop();
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      body.writeBytes(bytes);
    }
  }

  private void stop() {
    if (subscription != null) {
      subscription.cancel();
    }
    whole.completeExceptionally(new IllegalStateException("a body of more than " + max + " bytes"));
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(body.toByteArray());
  }
}
