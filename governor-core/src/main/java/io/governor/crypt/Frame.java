package io.governor.crypt;

import io.governor.crypt.LineShape.Fit;
import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The line of one encrypted record. Stateless. */
final class Frame {

  private static final String START = "{\"governor_frame\":\"";
  private static final String END = "\"}";
  private static final byte[] START_BYTES = START.getBytes(StandardCharsets.US_ASCII);

  private Frame() {}

  static void write(byte[] sealed, JsonWriter out) {
    out.raw(START_BYTES).raw(Base64Url.encode(sealed)).raw('"').raw('}').raw('\n');
  }

  /** What a line, without its end, is to a frame. */
  static Fit fit(byte[] line, int from, int to) {
    return new LineShape(line, from, to)
        .literal(START)
        .base64(0, Integer.MAX_VALUE)
        .literal(END)
        .fit();
  }

  /** What a line that fits holds; null when it is written as we write none. */
  static byte @Nullable [] sealed(byte[] line, int from, int to) {
    return Base64Url.decode(line, from + START.length(), to - END.length());
  }
}
