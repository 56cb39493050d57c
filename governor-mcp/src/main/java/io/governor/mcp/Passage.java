package io.governor.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a frame.
 *
 * @param onward what goes on to the other side; null when nothing does
 * @param back what is answered to whom it came from, one message each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared but with NOTHING
record Passage(byte @Nullable [] onward, List<byte[]> back) {

  static final Passage NOTHING = new Passage(null, List.of());

  static Passage onward(byte[] json) {
    return new Passage(json, List.of());
  }

  static Passage back(byte[] answer) {
    return new Passage(null, List.of(answer));
  }

  @Override
  public String toString() {
    return "Passage["
        + (onward == null ? "nothing" : onward.length + " bytes")
        + " onward, "
        + back.size()
        + " back]";
  }
}
