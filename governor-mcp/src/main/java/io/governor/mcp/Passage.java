package io.governor.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a message. Immutable; the bytes are not to be changed. */
public final class Passage {

  static final Passage NOTHING = new Passage(null, List.of());

  private final byte @Nullable [] onward;
  private final List<byte[]> back;

  Passage(byte @Nullable [] onward, List<byte[]> back) {
    this.onward = onward;
    this.back = List.copyOf(back);
  }

  static Passage onward(byte[] json) {
    return new Passage(json, List.of());
  }

  static Passage back(byte[] answer) {
    return new Passage(null, List.of(answer));
  }

  /** What goes on to the other side; null when nothing does. */
  public byte @Nullable [] onward() {
    return onward;
  }

  /** What is answered to whom it came from, one message each. */
  public List<byte[]> back() {
    return back;
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
