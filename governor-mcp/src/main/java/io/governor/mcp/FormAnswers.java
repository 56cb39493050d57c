package io.governor.mcp;

import io.governor.json.CanonicalJson;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a client's call holds for us and not for its server: answers to forms of ours, and the state
 * that came with one. Stateless.
 */
final class FormAnswers {

  private FormAnswers() {}

  /** Whether a call holds anything of the kind. */
  static boolean areIn(Map<String, @Nullable Object> params, CallForms forms) {
    return forms.isOurs(params.get(AskedCall.STATE)) || areInResponses(params, forms);
  }

  private static boolean areInResponses(Map<String, @Nullable Object> params, CallForms forms) {
    return params.get(AskedCall.RESPONSES) instanceof Map<?, ?> responses
        && responses.keySet().stream().anyMatch(forms::isOurs);
  }

  /** The call without it, as a frame of its own; what else it holds stays as it came. */
  static Frame takenOut(
      Frame frame, Frame.Part part, Map<String, @Nullable Object> params, CallForms forms) {
    JsonBytes json = new JsonBytes(frame.bytes(part));
    if (params.get(AskedCall.RESPONSES) instanceof Map<?, ?> responses
        && areInResponses(params, forms)) {
      json = with(json, withoutForms(json, responses, forms));
    }
    if (forms.isOurs(params.get(AskedCall.STATE))) {
      json = with(json, new JsonBytes.Edit(json.hole(params(json), AskedCall.STATE), ""));
    }
    try {
      return Frame.read(json.bytes());
    } catch (RefusedFrame e) {
      throw new IllegalStateException("a frame with less in it can be read as well", e);
    }
  }

  private static JsonBytes with(JsonBytes json, JsonBytes.Edit edit) {
    return new JsonBytes(json.with(List.of(edit)));
  }

  private static JsonBytes.@Nullable Span params(JsonBytes json) {
    return json.member(json.document(), "params");
  }

  private static JsonBytes.Edit withoutForms(JsonBytes json, Map<?, ?> responses, CallForms forms) {
    JsonBytes.Span place = json.member(params(json), AskedCall.RESPONSES);
    if (place == null) {
      throw new IllegalStateException("expected what the frame was read to hold");
    }
    StringJoiner left = new StringJoiner(",", "{", "}");
    Iterator<JsonBytes.Span> values = json.values(place).iterator();
    boolean any = false;
    for (Object key : responses.keySet()) {
      JsonBytes.Span value = values.next();
      if (!forms.isOurs(key)) {
        left.add(CanonicalJson.text(key) + ":" + json.text(value));
        any = true;
      }
    }
    return any
        ? new JsonBytes.Edit(place, left.toString())
        : new JsonBytes.Edit(json.hole(params(json), AskedCall.RESPONSES), "");
  }
}
