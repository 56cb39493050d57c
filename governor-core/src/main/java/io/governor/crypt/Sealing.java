package io.governor.crypt;

import io.governor.json.JsonWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lines of one file into what is written there: encrypted, or plain again where
 * encryption was switched off and the file has an encrypted section. Not safe for use by several
 * threads; its owner's lock guards it.
 */
public final class Sealing {

  /** What the end of the file is to the next line. */
  private enum Tail {
    /** Plain text, or nothing. */
    PLAIN,
    /** The section at hand. */
    SECTION,
    /** A section that is not at hand, or a write that failed somewhere: only a new one is safe. */
    UNKNOWN
  }

  private final KeyProvider keys;
  private final Purpose purpose;
  private final Nonces nonces;
  private final boolean encrypt;
  private Tail tail;
  private @Nullable Section section;

  Sealing(KeyProvider keys, Purpose purpose, Nonces nonces, boolean encrypt) {
    this.keys = keys;
    this.purpose = purpose;
    this.nonces = nonces;
    this.encrypt = encrypt;
    this.tail = Tail.PLAIN;
  }

  /** For a file that is empty, or ends in plain text. */
  public static Sealing plain(KeyProvider keys, boolean encrypt) {
    return new Sealing(keys, Purpose.TRACE, new RandomNonces(), encrypt);
  }

  /** For a file that a section goes on to the end of, unless the current key is another by now. */
  public static Sealing in(Section section, KeyProvider keys, boolean encrypt) throws IOException {
    return plain(keys, encrypt).goOn(section);
  }

  /** The only line of a file that tells where a session stopped. */
  public static byte[] state(byte[] line, int length, KeyProvider keys) throws IOException {
    JsonWriter out = new JsonWriter(2 * length);
    new Sealing(keys, Purpose.STATE, new RandomNonces(), true).seal(line, length, 0, out);
    return out.toByteArray();
  }

  Sealing goOn(@Nullable Section found) throws IOException {
    if (found != null) {
      boolean current = !encrypt || found.header().keyId().equals(keys.current().id());
      section = current ? found : null;
      tail = current ? Tail.SECTION : Tail.UNKNOWN;
    }
    return this;
  }

  /**
   * Appends to what will be written what becomes of a line.
   *
   * @param line holds the line, without its end
   * @param offset where in the file the first byte to be written will stand
   * @return where in the file the line will begin
   * @throws IOException if there is no key to encrypt with
   */
  public long seal(byte[] line, int length, long offset, JsonWriter out) throws IOException {
    if (encrypt) {
      Section current = current(offset, out);
      long at = offset + out.length();
      current.seal(line, length, at, out);
      return at;
    }
    end(offset, out);
    long at = offset + out.length();
    out.raw(line, length).raw('\n');
    return at;
  }

  private Section current(long offset, JsonWriter out) throws IOException {
    Section current = section;
    if (current == null || tail != Tail.SECTION) {
      current = begin(offset + out.length(), out);
    }
    return current;
  }

  private Section begin(long offset, JsonWriter out) throws IOException {
    MasterKey key = keys.current();
    Header header = Header.of(key);
    out.raw(header.text()).raw('\n');
    Section begun = new Section(header, offset, key, purpose, nonces);
    section = begun;
    tail = Tail.SECTION;
    return begun;
  }

  private void end(long offset, JsonWriter out) throws IOException {
    if (tail != Tail.PLAIN) {
      Section current = current(offset, out);
      current.seal(new byte[0], 0, offset + out.length(), out);
      section = null;
      tail = Tail.PLAIN;
    }
  }

  /**
   * What was to be written may be there, or not, or in part. What comes next begins a section of
   * its own, which is right in each case.
   */
  public void failed() {
    section = null;
    tail = Tail.UNKNOWN;
  }

  /** The section that the next line is written to; null when there is none yet. */
  public @Nullable Section section() {
    return section;
  }
}
