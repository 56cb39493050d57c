package io.governor.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between a client on our own standard streams and a server that speaks HTTP. */
@SuppressWarnings("FutureReturnValueIgnored") // each stage deals with failures itself
final class StdioToHttp {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  /** How long answers are waited for after the client has no more to say. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Conversation conversation;
  private final HttpServerEnd server;
  private final FrameWriter client;
  private final ReadWriteLock handling = new ReentrantReadWriteLock();
  private final OpenRequests open = new OpenRequests();
  private final MessageFields fields;
  private final UnaskedEvents unasked;

  StdioToHttp(Conversation conversation, HttpServerEnd server, OutputStream client) {
    this.conversation = conversation;
    this.server = server;
    this.client = new FrameWriter(client);
    this.fields = new MessageFields(conversation.parts().tools());
    this.unasked =
        new UnaskedEvents(server, fields, (said, ended) -> relay(said, closing -> {}, ended));
  }

  /** Carries frames until the client has ended and was answered. */
  void run(InputStream in) throws InterruptedException {
    try {
      LineFrames frames = new LineFrames(in, (int) Frame.LIMITS.maxDocumentLength());
      for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
        (frame == LineFrames.TOO_LONG
                ? conversation.tooLong(Side.CLIENT)
                : conversation.pass(Side.CLIENT, frame, client::write))
            .thenAccept(this::settle);
      }
    } catch (IOException e) {
      LOG.debug("the client's stream ended: {}", e.getClass().getName());
    }
    conversation.clientLeft();
    open.closeSubscriptions();
    conversation.settled(PATIENCE);
    awaitHandled();
    endSession();
  }

  private void settle(Passage passage) {
    passage.back().forEach(this::toClient);
    byte[] onward = passage.onward();
    if (onward != null) {
      toServer(onward);
    }
  }

  private void toClient(byte[] frame) {
    try {
      client.write(frame);
    } catch (IOException e) {
      LOG.debug("a frame was not taken: {}", e.getClass().getName());
    }
  }

  /** Each message of a frame by itself: servers take no batches any more. */
  private void toServer(byte[] onward) {
    try {
      Frame frame = Frame.read(onward);
      for (Frame.Part part : frame.parts()) {
        post(frame.bytes(part), part.message());
      }
    } catch (RefusedFrame e) {
      LOG.warn("a frame of ours could not be read: {}", e.reason());
    }
  }

  private void post(byte[] json, Message message) {
    if (open.cancelled(message)) {
      return;
    }
    HttpRequest.Builder request = server.request().POST(BodyPublishers.ofByteArray(json));
    fields.to(request, message);
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sending =
        server.send(request.build()).toCompletableFuture();
    open.opened(message, () -> sending.cancel(true));
    CompletionStage<?> posted =
        sending.whenComplete(
            (response, failure) -> handle(() -> answered(json, message, response)));
    if (!(message instanceof Message.Request asked) || asked.method().equals("initialize")) {
      // What comes next means something only when the server has this.
      await(posted);
    }
    if (message instanceof Message.Request asked && asked.method().equals("initialize")) {
      awaitAnswered();
    }
    if (message instanceof Message.Notification told
        && told.method().equals("notifications/initialized")) {
      unasked.open();
    }
  }

  private static void await(CompletionStage<?> posted) {
    try {
      posted.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("a message was not taken: {}", e.getClass().getName());
    }
  }

  private void answered(
      byte[] sent,
      Message message,
      @Nullable HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    if (response == null || response.statusCode() >= 300) {
      open.ended(message);
      if (response != null) {
        BoundedBody.of(response.body(), 0);
      }
      conversation.unanswered(sent).forEach(this::toClient);
      return;
    }
    response.headers().firstValue(HttpFields.SESSION).ifPresent(fields::opened);
    relay(
        response,
        closing -> open.opened(message, closing),
        () -> {
          open.ended(message);
          conversation.unanswered(sent).forEach(this::toClient);
        });
  }

  /** What comes next says which version was agreed on, which the answer tells. */
  private void awaitAnswered() {
    try {
      conversation.settled(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    handledBefore(() -> {});
  }

  private void handledBefore(Runnable step) {
    Lock nobodyHandles = handling.writeLock();
    nobodyHandles.lock();
    try {
      step.run();
    } finally {
      nobodyHandles.unlock();
    }
  }

  /** Whoever took the last request off the list may still be writing its answer. */
  private void awaitHandled() {
    handledBefore(unasked::close);
  }

  private void handle(Runnable step) {
    handling.readLock().lock();
    try {
      step.run();
    } finally {
      handling.readLock().unlock();
    }
  }

  /** Hands on what an answer holds, be it one message or a stream of them. */
  private void relay(
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response,
      Consumer<Runnable> opened,
      Runnable ended) {
    if (HttpFields.isEvents(response)) {
      EventRelay events = new EventRelay(conversation, sink(), this::toServer, ended);
      opened.accept(events::stop);
      response.body().subscribe(new HandledEvents(events, this::handle));
      return;
    }
    AnswerBody.of(response.body(), conversation, this::large, this::handle)
        .thenAccept(this::taken)
        .whenComplete((done, failure) -> handle(ended));
  }

  private void taken(AnswerBody.Taken body) {
    byte[] held = body.held();
    Passage instead = body.instead();
    if (held != null && held.length > 0) {
      handle(() -> conversation.pass(Side.SERVER, held).thenAccept(this::fromServer));
    } else if (instead != null) {
      fromServer(instead);
    }
  }

  /** On standard streams a frame is a line; newlines between its values mean nothing. */
  private LargeAnswer.Out large() {
    FrameWriter.Open line = client.open();
    return new LargeAnswer.Out() {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        byte[] joined = Lines.joined(Arrays.copyOfRange(bytes, from, from + length));
        line.write(joined, 0, joined.length);
      }

      @Override
      public void close() throws IOException {
        line.close();
      }
    };
  }

  private EventSink sink() {
    return new EventSink() {
      @Override
      public void accept(ServerEvent event, byte @Nullable [] onward) throws IOException {
        unasked.heard(event);
        if (onward != null) {
          forward(onward);
        }
      }

      @Override
      public LargeAnswer.Out large(byte[] head) {
        unasked.heard(new ServerEvent(head));
        return client.open();
      }

      @Override
      public void instead(byte[] message) {
        forward(message);
      }

      @Override
      public void flush() {
        // Each frame is written at once.
      }
    };
  }

  private void fromServer(Passage passage) {
    passage.back().forEach(this::toServer);
    byte[] onward = passage.onward();
    if (onward != null) {
      forward(onward);
    }
  }

  /** On standard streams a frame is a line; newlines between its values mean nothing. */
  private void forward(byte[] onward) {
    try {
      fields.answered(Frame.read(onward).parts().get(0).message());
    } catch (RefusedFrame e) {
      LOG.warn("a frame of ours could not be read: {}", e.reason());
    }
    toClient(Lines.joined(onward));
  }

  private void endSession() {
    String sessionId = fields.sessionId();
    if (sessionId == null) {
      return;
    }
    HttpRequest.Builder request = server.request().DELETE();
    fields.to(request);
    await(server.send(request.build()));
  }
}
