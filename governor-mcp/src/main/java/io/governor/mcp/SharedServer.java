package io.governor.mcp;

import com.sun.net.httpserver.Headers;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is our child, serving all clients over HTTP that have no session (2026-07-28).
 * Their ids mean nothing to one another, so each request goes on under an id of ours, and comes
 * back under its own; so do progress tokens and subscriptions. What the server says that belongs to
 * no request belongs to no client. Safe for use by several threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each stage deals with failures itself
final class SharedServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  private final SessionParts parts;
  private final boolean asksClients;
  private final Executor executor;
  private final ServerLines server;
  private final AtomicLong ids = new AtomicLong();
  private final Map<RequestId, PostedRequest> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  SharedServer(
      SessionParts parts,
      boolean asksClients,
      ServerProcess process,
      OutputStream log,
      Executor executor) {
    this.parts = parts;
    this.asksClients = asksClients;
    this.executor = executor;
    this.server = new ServerLines(process, log);
    server.listen(new Held(), this::heard, this::ended);
  }

  boolean isOver() {
    return closed.get();
  }

  /** A client's message came, and is answered in the end. */
  void post(byte[] body, Headers fields, HttpReply reply) {
    byte[] contradicted = MirroredFields.contradicted(fields, parts.tools(), body);
    if (contradicted != null) {
      reply.json(400, contradicted);
      return;
    }
    Conversation conversation = new Conversation(parts, ClientQuestions.of(asksClients));
    conversation
        .pass(Side.CLIENT, Lines.joined(body))
        .thenAccept(
            passage -> posted(conversation, passage, reply, HttpFields.takesEvents(fields)));
  }

  private void posted(
      Conversation conversation, Passage passage, HttpReply reply, boolean takesEvents) {
    byte[] onward = passage.onward();
    Frame frame = onward == null ? null : frame(onward);
    if (frame == null) {
      byte[] answer = Batch.array(passage.back());
      if (answer == null) {
        reply.bytes(202, new byte[0]);
      } else {
        reply.json(200, answer);
      }
      return;
    }
    if (!(frame.parts().get(0).message() instanceof Message.Request)) {
      // The protocol has nothing else for clients to say here: a cancelled request is one whose
      // connection was closed.
      reply.bytes(202, new byte[0]);
      return;
    }
    String id = "governor-" + ids.incrementAndGet();
    PostedRequest posted =
        new PostedRequest(conversation, frame, id, reply, takesEvents, executor, this::left);
    waiting.put(new RequestId(id), posted);
    write(posted.forServer());
    if (closed.get()) {
      over();
    }
  }

  private static @Nullable Frame frame(byte[] json) {
    try {
      return Frame.read(json);
    } catch (RefusedFrame e) {
      return null;
    }
  }

  /** The client of a request has gone: that is how it cancels. */
  private void left(PostedRequest posted) {
    if (waiting.remove(new RequestId(posted.id()), posted)) {
      write(posted.cancelled());
    }
  }

  private void write(byte[] frame) {
    if (!server.write(frame)) {
      close();
    }
  }

  private void ended() {
    close();
    over();
  }

  private void heard(byte[] line) {
    try {
      Frame frame = Frame.read(line);
      for (Frame.Part part : frame.parts()) {
        byte[] message = frame.bytes(part);
        heard(part.message(), frame.batch() ? Frame.read(message) : frame);
      }
    } catch (RefusedFrame refused) {
      for (byte[] rawId : refused.answered()) {
        unreadable(RequestId.read(new String(rawId, StandardCharsets.UTF_8)));
      }
    }
  }

  /** Large answers bear an id of ours, and are held until they can bear their client's. */
  private final class Held implements LineFrames.Large {

    @Override
    public @Nullable LargeAnswer begin(byte[] head) {
      return null;
    }

    @Override
    public void end(LargeAnswer line) {
      throw new IllegalStateException("none was begun");
    }

    @Override
    public void tooLong(@Nullable RequestId id) {
      unreadable(id);
    }
  }

  private void unreadable(@Nullable RequestId id) {
    PostedRequest posted = id == null ? null : waiting.remove(id);
    if (posted != null) {
      posted.end();
    }
  }

  private void heard(Message message, Frame frame) {
    if (message instanceof Message.Answer answer) {
      PostedRequest posted = answer.id() == null ? null : waiting.remove(answer.id());
      if (posted != null) {
        posted.answered(frame);
      }
    } else if (message instanceof Message.Notification told) {
      told(told, frame);
    } else {
      write(
          Answers.error(
              frame.rawId(frame.parts().get(0)),
              -32601,
              "expected no requests of a server: clients of 2026-07-28 take none",
              Map.of()));
    }
  }

  private void told(Message.Notification told, Frame frame) {
    RequestId id = PostedRequest.requestOf(told);
    PostedRequest posted = id == null ? null : waiting.get(id);
    if (posted == null) {
      LOG.debug("a notification belongs to no request");
    } else if (told.method().equals("notifications/cancelled")) {
      waiting.remove(id, posted);
      posted.close();
    } else {
      posted.told(frame);
    }
  }

  /** The server speaks no more: whoever waits is told. */
  private void over() {
    for (RequestId id : List.copyOf(waiting.keySet())) {
      PostedRequest posted = waiting.remove(id);
      if (posted != null) {
        posted.end();
      }
    }
  }

  /** Closes the server's input, and ends it when that does not. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    server.end(parts::close);
  }

  /** Ends the server now; returns when it has ended. */
  void stop() {
    close();
    server.stop();
  }
}
