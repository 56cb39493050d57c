package io.governor.json;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends JSON to a byte buffer in the one text form of the execution record (section 1): {@code ",
 * "} and {@code ": "} as separators, ASCII only, every other character escaped. It writes what it
 * is told and keeps no state about nesting; the caller places commas through {@link
 * #member(String)} and {@link #comma()}. Not safe for use by several threads.
 */
public final class JsonWriter {

  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private byte[] buffer;
  private int length;

  /** A writer whose buffer starts at the given number of bytes and grows as needed. */
  public JsonWriter(int capacity) {
    buffer = new byte[Math.max(16, capacity)];
  }

  /** The number of bytes written so far. */
  public int length() {
    return length;
  }

  /** The bytes written so far, as a copy. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  /**
   * The buffer itself, valid up to {@link #length()} and only until the next call; saves the copy
   * on the way to a file.
   */
  public byte[] buffer() {
    return buffer;
  }

  /** Forgets everything after the given length. */
  public JsonWriter truncate(int newLength) {
    length = Math.min(length, newLength);
    return this;
  }

  public JsonWriter beginObject() {
    return raw('{');
  }

  public JsonWriter endObject() {
    return raw('}');
  }

  public JsonWriter beginArray() {
    return raw('[');
  }

  public JsonWriter endArray() {
    return raw(']');
  }

  /** Writes {@code ", "}. */
  public JsonWriter comma() {
    ensure(2);
    buffer[length++] = ',';
    buffer[length++] = ' ';
    return this;
  }

  /** Writes a comma unless an object or array was just opened, then the name and {@code ": "}. */
  public JsonWriter member(String name) {
    if (length > 0 && buffer[length - 1] != '{') {
      comma();
    }
    string(name);
    ensure(2);
    buffer[length++] = ':';
    buffer[length++] = ' ';
    return this;
  }

  /** As {@link #member(String)}, for a name that is written often. */
  public JsonWriter member(MemberName name) {
    return raw(name.bytes(length == 0 || buffer[length - 1] == '{'));
  }

  /** Writes a comma unless an array was just opened; call it before each item. */
  public JsonWriter item() {
    return length > 0 && buffer[length - 1] != '[' ? comma() : this;
  }

  /** Writes a string literal, or {@code null}. */
  public JsonWriter value(@Nullable String value) {
    return value == null ? raw(NULL) : string(value);
  }

  public JsonWriter value(@Nullable Boolean value) {
    return raw(value == null ? NULL : value ? TRUE : FALSE);
  }

  public JsonWriter value(long value) {
    if (value == Long.MIN_VALUE) {
      return raw(ascii("-9223372036854775808"));
    }
    ensure(20);
    long rest = value;
    if (rest < 0) {
      buffer[length++] = '-';
      rest = -rest;
    }
    int digits = decimalDigits(rest);
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Writes an array of string literals. */
  public JsonWriter value(List<String> values) {
    beginArray();
    for (int i = 0; i < values.size(); i++) {
      item().string(values.get(i));
    }
    return endArray();
  }

  /** Writes ASCII bytes as they are. */
  public JsonWriter raw(byte[] bytes) {
    return raw(bytes, bytes.length);
  }

  /** Writes the first so many of some ASCII bytes as they are. */
  public JsonWriter raw(byte[] bytes, int count) {
    ensure(count);
    System.arraycopy(bytes, 0, buffer, length, count);
    length += count;
    return this;
  }

  /** Writes one ASCII character as it is. */
  public JsonWriter raw(char c) {
    ensure(1);
    buffer[length++] = (byte) c;
    return this;
  }

  private JsonWriter string(String value) {
    int n = value.length();
    ensure(n + 2);
    buffer[length++] = '"';
    int plain = plainPrefix(value, n);
    for (int i = plain; i < n; i++) {
      char c = value.charAt(i);
      if (isPlain(c)) {
        buffer[length++] = (byte) c;
      } else {
        ensure(6 + n - i);
        escape(c);
      }
    }
    ensure(1);
    buffer[length++] = '"';
    return this;
  }

  /** Copies up to the first character that needs an escape; most texts have none. */
  private int plainPrefix(String value, int n) {
    byte[] out = buffer;
    int at = length;
    int i = 0;
    while (i < n && isPlain(value.charAt(i))) {
      out[at++] = (byte) value.charAt(i++);
    }
    length = at;
    return i;
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
  }

  private void escape(char c) {
    buffer[length++] = '\\';
    char shortForm = shortEscape(c);
    if (shortForm != 0) {
      buffer[length++] = (byte) shortForm;
      return;
    }
    buffer[length++] = 'u';
    buffer[length++] = HEX[c >> 12];
    buffer[length++] = HEX[c >> 8 & 0xf];
    buffer[length++] = HEX[c >> 4 & 0xf];
    buffer[length++] = HEX[c & 0xf];
  }

  /** The second character of a two-character escape, or 0 for a character that has none. */
  static char shortEscape(char c) {
    return switch (c) {
      case '"', '\\' -> c;
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  private static int decimalDigits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
