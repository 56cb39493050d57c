package io.governor.hooks.daemon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One answer of HTTP/1.1.
 *
 * @param status three digits
 * @param contentType of the body
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WireAnswer(int status, String contentType, byte[] body) {

  static final String FRAMED = "text/x-governor-hook; charset=utf-8";
  static final String JSON = "application/json";

  static WireAnswer framed(byte[] body) {
    return new WireAnswer(200, FRAMED, body);
  }

  static WireAnswer unanswered(int status, String reason) {
    return new WireAnswer(status, FRAMED, Protocol.unanswered(reason));
  }

  ByteBuffer bytes() {
    byte[] head =
        ("HTTP/1.1 "
                + status
                + " "
                + (status < 300 ? "OK" : "Refused")
                + "\r\nGovernor-Protocol: "
                + Protocol.VERSION
                + "\r\nContent-Type: "
                + contentType
                + "\r\nContent-Length: "
                + body.length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(head.length + body.length);
    return all.put(head).put(body).flip();
  }

  @Override
  public String toString() {
    return "WireAnswer[" + status + ", " + body.length + " bytes]";
  }
}
