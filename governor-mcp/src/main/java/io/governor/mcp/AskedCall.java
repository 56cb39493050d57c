package io.governor.mcp;

import io.governor.Action;
import io.governor.Decision;
import io.governor.ToolArguments;
import io.governor.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as rules see it, and as it may go on. Where a client makes a call again with what its
 * server asked for, rules see that as one more argument, {@code inputResponses}, or where the tool
 * has an argument of that name, with as many underscores behind it as it takes. Belongs to one
 * thread.
 */
final class AskedCall {

  static final String RESPONSES = "inputResponses";
  static final String STATE = "requestState";

  private final Frame frame;
  private final Frame.Part part;
  private final JsonBytes.@Nullable Span argumentsPlace;
  private final JsonBytes.@Nullable Span responsesPlace;
  private final ToolArguments sent;
  private final boolean apart;
  private final @Nullable Map<?, ?> responses;
  private final List<JsonBytes.Edit> edits = new ArrayList<>();
  private @Nullable Map<?, ?> changed;
  private String shownAs = RESPONSES;

  AskedCall(Frame frame, Frame.Part part, Message.Request request, GovernedMethod governed) {
    this(frame, part, request, governed.argumentsMember(), null);
  }

  private AskedCall(
      Frame frame,
      Frame.Part part,
      Message.Request request,
      @Nullable String member,
      @Nullable ToolArguments before) {
    this.frame = frame;
    this.part = part;
    JsonBytes.Span params = frame.json().member(part.place(), "params");
    this.apart = member != null || before != null;
    JsonBytes.Span place = member == null ? params : frame.json().member(params, member);
    this.argumentsPlace = before == null ? place : null;
    this.sent = before == null ? arguments(frame, place) : before;
    this.responses = request.params().get(RESPONSES) instanceof Map<?, ?> map ? map : null;
    this.responsesPlace = responses == null ? null : frame.json().member(params, RESPONSES);
  }

  /**
   * What a client tells a task.
   *
   * @param before the arguments of the call that began it
   */
  static AskedCall update(
      Frame frame, Frame.Part part, Message.Request request, ToolArguments before) {
    return new AskedCall(frame, part, request, null, before);
  }

  private static ToolArguments arguments(Frame frame, JsonBytes.@Nullable Span place) {
    return place == null ? ToolArguments.empty() : ToolArguments.ofJson(frame.json().text(place));
  }

  /** The arguments as they were sent, and nothing else. */
  ToolArguments sent() {
    return sent;
  }

  /** What the client answers to its server, by the server's keys. */
  Map<?, ?> responses() {
    return responses == null ? Map.of() : responses;
  }

  /** The server is to get other answers. */
  void answers(Map<?, ?> newResponses) {
    changed = newResponses;
  }

  /** Bytes of the frame it came in. */
  int size() {
    return frame.json().bytes().length;
  }

  /** The same call goes on in the place of a later request that is the call once more. */
  void again(byte[] rawId, String meta) {
    JsonBytes json = frame.json();
    JsonBytes.Span id = json.member(part.place(), "id");
    JsonBytes.Span before = json.member(json.member(part.place(), "params"), "_meta");
    if (id == null || before == null) {
      throw new IllegalStateException("expected a request of 2026-07-28");
    }
    // What was taken out of the old one is not in the new one.
    edits.clear();
    edits.add(new JsonBytes.Edit(id, new String(rawId, StandardCharsets.UTF_8)));
    edits.add(new JsonBytes.Edit(before, meta));
  }

  /** A value of the request goes no further than to us. */
  void without(JsonBytes.Edit edit) {
    edits.add(edit);
  }

  /** What rules see: the arguments, and what the client answers to the server. */
  ToolArguments seen() {
    Map<?, ?> shown = changed == null ? responses : changed;
    boolean asSent = apart ? shown == null || shown.isEmpty() : changed == null;
    if (asSent || shown == null || sent.problem() != null) {
      return sent;
    }
    Map<String, Object> all = new LinkedHashMap<>(sent.asMap());
    while (apart && all.containsKey(shownAs)) {
      shownAs = shownAs + "_";
    }
    all.put(shownAs, shown);
    return ToolArguments.ofJson(CanonicalJson.text(all));
  }

  /** The request as it may go on. */
  byte[] onward(Decision decision) {
    List<JsonBytes.Edit> all = new ArrayList<>(edits);
    if (decision.action() == Action.REWRITE || changed != null) {
      rewritten(decision.arguments(), all);
    }
    all.sort(Comparator.comparingInt(edit -> edit.place().from()));
    return frame.with(part, all);
  }

  private void rewritten(ToolArguments wanted, List<JsonBytes.Edit> all) {
    if (argumentsPlace != null && (sent.problem() != null || wanted.problem() != null)) {
      all.add(new JsonBytes.Edit(argumentsPlace, wanted.json()));
      return;
    }
    Map<String, Object> arguments = new LinkedHashMap<>(wanted.asMap());
    if (apart && responsesPlace != null && !responses().isEmpty()) {
      // A rule that left nothing of them left nothing of them to the server.
      Object answers = arguments.remove(shownAs) instanceof Map<?, ?> left ? left : Map.of();
      all.addAll(TreeEdits.of(frame.json(), responsesPlace, responses, answers));
    }
    if (argumentsPlace != null) {
      all.addAll(TreeEdits.of(frame.json(), argumentsPlace, sent.asMap(), arguments));
    }
  }
}
