package io.governor.hooks.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request of HTTP/1.1 (RFC 9112): a head of at most {@value #MOST_FIELDS} fields and a
 * body with a length or in chunks. Refused with 400, 431 or 505: a request that could be read in
 * two ways, such as with two lengths. Confined to one thread.
 */
final class RequestReader {

  private static final int LONGEST_LINE = 8192;
  private static final int MOST_FIELDS = 64;
  private static final long LONGEST_BODY = 1L << 30;

  private final ByteChannel channel;
  private final WireInput in;

  RequestReader(ByteChannel channel) {
    this.channel = channel;
    this.in = new WireInput(channel);
  }

  /**
   * The request.
   *
   * @throws WireProblem if it is none
   * @throws IOException if it ended early
   */
  WireRequest read(WireBody body) throws IOException, WireProblem {
    String[] start = in.line(LONGEST_LINE).split(" ", -1);
    if (start.length != 3 || start[0].isEmpty() || !start[1].startsWith("/")) {
      throw new WireProblem(400, "expected a request line of HTTP/1.1");
    }
    if (!start[2].equals("HTTP/1.1") && !start[2].equals("HTTP/1.0")) {
      throw new WireProblem(505, "expected HTTP/1.1");
    }
    Map<String, String> fields = fields();
    readBody(fields, body);
    return new WireRequest(start[0], start[1], fields, body.bytes());
  }

  private Map<String, String> fields() throws IOException, WireProblem {
    Map<String, String> fields = new HashMap<>();
    for (String line = in.line(LONGEST_LINE); !line.isEmpty(); line = in.line(LONGEST_LINE)) {
      int colon = line.indexOf(':');
      if (colon < 1 || line.charAt(0) <= ' ' || line.charAt(colon - 1) <= ' ') {
        throw new WireProblem(400, "a line of the head is no field");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (fields.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
        throw new WireProblem(400, "a field of the head stands there twice");
      }
      if (fields.size() > MOST_FIELDS) {
        throw new WireProblem(431, "too many fields: at most " + MOST_FIELDS);
      }
    }
    return fields;
  }

  private void readBody(Map<String, String> fields, WireBody body) throws IOException, WireProblem {
    String length = fields.get("content-length");
    String coding = fields.get("transfer-encoding");
    if (length != null && coding != null) {
      throw new WireProblem(400, "a body cannot have a length and come in chunks");
    }
    if (length == null && coding == null) {
      return;
    }
    goOn(fields.get("expect"));
    if (coding == null) {
      in.copy(number(length, 10), body);
    } else if (coding.equalsIgnoreCase("chunked")) {
      chunks(body);
    } else {
      throw new WireProblem(501, "expected no transfer coding but chunked");
    }
  }

  /** A client that asks first waits a second for this. */
  private void goOn(@Nullable String expectation) throws IOException {
    if ("100-continue".equalsIgnoreCase(expectation)) {
      ByteBuffer goOn =
          ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      while (goOn.hasRemaining()) {
        channel.write(goOn);
      }
    }
  }

  private void chunks(WireBody body) throws IOException, WireProblem {
    long sum = 0;
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      sum += size;
      if (sum > LONGEST_BODY) {
        throw new WireProblem(413, "the body is too long");
      }
      in.copy(size, body);
      if (!in.line(2).isEmpty()) {
        throw new WireProblem(400, "a chunk is longer than it says");
      }
    }
    int trailers = 0;
    while (!in.line(LONGEST_LINE).isEmpty()) {
      if (++trailers > MOST_FIELDS) {
        throw new WireProblem(431, "too many fields: at most " + MOST_FIELDS);
      }
    }
  }

  private long chunkSize() throws IOException, WireProblem {
    String line = in.line(LONGEST_LINE);
    int extension = line.indexOf(';');
    return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
  }

  private static long number(@Nullable String digits, int radix) throws WireProblem {
    if (digits == null || digits.isEmpty() || digits.length() > 9) {
      throw new WireProblem(400, "expected the length of a body, at most nine digits");
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), radix) < 0) {
        throw new WireProblem(400, "expected the length of a body in digits");
      }
    }
    long number = Long.parseLong(digits, radix);
    if (number > LONGEST_BODY) {
      throw new WireProblem(413, "the body is too long");
    }
    return number;
  }
}
