package io.governor.mcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
  private volatile Flow.@Nullable Subscription subscription;
  private @Nullable LargeAnswer large;
  private boolean offered;

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
        take(bytes);
      }
      sink.flush();
      again();
    } catch (IOException | CompletionException e) {
      LOG.debug("a stream of events was cut: {}", e.getClass().getName());
      cancel();
    }
  }

  private void take(byte[] bytes) throws IOException {
    int from = large == null ? 0 : more(large, bytes);
    if (from >= bytes.length && from > 0) {
      return;
    }
    for (byte[] event :
        cutter.feed(from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length))) {
      offered = false;
      carry(new ServerEvent(event));
    }
    if (!offered && cutter.pending() >= LineFrames.LARGE) {
      offered = true;
      begin(cutter.rest());
    }
  }

  /** An event with nothing but a large answer in its one line of data need not be held. */
  private void begin(byte[] pending) throws IOException {
    int data = ServerEvent.lastData(pending);
    if (data < 0) {
      return;
    }
    byte[] head = Arrays.copyOf(pending, data);
    large =
        LargeAnswer.begin(
            conversation,
            () -> sink.large(head),
            Arrays.copyOfRange(pending, data, pending.length));
    if (large != null) {
      cutter.taken();
    }
  }

  /** Hands on what belongs to the large answer's line, and returns where that ends. */
  private int more(LargeAnswer answer, byte[] bytes) throws IOException {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    answer.more(bytes, 0, end);
    if (end == bytes.length) {
      return end;
    }
    ended(answer);
    if (bytes[end] == '\r') {
      cutter.takenWithReturn();
    }
    return end + 1;
  }

  private void ended(LargeAnswer answer) throws IOException {
    large = null;
    byte[] instead = answer.end().onward();
    if (instead != null) {
      sink.instead(instead);
    }
  }

  /** A stream that ends within a large answer leaves its client with none, and with an error. */
  private void broken() {
    LargeAnswer current = large;
    if (current == null) {
      return;
    }
    try {
      ended(current);
      sink.flush();
    } catch (IOException e) {
      LOG.debug("a client left its stream: {}", e.getClass().getName());
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

  /** Nobody wants the rest of it. */
  void stop() {
    cancel();
  }

  private void cancel() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
    broken();
    ended.run();
  }

  @Override
  public void onError(Throwable failure) {
    LOG.debug("a stream of events broke: {}", failure.getClass().getName());
    broken();
    ended.run();
  }

  /** Half an event at the end is none (section 9.2.6), and is not handed on. */
  @Override
  public void onComplete() {
    broken();
    ended.run();
  }
}
