package io.governor.json;

import java.nio.charset.StandardCharsets;

/**
 * The name of a member that is written often, already in the form {@link JsonWriter} gives it, so
 * that writing it is one copy. Immutable; any thread may use it.
 */
public final class MemberName {

  /** The literal, a colon and a space, with and without the comma before. */
  private final byte[] first;

  private final byte[] next;

  private MemberName(String name) {
    String written =
        new String(new JsonWriter(32).value(name).toByteArray(), StandardCharsets.US_ASCII);
    first = (written + ": ").getBytes(StandardCharsets.US_ASCII);
    next = (", " + written + ": ").getBytes(StandardCharsets.US_ASCII);
  }

  public static MemberName of(String name) {
    return new MemberName(name);
  }

  byte[] bytes(boolean isFirst) {
    return isFirst ? first : next;
  }
}
