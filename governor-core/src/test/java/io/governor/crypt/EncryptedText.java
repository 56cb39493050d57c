package io.governor.crypt;

import io.governor.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file as writers make it, in memory: lines, plain or encrypted, kills and other keys. */
final class EncryptedText {

  private final FixedKeys keys;
  private final Nonces nonces;
  private final JsonWriter file = new JsonWriter(1024);
  private final JsonWriter plain = new JsonWriter(1024);
  private Sealing sealing;

  EncryptedText(FixedKeys keys, Nonces nonces, boolean encrypt) {
    this.keys = keys;
    this.nonces = nonces;
    this.sealing = new Sealing(keys, Purpose.TRACE, nonces, encrypt);
  }

  EncryptedText line(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    JsonWriter out = new JsonWriter(256);
    try {
      sealing.seal(bytes, bytes.length, file.length(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.raw(out.buffer(), out.length());
    plain.raw(bytes).raw('\n');
    return this;
  }

  /** Another process goes on, with encryption switched on or off. */
  EncryptedText reopened(boolean encrypt) throws IOException {
    ClearText text = clear(keys);
    text.readAllBytes();
    sealing = new Sealing(keys, Purpose.TRACE, nonces, encrypt).goOn(text.section());
    return this;
  }

  /**
   * A write is cut off after so many bytes of what it would have written, and the next closes it.
   */
  EncryptedText torn(String line, int bytes) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    JsonWriter out = new JsonWriter(256);
    int before = file.length();
    try {
      sealing.seal(text, text.length, before, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.raw(out.buffer(), Math.min(bytes, out.length()));
    sealing.failed();
    if (file.length() > 0 && file.buffer()[file.length() - 1] != '\n') {
      file.raw('\n');
    }
    return this;
  }

  ClearText clear(KeyProvider reader) {
    return ClearText.of(new ByteArrayInputStream(bytes()), reader);
  }

  byte[] bytes() {
    return Arrays.copyOf(file.buffer(), file.length());
  }

  String file() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** What would lie there without encryption, torn lines aside. */
  String plain() {
    return new String(plain.toByteArray(), StandardCharsets.UTF_8);
  }
}
