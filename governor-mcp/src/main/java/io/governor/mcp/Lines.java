package io.governor.mcp;

/** Makes one line of a JSON text: what breaks it can only stand between values. */
final class Lines {

  private Lines() {}

  static byte[] joined(byte[] json) {
    byte[] line = json;
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        line = line == json ? json.clone() : line;
        line[i] = ' ';
      }
    }
    return line;
  }
}
