package io.governor.crypt;

import io.governor.crypt.LineShape.Fit;
import io.governor.file.SystemRandom;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The line that begins a section. Immutable.
 *
 * @param keyId the name of the master key
 * @param salt of the section alone
 * @param text the line, without its end
 */
@SuppressWarnings("ArrayRecordComponent") // never shown, never compared, never changed
record Header(String keyId, byte[] salt, byte[] text) {

  private static final int SALT_BYTES = 32;
  private static final int SALT_CHARACTERS = 43;
  private static final int LONGEST_ID = 256;

  private static final String BEFORE_KEY = "{\"governor_encrypted\":1,\"key\":\"";
  private static final String BEFORE_SALT = "\",\"salt\":\"";
  private static final String END = "\"}";

  /** How long a line is at most, without its end. */
  static final int LONGEST =
      BEFORE_KEY.length() + LONGEST_ID + BEFORE_SALT.length() + SALT_CHARACTERS + END.length();

  /** A new one, with a salt that no other has. */
  static Header of(MasterKey key) {
    return of(key, SystemRandom.bytes(SALT_BYTES));
  }

  static Header of(MasterKey key, byte[] salt) {
    String saltText = new String(Base64Url.encode(salt), StandardCharsets.US_ASCII);
    String text = BEFORE_KEY + key.id() + BEFORE_SALT + saltText + END;
    return new Header(key.id(), salt, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What a line, without its end, is to a header. */
  static Fit fit(byte[] line, int from, int to) {
    return new LineShape(line, from, to)
        .literal(BEFORE_KEY)
        .id(LONGEST_ID)
        .literal(BEFORE_SALT)
        .base64(SALT_CHARACTERS, SALT_CHARACTERS)
        .literal(END)
        .fit();
  }

  /** What a line that fits says; null when its salt is written as we write none. */
  static @Nullable Header parse(byte[] line, int from, int to) {
    int saltEnd = to - END.length();
    int saltStart = saltEnd - SALT_CHARACTERS;
    int id = from + BEFORE_KEY.length();
    byte[] salt = Base64Url.decode(line, saltStart, saltEnd);
    if (salt == null) {
      return null;
    }
    int idLength = saltStart - BEFORE_SALT.length() - id;
    String keyId = new String(line, id, idLength, StandardCharsets.US_ASCII);
    return new Header(keyId, salt, Arrays.copyOfRange(line, from, to));
  }
}
