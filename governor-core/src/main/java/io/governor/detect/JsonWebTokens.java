package io.governor.detect;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Recognises JSON Web Tokens in compact form, signed (RFC 7515, section 7.1: three parts) or
 * encrypted (RFC 7516: five). The first part must decode to a JSON object that has {@code alg}.
 */
final class JsonWebTokens implements Recognizer {

  /** An opening brace and a quote in Base64, with which every such header begins. */
  private static final String OPENING = "eyJ";

  private static final int MAX_HEADER = 2048;
  private static final int MAX_PART = 32 * 1024;
  private static final int SIGNED = 3;
  private static final int ENCRYPTED = 5;
  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(8, MAX_HEADER, MAX_HEADER, MAX_HEADER, 1000);

  @Override
  public String name() {
    return "jwt";
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.SECRET;
  }

  @Override
  public List<String> literals() {
    return List.of(OPENING);
  }

  @Override
  public void look(String text, int from, int to, Spans found) {
    char before = Characters.at(text, from - 1);
    if (!text.startsWith(OPENING, from)
        || !Characters.startsWord(text, from)
        || before == '-'
        || before == '.') {
      return;
    }
    int headerEnd = partEnd(text, from, MAX_HEADER);
    if (Characters.at(text, headerEnd) != '.') {
      return;
    }
    int end = end(text, headerEnd);
    if (end > 0 && isHeader(text.substring(from, headerEnd))) {
      found.add(from, end);
    }
  }

  private static int end(String text, int headerEnd) {
    int at = headerEnd;
    int parts = 1;
    while (parts < ENCRYPTED && Characters.at(text, at) == '.') {
      int partEnd = partEnd(text, at + 1, MAX_PART);
      // A signed token may lack its payload or its signature, not both; a full stop ends a
      // sentence.
      if (partEnd == at + 1 && parts >= SIGNED) {
        break;
      }
      at = partEnd;
      parts++;
    }
    return parts < SIGNED || at - headerEnd < SIGNED ? -1 : at;
  }

  private static int partEnd(String text, int from, int most) {
    int stop = Math.min(text.length(), from + most);
    int at = from;
    while (at < stop && Characters.isBase64Url(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isHeader(String base64) {
    try {
      String json = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
      return json.contains("\"alg\"")
          && StrictJson.parse(json, LIMITS) instanceof Map<?, ?> header
          && header.containsKey("alg");
    } catch (IllegalArgumentException | JsonProblem e) {
      return false;
    }
  }
}
