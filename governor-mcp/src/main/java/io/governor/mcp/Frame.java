package io.governor.mcp;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC frame as it came: one message, or a batch of them, and its bytes. Frames that two
 * readers could understand differently (names that stand twice, invalid UTF-8, text behind the end)
 * are refused. Immutable.
 *
 * @param json the bytes
 * @param parts the messages in their order, at least one
 * @param batch whether they came as an array
 */
record Frame(JsonBytes json, List<Part> parts, boolean batch) {

  /** The most a frame may hold to be read as a whole: 64 MiB, 1,000 levels, 16 Mi per string. */
  static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(1000, 16 << 20, 1 << 16, 64L << 20, 4_000_000, true);

  /** The most messages of a batch. */
  static final int MAX_BATCH = 1000;

  /**
   * A message with its place in the frame.
   *
   * @param place where it stands
   * @param message what it is
   */
  record Part(JsonBytes.Span place, Message message) {}

  /**
   * Reads a frame.
   *
   * @throws RefusedFrame if it is not one, with the id of the request it may have been
   */
  static Frame read(byte[] utf8) throws RefusedFrame {
    Object tree;
    try {
      tree = StrictJson.parse(utf8, LIMITS);
    } catch (JsonProblem e) {
      throw RefusedFrame.notJson(String.valueOf(e.getMessage()), utf8);
    }
    try {
      return of(new JsonBytes(utf8), tree);
    } catch (NotRpc e) {
      throw RefusedFrame.notRpc(e.expected, utf8);
    }
  }

  private static Frame of(JsonBytes json, @Nullable Object tree) throws NotRpc {
    JsonBytes.Span document = json.document();
    return tree instanceof List<?> members
        ? batch(json, document, members)
        : new Frame(json, List.of(new Part(document, message(tree))), false);
  }

  /** What a member of a frame should have been. */
  private static final class NotRpc extends Exception {
    private static final long serialVersionUID = 1L;
    private final String expected;

    NotRpc(String expected) {
      super(expected, null, false, false);
      this.expected = expected;
    }
  }

  private static Frame batch(JsonBytes json, JsonBytes.Span document, List<?> members)
      throws NotRpc {
    if (members.isEmpty() || members.size() > MAX_BATCH) {
      throw new NotRpc("a batch of 1 to " + MAX_BATCH + " messages");
    }
    List<JsonBytes.Span> places = json.values(document);
    List<Part> parts = new ArrayList<>(places.size());
    for (int i = 0; i < places.size(); i++) {
      parts.add(new Part(places.get(i), message(members.get(i))));
    }
    return new Frame(json, List.copyOf(parts), true);
  }

  private static Message message(@Nullable Object tree) throws NotRpc {
    if (!(tree instanceof Map<?, ?> members)) {
      throw new NotRpc("an object with a method, a result or an error");
    }
    RequestId id = RequestId.of(members.get("id"));
    if (members.containsKey("method")) {
      return call(members, id);
    }
    boolean failed = members.containsKey("error");
    if (failed == members.containsKey("result")) {
      throw new NotRpc("an object with a method, a result or an error");
    }
    if (id == null && !failed) {
      throw new NotRpc("the id of the request that is answered");
    }
    return new Message.Answer(id, members.get("result"), members.get("error"), failed);
  }

  private static Message call(Map<?, ?> members, @Nullable RequestId id) throws NotRpc {
    if (!(members.get("method") instanceof String method)) {
      throw new NotRpc("a method that is a string");
    }
    if (members.containsKey("result") || members.containsKey("error")) {
      throw new NotRpc("a request or an answer, not both in one");
    }
    Map<String, @Nullable Object> params = params(members.get("params"));
    if (!members.containsKey("id")) {
      return new Message.Notification(method, params);
    }
    if (id == null) {
      throw new NotRpc("an id that is a string or a number");
    }
    return new Message.Request(id, method, params);
  }

  @SuppressWarnings("unchecked") // The reader's objects have names that are strings.
  private static Map<String, @Nullable Object> params(@Nullable Object params) {
    return params instanceof Map<?, ?> members ? (Map<String, @Nullable Object>) members : Map.of();
  }

  /** A message as it came; with the blanks around it when it came alone. */
  byte[] bytes(Part part) {
    return batch ? json.bytes(part.place()) : json.bytes();
  }

  /** A message with some of its values exchanged; the edits are ascending. */
  byte[] with(Part part, List<JsonBytes.Edit> edits) {
    if (edits.isEmpty() || !batch) {
      return edits.isEmpty() ? bytes(part) : json.with(edits);
    }
    int from = part.place().from();
    List<JsonBytes.Edit> moved = new ArrayList<>(edits.size());
    for (JsonBytes.Edit edit : edits) {
      moved.add(new JsonBytes.Edit(edit.place().movedBy(-from), edit.json()));
    }
    return new JsonBytes(bytes(part)).with(moved);
  }

  /** A message's id as it was written. */
  byte[] rawId(Part part) {
    JsonBytes.Span id = json.member(part.place(), "id");
    if (id == null) {
      throw new IllegalStateException("expected a message with an id");
    }
    return json.bytes(id);
  }

  @Override
  public String toString() {
    return "Frame[" + json.bytes().length + " bytes, " + parts.size() + " messages]";
  }
}
