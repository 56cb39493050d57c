package io.governor.trace;

/** White space as JSON has it. */
final class Blank {

  private Blank() {}

  static boolean is(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
