package io.governor.mcp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids in a frame that was refused: whoever waits for an answer under them is to get one all the
 * same. An id that stands twice in a message is none.
 */
final class LooseIds {

  private LooseIds() {}

  static List<byte[]> of(byte[] frame) {
    return of(frame, true);
  }

  /** Those of answers alone: each side counts its own requests, and a broken one answers nobody. */
  static List<byte[]> ofAnswers(byte[] frame) {
    return of(frame, false);
  }

  private static List<byte[]> of(byte[] frame, boolean requests) {
    List<byte[]> ids = new ArrayList<>();
    try {
      JsonBytes json = new JsonBytes(frame);
      JsonBytes.Span document = json.document();
      List<JsonBytes.Span> messages =
          frame[document.from()] == '[' ? json.values(document) : List.of(document);
      for (JsonBytes.Span message : messages) {
        byte[] id = id(json, message);
        boolean wanted = requests || json.member(message, "method") == null;
        if (id != null && wanted && ids.size() < Frame.MAX_BATCH) {
          ids.add(id);
        }
      }
    } catch (IndexOutOfBoundsException e) {
      // It ends in the middle: what was found until then is all there is.
      return ids;
    }
    return ids;
  }

  private static byte @Nullable [] id(JsonBytes json, JsonBytes.Span message) {
    List<JsonBytes.Span> found = json.members(message, "id");
    return found.size() == 1 && RequestId.read(json.text(found.get(0))) != null
        ? json.bytes(found.get(0))
        : null;
  }
}
