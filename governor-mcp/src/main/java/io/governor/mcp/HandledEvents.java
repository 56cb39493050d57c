package io.governor.mcp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Has each step of a subscriber run by somebody else, on the same thread. */
final class HandledEvents implements Flow.Subscriber<List<ByteBuffer>> {

  private final Flow.Subscriber<List<ByteBuffer>> events;
  private final Consumer<Runnable> handling;

  HandledEvents(Flow.Subscriber<List<ByteBuffer>> events, Consumer<Runnable> handling) {
    this.events = events;
    this.handling = handling;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    events.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    handling.accept(() -> events.onNext(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    handling.accept(() -> events.onError(failure));
  }

  @Override
  public void onComplete() {
    handling.accept(events::onComplete);
  }
}
