package io.governor.mcp;

import java.util.List;

/** A frame that is no JSON-RPC message, or could be two different ones. */
final class RefusedFrame extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient List<byte[]> ids;
  private final transient List<byte[]> answered;

  private RefusedFrame(int code, String reason, byte[] frame) {
    super(reason, null, false, false);
    this.code = code;
    this.ids = LooseIds.of(frame);
    this.answered = LooseIds.ofAnswers(frame);
  }

  static RefusedFrame notJson(String reason, byte[] frame) {
    return new RefusedFrame(-32700, reason, frame);
  }

  static RefusedFrame notRpc(String expected, byte[] frame) {
    return new RefusedFrame(-32600, "expected " + expected, frame);
  }

  /** Nothing is known of what is in it. */
  static RefusedFrame tooLong(long max) {
    return notJson("expected at most " + max + " bytes", new byte[0]);
  }

  /** The ids its messages bear, as written, as far as that much can be told. */
  List<byte[]> ids() {
    return ids;
  }

  /** The ids of those that are no requests: somebody may wait for what they would have been. */
  List<byte[]> answered() {
    return answered;
  }

  /** The code of JSON-RPC 2.0, section 5.1: not JSON, or no valid request. */
  int code() {
    return code;
  }

  /** What is wrong with it and where; none of its text. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
