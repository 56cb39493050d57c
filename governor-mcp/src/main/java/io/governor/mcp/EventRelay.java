package io.governor.mcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a stream of server-sent events, event by event and in their order. Whoever reads slowly
 * slows the server down; who has gone ends the server's stream.
 */
final class EventRelay implements Flow.Subscriber<List<ByteBuffer>> {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  private final Conversation conversation;
  private final EventSink sink;
  private final Consumer<byte[]> toServer;
  private final Runnable ended;
  private final EventCutter cutter = new EventCutter(Frame.LIMITS.maxDocumentLength());
  private Flow.@Nullable Subscription subscription;

  EventRelay(Conversation conversation, EventSink sink, Consumer<byte[]> toServer, Runnable ended) {
    this.conversation = conversation;
    this.sink = sink;
    this.toServer = toServer;
    this.ended = ended;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        for (byte[] event : cutter.feed(bytes)) {
          carry(new ServerEvent(event));
        }
      }
      sink.flush();
      again();
    } catch (IOException | CompletionException e) {
      LOG.debug("a stream of events was cut: {}", e.getClass().getName());
      cancel();
    }
  }

  private void carry(ServerEvent event) throws IOException {
    byte[] data = event.data();
    if (data == null) {
      sink.accept(event, null);
      return;
    }
    Passage passage = conversation.pass(Side.SERVER, data).toCompletableFuture().join();
    sink.accept(event, passage.onward());
    passage.back().forEach(toServer);
  }

  private void again() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.request(1);
    }
  }

  private void cancel() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
    ended.run();
  }

  @Override
  public void onError(Throwable failure) {
    LOG.debug("a stream of events broke: {}", failure.getClass().getName());
    ended.run();
  }

  /** Half an event at the end is none (section 9.2.6), and is not handed on. */
  @Override
  public void onComplete() {
    ended.run();
  }
}
