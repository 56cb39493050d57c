package io.governor.collector.testing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The forms in which a text could be hidden in what leaves a machine: as it is, in fourteen
 * encodings, and as one of four digests, whole or by its first twelve characters. Case is not told
 * apart. Stateless.
 */
public final class Disguises {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int DIGEST_CHARACTERS = 12;

  private Disguises() {}

  /**
   * The names of the forms in which the text is in there; none when it is not.
   *
   * @param text at least 5 characters, else it would be found anywhere
   * @param bytes a character per byte
   */
  public static List<String> of(String text, String bytes) {
    String haystack = bytes.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    forms(text)
        .forEach(
            (name, form) -> {
              if (haystack.contains(form.toLowerCase(Locale.ROOT))) {
                found.add(name);
              }
            });
    return found;
  }

  /** Every form of the text, by its name; a character per byte. */
  public static Map<String, String> forms(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("as it is", new String(utf8, StandardCharsets.ISO_8859_1));
    forms.put("backwards", new StringBuilder(text).reverse().toString());
    forms.put("rot13", rot13(text));
    forms.put("utf-16be", in(StandardCharsets.UTF_16BE, text));
    forms.put("utf-16le", in(StandardCharsets.UTF_16LE, text));
    forms.put("utf-32", in(Charset.forName("UTF-32BE"), text));
    forms.put("hex", HexFormat.of().formatHex(utf8));
    forms.put("percent", each(utf8, value -> String.format("%%%02x", value)));
    forms.put("json escapes", each(utf8, value -> String.format("\\u%04x", value)));
    forms.put("character references", each(utf8, value -> "&#" + value + ";"));
    forms.put("octal", each(utf8, value -> String.format("\\%03o", value)));
    forms.put("quoted-printable", each(utf8, value -> String.format("=%02x", value)));
    forms.put("decimal", each(utf8, value -> value + ",").replaceAll(",$", ""));
    forms.put("base32", base32(utf8));
    for (int shift = 0; shift < 3; shift++) {
      forms.put("base64 at " + shift, base64(Base64.getEncoder(), utf8, shift));
      forms.put("base64url at " + shift, base64(Base64.getUrlEncoder(), utf8, shift));
    }
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
      byte[] hash = hash(algorithm, utf8);
      forms.put(algorithm, HexFormat.of().formatHex(hash).substring(0, DIGEST_CHARACTERS));
      String base64 = Base64.getEncoder().encodeToString(hash);
      forms.put(algorithm + " in base64", base64.substring(0, DIGEST_CHARACTERS));
    }
    return forms;
  }

  private static String in(Charset charset, String text) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  private static String each(byte[] bytes, IntFunction<String> form) {
    StringBuilder out = new StringBuilder();
    for (byte one : bytes) {
      out.append(form.apply(one & 0xff));
    }
    return out.toString();
  }

  private static String rot13(String text) {
    return text.chars()
        .map(c -> c >= 'a' && c <= 'z' ? (c - 'a' + 13) % 26 + 'a' : c)
        .map(c -> c >= 'A' && c <= 'Z' ? (c - 'A' + 13) % 26 + 'A' : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** Without the last character, which depends on what follows. */
  private static String base32(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    long bits = 0;
    int held = 0;
    for (byte one : bytes) {
      bits = (bits << 8 | (one & 0xff)) & 0xffff;
      for (held += 8; held >= 5; held -= 5) {
        out.append(BASE32.charAt((int) (bits >> (held - 5)) & 31));
      }
    }
    return out.toString();
  }

  /** The part that does not depend on what stands around the text. */
  private static String base64(Base64.Encoder encoder, byte[] text, int shift) {
    byte[] shifted = new byte[text.length + shift];
    System.arraycopy(text, 0, shifted, shift, text.length);
    String encoded = encoder.withoutPadding().encodeToString(shifted);
    return encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 3);
  }

  private static byte[] hash(String algorithm, byte[] text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
