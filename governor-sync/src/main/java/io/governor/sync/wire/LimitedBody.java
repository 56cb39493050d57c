package io.governor.sync.wire;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an answer that matters, counting: at most 64 KiB, and nothing that says it is
 * compressed, for nobody asked for that. Of any other answer it reads nothing and lets the
 * connection go. For one answer; called by threads of the HTTP client, one after another.
 */
final class LimitedBody implements BodySubscriber<LimitedBody.Body> {

  /** What came of the body. */
  enum End {
    WHOLE,
    /** The status says that there is none: 204. */
    NONE,
    TOO_LONG,
    COMPRESSED,
    /** Its length contradicts itself, or is no number. */
    OF_NO_LENGTH,
    UNREAD
  }

  /** Its {@code toString} shows the size only. */
  static final class Body {
    private final End end;
    private final byte[] bytes;

    private Body(End end, byte[] bytes) {
      this.end = end;
      this.bytes = bytes;
    }

    End end() {
      return end;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public String toString() {
      return end + ", " + bytes.length + " bytes";
    }
  }

  static final int MOST = 64 << 10;

  private final CompletableFuture<Body> body = new CompletableFuture<>();
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final End planned;
  private Flow.@Nullable Subscription subscription;

  private LimitedBody(End planned) {
    this.planned = planned;
  }

  /** Reads the bodies of answers with such a status. */
  static BodyHandler<Body> of(IntPredicate matters) {
    return answer -> new LimitedBody(plan(answer, matters));
  }

  private static End plan(ResponseInfo answer, IntPredicate matters) {
    if (!matters.test(answer.statusCode())) {
      return End.UNREAD;
    }
    if (answer.statusCode() == 204) {
      return End.NONE;
    }
    boolean plain =
        answer.headers().allValues("content-encoding").stream()
            .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"));
    if (!plain) {
      return End.COMPRESSED;
    }
    List<String> lengths = answer.headers().allValues("content-length");
    boolean chunked = answer.headers().firstValue("transfer-encoding").isPresent();
    if (lengths.isEmpty()) {
      return End.WHOLE;
    }
    return chunked || lengths.size() > 1 ? End.OF_NO_LENGTH : plan(lengths.get(0).strip());
  }

  private static End plan(String length) {
    if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return End.OF_NO_LENGTH;
    }
    return length.length() > 9 || Integer.parseInt(length) > MOST ? End.TOO_LONG : End.WHOLE;
  }

  @Override
  public CompletionStage<Body> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (planned == End.WHOLE) {
      given.request(Long.MAX_VALUE);
    } else {
      end(planned);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone() || collected.size() + buffer.remaining() > MOST) {
        end(End.TOO_LONG);
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      collected.writeBytes(bytes);
    }
  }

  /** Ends without the rest. */
  private void end(End how) {
    body.complete(new Body(how, new byte[0]));
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable trouble) {
    body.completeExceptionally(trouble);
  }

  @Override
  public void onComplete() {
    body.complete(new Body(End.WHOLE, collected.toByteArray()));
  }
}
