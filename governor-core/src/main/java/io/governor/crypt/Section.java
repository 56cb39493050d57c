package io.governor.crypt;

import io.governor.json.JsonWriter;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The lines that one header holds for, and the key that follows from it. Not safe for use by
 * several threads.
 *
 * <p>A nonce is 96 random bits and never a count: a file or a machine that is restored from a
 * backup would count the same numbers again. With one key for each section they stay far from the
 * 2^32 records that NIST SP 800-38D, section 8.3 allows them.
 */
final class Section {

  static final int NONCE_BYTES = 12;

  private static final int TAG_BYTES = 16;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final Header header;
  private final long at;
  private final SecretKeySpec key;
  private final Nonces nonces;
  private long records;
  private @Nullable Cipher cipher;

  /**
   * @param at where in the file the header begins
   */
  Section(Header header, long at, MasterKey key, Purpose purpose, Nonces nonces) {
    this.header = header;
    this.at = at;
    byte[] derived = key.derive(header.salt(), purpose.bytes(), MasterKey.BYTES);
    this.key = new SecretKeySpec(derived, "AES");
    this.nonces = nonces;
    Arrays.fill(derived, (byte) 0);
  }

  Header header() {
    return header;
  }

  /** Where in the file the header begins. */
  long at() {
    return at;
  }

  /** How many records it has had. */
  long records() {
    return records;
  }

  /**
   * Appends the frame of a record.
   *
   * @param offset where in the file it will begin
   */
  void seal(byte[] record, int length, long offset, JsonWriter out) {
    byte[] sealed = Arrays.copyOf(nonces.next(), NONCE_BYTES + length + TAG_BYTES);
    try {
      cipher(Cipher.ENCRYPT_MODE, sealed, offset).doFinal(record, 0, length, sealed, NONCE_BYTES);
      records++;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
    Frame.write(sealed, out);
  }

  /**
   * The record of a frame.
   *
   * @param offset where in the file it begins
   */
  byte[] open(byte[] sealed, long offset) throws DecryptionException {
    int length = sealed.length - NONCE_BYTES;
    if (length < TAG_BYTES) {
      throw altered();
    }
    try {
      byte[] record =
          cipher(Cipher.DECRYPT_MODE, sealed, offset).doFinal(sealed, NONCE_BYTES, length);
      records++;
      return record;
    } catch (AEADBadTagException e) {
      throw altered();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private static DecryptionException altered() {
    return DecryptionException.altered(
        "an encrypted record was altered, or is not in its place; or the key of its name is another");
  }

  private Cipher cipher(int mode, byte[] sealed, long offset) throws GeneralSecurityException {
    Cipher ready = cipher == null ? Cipher.getInstance(CIPHER) : cipher;
    cipher = ready;
    ready.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, sealed, 0, NONCE_BYTES));
    ready.updateAAD(header.text());
    ready.updateAAD(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(offset - at).putLong(records).flip());
    return ready;
  }
}
