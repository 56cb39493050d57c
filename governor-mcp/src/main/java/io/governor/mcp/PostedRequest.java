package io.governor.mcp;

import io.governor.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that a client without a session has posted, while its server is a process that others
 * use as well: under an id of ours there, and under its own here. What the server says about it
 * goes to the client in its order, by a thread that is not the server's: who reads slowly makes
 * nobody else wait, and is left behind when too much has gathered. Safe for use by several threads.
 */
final class PostedRequest {

  /** As many messages may wait for a client. */
  private static final int MOST = 1000;

  private static final String TOKEN = "progressToken";
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  private final Conversation conversation;
  private final Frame frame;
  private final String id;
  private final byte[] rawId;
  private final @Nullable String rawToken;
  private final HttpReply reply;
  private final boolean takesEvents;
  private final Executor executor;
  private final Consumer<PostedRequest> left;
  private final AtomicInteger gathered = new AtomicInteger();

  // Guarded by this.
  private CompletionStage<?> told = CompletableFuture.completedFuture(null);

  PostedRequest(
      Conversation conversation,
      Frame frame,
      String id,
      HttpReply reply,
      boolean takesEvents,
      Executor executor,
      Consumer<PostedRequest> left) {
    this.conversation = conversation;
    this.frame = frame;
    this.id = id;
    this.rawId = frame.rawId(frame.parts().get(0));
    JsonBytes.Span token = member(frame, "params", "_meta", TOKEN);
    this.rawToken = token == null ? null : frame.json().text(token);
    this.reply = reply;
    this.takesEvents = takesEvents;
    this.executor = executor;
    this.left = left;
  }

  /** The id it goes by at the server. */
  String id() {
    return id;
  }

  private static JsonBytes.@Nullable Span member(Frame frame, String... path) {
    JsonBytes.Span place = frame.json().document();
    for (String name : path) {
      place = frame.json().member(place, name);
    }
    return place;
  }

  /** The request with the ids that the server is to know it by. */
  byte[] forServer() {
    return with(frame, quoted(id), quoted(id), List.of("id"), List.of("params", "_meta", TOKEN));
  }

  /** The notification that the client has gone. */
  byte[] cancelled() {
    return CanonicalJson.text(
            Map.of(
                "jsonrpc",
                "2.0",
                "method",
                "notifications/cancelled",
                "params",
                Map.of("requestId", id)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /**
   * The request that a notification belongs to, by our id or token; null when it is none of ours.
   */
  static @Nullable RequestId requestOf(Message.Notification told) {
    Object token = told.params().get(TOKEN);
    if (token == null && told.params().get("_meta") instanceof Map<?, ?> meta) {
      token = meta.get(SUBSCRIPTION);
    }
    return RequestId.of(token == null ? told.params().get("requestId") : token);
  }

  /** The server answered. */
  void answered(Frame answer) {
    String own = new String(rawId, StandardCharsets.UTF_8);
    byte[] restored =
        with(answer, own, own, List.of("id"), List.of("result", "_meta", SUBSCRIPTION));
    conversation
        .pass(Side.SERVER, restored)
        .thenAccept(
            passage -> {
              byte[] onward = passage.onward();
              later(() -> reply.json(200, onward == null ? new byte[0] : onward));
            });
  }

  /** The server told something on the way. */
  void told(Frame notification) {
    String own = new String(rawId, StandardCharsets.UTF_8);
    byte[] restored =
        with(
            notification,
            rawToken == null ? quoted(id) : rawToken,
            own,
            List.of("params", TOKEN),
            List.of("params", "_meta", SUBSCRIPTION));
    conversation
        .pass(Side.SERVER, restored)
        .thenAccept(
            passage -> {
              byte[] onward = passage.onward();
              if (onward != null && takesEvents) {
                later(() -> event(onward));
              }
            });
  }

  /** A frame with two of its values exchanged, as far as it has them. */
  private static byte[] with(
      Frame frame, String one, String other, List<String> onePlace, List<String> otherPlace) {
    List<JsonBytes.Edit> edits = new ArrayList<>();
    add(edits, member(frame, onePlace.toArray(String[]::new)), one);
    add(edits, member(frame, otherPlace.toArray(String[]::new)), other);
    edits.sort(Comparator.comparingInt(edit -> edit.place().from()));
    return frame.with(frame.parts().get(0), edits);
  }

  private static void add(List<JsonBytes.Edit> edits, JsonBytes.@Nullable Span place, String json) {
    if (place != null) {
      edits.add(new JsonBytes.Edit(place, json));
    }
  }

  private void event(byte[] json) {
    try {
      reply.event(json);
    } catch (IOException e) {
      left.accept(this);
    }
  }

  /** There will be no answer of the server's: the client gets one all the same. */
  void end() {
    byte[] sent = frame.json().bytes();
    byte[] answer = Batch.array(conversation.unanswered(sent));
    later(() -> reply.json(502, answer == null ? new byte[0] : answer));
  }

  /** The server has ended what it told this client. */
  void close() {
    later(reply::close);
  }

  private synchronized void later(Runnable step) {
    if (gathered.incrementAndGet() > MOST) {
      left.accept(this);
      reply.close();
      return;
    }
    told =
        told.thenRunAsync(
            () -> {
              gathered.decrementAndGet();
              step.run();
            },
            executor);
  }
}
