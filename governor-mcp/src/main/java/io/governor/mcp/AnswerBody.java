package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of a server's answer: as a whole, up to the bound of a frame, or from 1 MiB on as
 * it comes, where no rule looks at what it holds. Whoever reads slowly slows the server down.
 */
final class AnswerBody implements Flow.Subscriber<List<ByteBuffer>> {

  /** What became of a body. Immutable; the bytes are not to be changed. */
  static final class Taken {

    private final byte @Nullable [] held;
    private final @Nullable Passage instead;

    Taken(byte @Nullable [] held, @Nullable Passage instead) {
      this.held = held;
      this.instead = instead;
    }

    /** All of it; null when it went on. */
    byte @Nullable [] held() {
      return held;
    }

    /** What the client is to get when it could not go on to its end. */
    @Nullable Passage instead() {
      return instead;
    }

    @Override
    public String toString() {
      return held == null ? "Taken[went on]" : "Taken[" + held.length + " bytes]";
    }
  }

  private final Conversation conversation;
  private final LargeAnswer.Way toClient;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final CompletableFuture<Taken> taken = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private @Nullable LargeAnswer large;
  private boolean offered;

  private AnswerBody(Conversation conversation, LargeAnswer.Way toClient) {
    this.conversation = conversation;
    this.toClient = toClient;
  }

  /**
   * Completes exceptionally when the body breaks off before any of it went on, or is too long.
   *
   * @param handling runs each step
   */
  static CompletionStage<Taken> of(
      Flow.Publisher<List<ByteBuffer>> publisher,
      Conversation conversation,
      LargeAnswer.Way toClient,
      Consumer<Runnable> handling) {
    AnswerBody body = new AnswerBody(conversation, toClient);
    publisher.subscribe(new HandledEvents(body, handling));
    return body.taken;
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
      Flow.Subscription current = subscription;
      if (current != null) {
        current.request(1);
      }
    } catch (IOException e) {
      stop(e);
    }
  }

  private void take(byte[] bytes) throws IOException {
    LargeAnswer current = large;
    if (current != null) {
      current.more(bytes, 0, bytes.length);
      return;
    }
    if (held.size() + (long) bytes.length > Frame.LIMITS.maxDocumentLength()) {
      throw new IOException("a body of more than " + Frame.LIMITS.maxDocumentLength() + " bytes");
    }
    held.writeBytes(bytes);
    if (!offered && held.size() >= LineFrames.LARGE) {
      offered = true;
      large = LargeAnswer.begin(conversation, toClient, held.toByteArray());
      if (large != null) {
        held.reset();
      }
    }
  }

  private void stop(IOException failure) {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
    onError(failure);
  }

  /** What went on is no JSON text now, and its client has to be content with that. */
  @Override
  public void onError(Throwable failure) {
    if (large == null) {
      taken.completeExceptionally(failure);
    } else {
      onComplete();
    }
  }

  @Override
  public void onComplete() {
    LargeAnswer current = large;
    if (current == null) {
      taken.complete(new Taken(held.toByteArray(), null));
      return;
    }
    try {
      taken.complete(new Taken(null, current.end()));
    } catch (IOException e) {
      // The client has left.
      taken.complete(new Taken(null, Passage.NOTHING));
    }
  }
}
