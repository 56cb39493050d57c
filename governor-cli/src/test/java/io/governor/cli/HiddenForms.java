package io.governor.cli;

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

/** Looks for a text where it must not be: as it is, in 14 encodings and more, and as one of 4 digests. */
final class HiddenForms {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private HiddenForms() {}

  /** The forms in which the text is there; case does not matter. */
  static List<String> of(String text, String haystack) {
    String folded = haystack.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    forms(text)
        .forEach(
            (name, form) -> {
              if (folded.contains(form.toLowerCase(Locale.ROOT))) {
                found.add(name);
              }
            });
    return found;
  }

  static Map<String, String> forms(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("raw", text);
    forms.put("backwards", new StringBuilder(text).reverse().toString());
    forms.put("utf-16be", in(StandardCharsets.UTF_16BE, text));
    forms.put("utf-16le", in(StandardCharsets.UTF_16LE, text));
    forms.put("hex", HexFormat.of().formatHex(utf8));
    forms.put("hex with colons", HexFormat.ofDelimiter(":").formatHex(utf8));
    forms.put("percent", HexFormat.of().withPrefix("%").formatHex(utf8));
    forms.put("quoted-printable", HexFormat.of().withPrefix("=").formatHex(utf8));
    forms.put("escapes", HexFormat.of().withPrefix("\\u00").formatHex(utf8));
    forms.put("octal", each(utf8, b -> String.format(Locale.ROOT, "\\%03o", b)));
    forms.put("entities", each(utf8, b -> "&#" + b + ";"));
    forms.put("rot13", each(utf8, b -> String.valueOf((char) rot13(b))));
    forms.put("base32", base32(utf8));
    for (int shift = 0; shift < 3; shift++) {
      forms.put("base64 at " + shift, base64(utf8, shift));
    }
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
      byte[] digest = digest(algorithm, utf8);
      forms.put(algorithm, HexFormat.of().formatHex(digest).substring(0, 12));
      forms.put(algorithm + " base64", Base64.getEncoder().encodeToString(digest).substring(0, 12));
    }
    return forms;
  }

  private static String in(Charset charset, String text) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  private static String each(byte[] bytes, IntFunction<String> form) {
    StringBuilder out = new StringBuilder();
    for (byte b : bytes) {
      out.append(form.apply(b & 0xff));
    }
    return out.toString();
  }

  private static int rot13(int c) {
    if (c >= 'a' && c <= 'z') {
      return 'a' + (c - 'a' + 13) % 26;
    }
    return c >= 'A' && c <= 'Z' ? 'A' + (c - 'A' + 13) % 26 : c;
  }

  /** Of whole groups of five bytes, so that nothing depends on what stands behind it. */
  private static String base32(byte[] bytes) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < bytes.length / 5 * 5; i++) {
      bits.append(Integer.toBinaryString(256 + (bytes[i] & 0xff)).substring(1));
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bits.length(); i += 5) {
      out.append(BASE32.charAt(Integer.parseInt(bits.substring(i, i + 5), 2)));
    }
    return out.toString();
  }

  /** The part of the text's Base64 that does not depend on what stands around it. */
  private static String base64(byte[] text, int shift) {
    byte[] shifted = new byte[text.length + shift];
    System.arraycopy(text, 0, shifted, shift, text.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    return encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 3);
  }

  private static byte[] digest(String algorithm, byte[] text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
