package io.governor.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a message. Immutable; the bytes are not to be changed. */
public final class Passage {

  static final Passage NOTHING = new Passage(null, List.of());

  private final byte @Nullable [] onward;
  private final List<byte[]> back;
  private final @Nullable String unread;

  Passage(byte @Nullable [] onward, List<byte[]> back) {
    this(onward, back, null);
  }

  private Passage(byte @Nullable [] onward, List<byte[]> back, @Nullable String unread) {
    this.onward = onward;
    this.back = List.copyOf(back);
    this.unread = unread;
  }

  /** It could not be read, and nobody is told but whoever looks after the server. */
  static Passage unread(String reason) {
    return new Passage(null, List.of(), reason);
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

  /** Why it could not be read, without its text; null where it could, or somebody was told. */
  @Nullable String unread() {
    return unread;
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
