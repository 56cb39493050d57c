package io.governor.crypt;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A key that the keys of trace files are derived from: 256 bits and a name, by which it is found
 * again. The name stands in every file; it is no secret. Immutable; any thread may use it.
 */
public final class MasterKey {

  /** How many bytes a key has. */
  public static final int BYTES = 32;

  private static final int LONGEST_ID = 256;
  private static final byte[] NAME = "governor key id 1".getBytes(StandardCharsets.US_ASCII);
  private static final int NAME_BYTES = 8;

  private final String id;
  private final byte[] key;

  private MasterKey(String id, byte[] key) {
    this.id = id;
    this.key = key;
  }

  /**
   * A key that its keeper has named.
   *
   * @param id 1 to 256 characters of printable ASCII without quotes, backslashes and blanks
   * @param key {@value #BYTES} bytes of a random source, which are copied
   */
  public static MasterKey of(String id, byte[] key) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "a key's id has 1 to 256 characters of printable ASCII, without quotes, backslashes and"
              + " blanks");
    }
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + key.length);
    }
    return new MasterKey(id, key.clone());
  }

  /** A key with the name that follows from it, so that no other key can bear it by mistake. */
  static MasterKey named(byte[] key) {
    byte[] name = Hkdf.derive(key, new byte[0], NAME, NAME_BYTES);
    return of(HexFormat.of().formatHex(name), key);
  }

  private static boolean isId(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST_ID
        && id.chars().allMatch(c -> c <= 0x7e && LineShape.isIdCharacter((byte) c));
  }

  /** The name. */
  public String id() {
    return id;
  }

  /** So many bytes that follow from the key, a salt and what they are for. */
  byte[] derive(byte[] salt, byte[] purpose, int bytes) {
    return Hkdf.derive(key, salt, purpose, bytes);
  }

  /** The key itself, for the file it is kept in. */
  byte[] copy() {
    return key.clone();
  }

  /** The name only. */
  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }
}
