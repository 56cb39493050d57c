package io.governor.mcp;

import java.util.List;

/** A frame that is no JSON-RPC message, or could be two different ones. */
final class RefusedFrame extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient List<byte[]> ids;

  private RefusedFrame(int code, String reason, List<byte[]> ids) {
    super(reason, null, false, false);
    this.code = code;
    this.ids = ids;
  }

  static RefusedFrame notJson(String reason, List<byte[]> ids) {
    return new RefusedFrame(-32700, reason, ids);
  }

  static RefusedFrame notRpc(String expected, List<byte[]> ids) {
    return new RefusedFrame(-32600, "expected " + expected, ids);
  }

  /** The ids its messages bear, as written, as far as that much can be told. */
  List<byte[]> ids() {
    return ids;
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
