package io.governor.pause;

import java.util.stream.Stream;

/** Session ids as no host should give them. */
public final class HostileIds {

  private HostileIds() {}

  public static Stream<String> all() {
    return Stream.of(
        "",
        "../../etc/passwd",
        "/absolute",
        "..",
        "...",
        "C:\\Windows\\con",
        "nul",
        "a\u0000b",
        "line\nbreak",
        "-rf",
        "s; governor sessions release s",
        "\u202Egnissim",
        "\uD800",
        "Sitzung-\u00e4\u00f6\u00fc-\ud83d\ude80",
        "x".repeat(1 << 20));
  }
}
