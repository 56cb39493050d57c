package io.governor.mcp.pin;

/** JSON pointers (RFC 6901). */
final class Pointers {

  private Pointers() {}

  static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
