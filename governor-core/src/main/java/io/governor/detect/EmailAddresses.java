package io.governor.detect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises addresses of electronic mail: the unquoted form of RFC 5321 (local part up to 64
 * characters, domain up to 255, labels up to 63), with a top-level domain of letters or in
 * Punycode. The user part of an address on the web and the name of a repository over SSH are none.
 */
final class EmailAddresses implements Recognizer {

  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 255;
  private static final int MAX_LABEL = 63;
  private static final int LOOK_BACK = 256;
  private static final CharacterSet LOCAL = CharacterSet.alphanumericsAnd("._%+-!#$&*/=?^{|}~'");
  private static final String NOT_AT_THE_EDGE = ".!#$&*/=?^{|}~'%-";

  /** Pictures for dense screens are named {@code icon@2x.png}. */
  private static final Set<String> FILE_ENDINGS =
      Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "json", "html");

  @Override
  public String name() {
    return "email_address";
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.PERSONAL;
  }

  @Override
  public List<String> literals() {
    return List.of("@");
  }

  @Override
  public void look(String text, int from, int to, Spans found) {
    int start = localStart(text, from);
    if (start == from || from - start > MAX_LOCAL || isUserPart(text, start)) {
      return;
    }
    int end = domainEnd(text, to);
    boolean repository =
        Characters.at(text, end) == ':' && text.substring(start, from).equals("git");
    if (end > to && !repository) {
      found.add(start, end);
    }
  }

  private static int localStart(String text, int at) {
    int start = at;
    while (start > 0 && at - start <= MAX_LOCAL && LOCAL.has(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && NOT_AT_THE_EDGE.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    boolean dotAtEnd = start < at && text.charAt(at - 1) == '.';
    return dotAtEnd ? at : start;
  }

  /** Whether {@code user:} or {@code ://} stands before, as in {@code https://user:word@host}. */
  private static boolean isUserPart(String text, int start) {
    char before = Characters.at(text, start - 1);
    if (before != ':' && before != '/' && !text.startsWith("//", start - 2)) {
      return false;
    }
    int stop = Math.max(0, start - LOOK_BACK);
    for (int i = start - 1; i >= stop && text.charAt(i) > ' '; i--) {
      if (text.startsWith("://", i)) {
        return true;
      }
    }
    return false;
  }

  private static int domainEnd(String text, int from) {
    int end = -1;
    int labels = 0;
    int at = from;
    while (at - from <= MAX_DOMAIN) {
      int labelEnd = labelEnd(text, at);
      if (labelEnd < 0) {
        break;
      }
      labels++;
      if (labels > 1 && isTopLevel(text.substring(at, labelEnd))) {
        end = labelEnd;
      }
      if (Characters.at(text, labelEnd) != '.') {
        break;
      }
      at = labelEnd + 1;
    }
    return end;
  }

  private static int labelEnd(String text, int from) {
    int end = from;
    while (end - from <= MAX_LABEL && isLabel(Characters.at(text, end))) {
      end++;
    }
    while (end > from && text.charAt(end - 1) == '-') {
      end--;
    }
    boolean isLabel = end > from && end - from <= MAX_LABEL && text.charAt(from) != '-';
    return isLabel ? end : -1;
  }

  private static boolean isLabel(char c) {
    return Characters.isAlphanumeric(c) || c == '-';
  }

  private static boolean isTopLevel(String label) {
    String folded = label.toLowerCase(Locale.ROOT);
    boolean letters = folded.chars().allMatch(c -> Characters.isLetter((char) c));
    return folded.length() >= 2
        && (letters || folded.startsWith("xn--"))
        && !FILE_ENDINGS.contains(folded);
  }
}
