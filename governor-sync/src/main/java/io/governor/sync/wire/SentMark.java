package io.governor.sync.wire;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * Gives bytes to be sent, and remembers whether the first of them were taken. For one attempt; any
 * thread may ask.
 */
final class SentMark implements BodyPublisher {

  private final BodyPublisher bytes;
  private volatile boolean taken;

  SentMark(byte[] bytes) {
    this.bytes = BodyPublishers.ofByteArray(bytes);
  }

  /** Whether bytes were given out, so that they may have reached the server. */
  boolean isTaken() {
    return taken;
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    bytes.subscribe(
        new Flow.Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer next) {
            taken = true;
            subscriber.onNext(next);
          }

          @Override
          public void onError(Throwable trouble) {
            subscriber.onError(trouble);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
