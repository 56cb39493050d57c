package io.governor.mcp;

import io.governor.mcp.HttpSessions.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is our child, serving one client that speaks HTTP: answers find the request that
 * waits for them, everything else the server says goes to the client's stream. Safe for use by
 * several threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each stage deals with failures itself
final class ChildServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  private final Client client;
  private final ServerLines server;
  private final UnaskedMessages unasked = new UnaskedMessages();
  private final Map<RequestId, CompletableFuture<byte[]>> asked = new ConcurrentHashMap<>();
  private final Map<RequestId, LargeAnswer.Way> ways = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The request whose large answer is going on; of the thread that reads the server. */
  private @Nullable RequestId large;

  private final LineFrames.Large lines =
      new LineFrames.Large() {
        @Override
        public @Nullable LargeAnswer begin(byte[] head) {
          return beginLarge(head);
        }

        @Override
        public void end(LargeAnswer line) throws IOException {
          endLarge(line);
        }

        @Override
        public void tooLong(@Nullable RequestId id) {
          byte[] answer = client.conversation().brokeOff(id).onward();
          if (answer != null) {
            toClient(answer);
          }
        }
      };

  ChildServer(Client client, ServerProcess process, OutputStream log) {
    this.client = client;
    this.server = new ServerLines(process, log);
    server.listen(lines, this::heard, this::ended);
  }

  /** What the server says without being asked. */
  UnaskedMessages unasked() {
    return unasked;
  }

  boolean isOver() {
    return closed.get();
  }

  /**
   * A client's message came.
   *
   * @param line where it can be spoken to until it has its answer; null where it cannot
   * @param way where a large answer goes as it comes
   * @return its answer; empty when it asks for none, and {@link LineFrames#WENT_ON} when it has it
   */
  CompletableFuture<byte[]> post(byte[] message, @Nullable ClientLine line, LargeAnswer.Way way) {
    return client
        .conversation()
        .pass(Side.CLIENT, Lines.joined(message), line)
        .thenCompose(passage -> posted(passage, way))
        .toCompletableFuture();
  }

  private CompletableFuture<byte[]> posted(Passage passage, LargeAnswer.Way way) {
    byte[] onward = passage.onward();
    if (onward == null) {
      byte[] answer = Batch.array(passage.back());
      return CompletableFuture.completedFuture(answer == null ? new byte[0] : answer);
    }
    Message message = message(onward);
    CompletableFuture<byte[]> answer =
        message instanceof Message.Request request
            ? asked(request.id(), way)
            : CompletableFuture.completedFuture(new byte[0]);
    cancelled(message);
    write(onward);
    return answer;
  }

  private CompletableFuture<byte[]> asked(RequestId id, LargeAnswer.Way way) {
    CompletableFuture<byte[]> answer = asked.computeIfAbsent(id, any -> new CompletableFuture<>());
    if (answer.isDone()) {
      asked.remove(id, answer);
    } else {
      ways.put(id, way);
      answer.whenComplete((done, failure) -> ways.remove(id, way));
    }
    return answer;
  }

  /** Only where it is certain which client waits for it: its id may stand behind the result. */
  private @Nullable LargeAnswer beginLarge(byte[] head) {
    AnswerScan scan = new AnswerScan();
    scan.feed(head, 0, head.length);
    RequestId id = scan.id();
    List<RequestId> candidates = id == null ? List.copyOf(ways.keySet()) : List.of(id);
    LargeAnswer.Way way = candidates.size() == 1 ? ways.get(candidates.get(0)) : null;
    if (way == null) {
      return null;
    }
    try {
      LargeAnswer answer = LargeAnswer.begin(client.conversation(), way, head);
      large = answer == null ? null : candidates.get(0);
      return answer;
    } catch (IOException e) {
      // The client has left, or was spoken to before its answer.
      return null;
    }
  }

  private void endLarge(LargeAnswer line) throws IOException {
    RequestId id = large;
    large = null;
    CompletableFuture<byte[]> answer = id == null ? null : asked.remove(id);
    try {
      line.end();
    } finally {
      if (answer != null) {
        answer.complete(LineFrames.WENT_ON);
      }
    }
  }

  /**
   * A server need not answer what was cancelled: the request that waits for it ends all the same.
   */
  private void cancelled(@Nullable Message message) {
    if (message instanceof Message.Notification told
        && told.method().equals("notifications/cancelled")) {
      RequestId id = RequestId.of(told.params().get("requestId"));
      CompletableFuture<byte[]> answer = id == null ? null : asked.get(id);
      if (answer != null) {
        answer.complete(new byte[0]);
      }
    }
  }

  private static @Nullable Message message(byte[] frame) {
    try {
      return Frame.read(frame).parts().get(0).message();
    } catch (RefusedFrame e) {
      return null;
    }
  }

  private void write(byte[] frame) {
    if (!server.write(frame)) {
      over();
    }
  }

  private void ended() {
    over();
    close();
  }

  private void heard(byte[] frame) {
    client
        .conversation()
        .pass(Side.SERVER, frame)
        .thenAccept(
            passage -> {
              server.log().unread(passage.unread());
              passage.back().forEach(this::write);
              byte[] onward = passage.onward();
              if (onward != null) {
                toClient(onward);
              }
            });
  }

  /** Each message of a frame by itself: what a batch answers was asked one by one. */
  private void toClient(byte[] onward) {
    try {
      Frame frame = Frame.read(onward);
      for (Frame.Part part : frame.parts()) {
        hand(part.message(), frame.bytes(part));
      }
    } catch (RefusedFrame e) {
      LOG.warn("a frame of ours could not be read: {}", e.reason());
    }
  }

  private void hand(Message message, byte[] json) {
    RequestId id = message instanceof Message.Answer answer ? answer.id() : null;
    if (id == null) {
      unasked.add(Lines.joined(json));
      return;
    }
    CompletableFuture<byte[]> waiting = asked.remove(id);
    if (waiting != null) {
      waiting.complete(json);
    } else {
      // The server ended while the request was on its way to it.
      asked.put(id, CompletableFuture.completedFuture(json));
    }
  }

  /** The server speaks no more: whoever waits is told. */
  private void over() {
    List<byte[]> answers = client.conversation().gone(Side.SERVER);
    answers.forEach(this::toClient);
  }

  /** Closes the server's input, and ends it when that does not. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    client.conversation().clientLeft();
    unasked.close();
    server.end(client::close);
  }

  /** Ends the server now; returns when it has ended. */
  void stop() {
    close();
    server.stop();
  }
}
