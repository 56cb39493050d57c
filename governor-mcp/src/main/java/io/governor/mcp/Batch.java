package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a batch together again after each of its messages was judged. */
final class Batch {

  private Batch() {}

  /** The frame as it came where nothing was touched; else what is left of it. */
  static Passage join(Frame frame, List<Passage> parts) {
    List<byte[]> onward = new ArrayList<>();
    List<byte[]> back = new ArrayList<>();
    boolean untouched = true;
    for (int i = 0; i < parts.size(); i++) {
      byte[] part = parts.get(i).onward();
      if (part != null) {
        onward.add(part);
      }
      untouched &= Arrays.equals(part, frame.bytes(frame.parts().get(i)));
      back.addAll(parts.get(i).back());
    }
    return new Passage(untouched ? frame.json().bytes() : array(onward), back);
  }

  /** The messages as one frame; null when there are none. */
  static byte @Nullable [] array(List<byte[]> messages) {
    if (messages.size() < 2) {
      return messages.isEmpty() ? null : messages.get(0);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    char separator = '[';
    for (byte[] message : messages) {
      out.write(separator);
      out.writeBytes(message);
      separator = ',';
    }
    out.write(']');
    return out.toByteArray();
  }
}
