package io.governor.crypt;

import io.governor.crypt.LineShape.Fit;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The lines that one header holds for, and the key that follows from it. Says nothing of either.
 * Not safe for use by several threads.
 *
 * <p>A nonce is 96 random bits and never a count: a file or a machine that is restored from a
 * backup would count the same numbers again. With one key for each section they stay far from the
 * 2^32 records that NIST SP 800-38D, section 8.3 allows them.
 */
public final class Section {

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
   * What has to be kept of a section to go on with it without reading it.
   *
   * @param at where in the file its header begins
   * @param records how many records it has had
   */
  public record Place(long at, long records) {}

  /** How many bytes of a file have to be at hand from where a header begins. */
  public static final int LONGEST_HEADER = Header.LONGEST + 1;

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

  /**
   * Goes on with a section of a trace.
   *
   * @param bytes of the file, from where the header begins
   * @return null when there is no header
   * @throws IOException if its key is not known, or cannot be had
   */
  public static @Nullable Section at(Place place, byte[] bytes, KeyProvider keys)
      throws IOException {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    Header header = Header.fit(bytes, 0, end) == Fit.WHOLE ? Header.parse(bytes, 0, end) : null;
    if (header == null) {
      return null;
    }
    MasterKey key = Keys.find(keys, header.keyId());
    Section section = new Section(header, place.at(), key, Purpose.TRACE, new RandomNonces());
    section.records = place.records();
    return section;
  }

  /** Where it is. */
  public Place place() {
    return new Place(at, records);
  }

  /**
   * The last record of the section.
   *
   * @param line holds its frame alone, without its end
   * @param offset where in the file the frame begins
   * @return null when the line is no frame
   * @throws DecryptionException if the record is another one
   */
  public byte @Nullable [] last(byte[] line, int length, long offset) throws DecryptionException {
    byte[] sealed = Frame.fit(line, 0, length) == Fit.WHOLE ? Frame.sealed(line, 0, length) : null;
    if (sealed == null) {
      return null;
    }
    records--;
    return open(sealed, offset);
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
