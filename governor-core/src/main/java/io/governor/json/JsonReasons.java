package io.governor.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/**
 * Why a JSON document was refused, in our words. The parser's own messages quote what they found,
 * which may be a secret, so only their kind is looked at.
 */
final class JsonReasons {

  static final String BYTE_ORDER_MARK = "starts with a byte-order mark, which JSON does not have";
  static final String ENDS_EARLY = "ends before the document is complete";
  static final String HALF_PAIR = "half of a surrogate pair, which is no character";
  static final String NOT_JSON = "not valid JSON";
  static final String EXPONENT =
      "a number has an exponent beyond " + Decimals.MAX_EXPONENT + " either way";

  private JsonReasons() {}

  static String documentTooLong(long limit) {
    return "the document is longer than " + limit + " bytes";
  }

  static String tooLong(boolean name, StrictJson.Limits limits) {
    return name
        ? "a name is longer than " + limits.maxNameLength() + " characters"
        : "a string is longer than " + limits.maxStringLength() + " characters";
  }

  static String of(JsonProcessingException e, StrictJson.Limits limits, int maxDigits) {
    String message = String.valueOf(e.getOriginalMessage());
    if (e instanceof StreamConstraintsException) {
      return ofBound(message, limits, maxDigits);
    }
    if (e instanceof JsonEOFException) {
      return ENDS_EARLY;
    }
    return ofSyntax(message);
  }

  private static String ofBound(String message, StrictJson.Limits limits, int maxDigits) {
    if (message.startsWith("Number")) {
      return "a number has more than " + maxDigits + " digits";
    }
    if (message.startsWith("Document nesting")) {
      return "nested deeper than " + limits.depth() + " levels";
    }
    return tooLong(message.startsWith("Name"), limits);
  }

  private static String ofSyntax(String message) {
    if (message.contains("surrogate")) {
      return HALF_PAIR;
    }
    if (message.startsWith("Unrecognized token") || message.startsWith("Non-standard token")) {
      return NOT_JSON + ": a word other than true, false and null";
    }
    if (message.startsWith("Unrecognized character escape")
        || message.contains("character escape sequence")
        || message.contains("character-escape sequence")) {
      return NOT_JSON + ": an escape that JSON does not have";
    }
    if (message.startsWith("Illegal unquoted character")) {
      return NOT_JSON + ": a control character in a string, where it must be escaped";
    }
    if (message.startsWith("Invalid numeric value") || message.contains("numbers to have")) {
      return NOT_JSON + ": a number in a form that JSON does not have";
    }
    int expecting = message.indexOf("was expecting ");
    return expecting < 0
        ? NOT_JSON
        : NOT_JSON + ": expected " + expected(message.substring(expecting));
  }

  private static String expected(String message) {
    if (message.contains("colon")) {
      return "a colon after the name";
    }
    if (message.contains("field name")) {
      return "a name in double quotes";
    }
    if (message.contains("comma")) {
      return "a comma or the closing bracket";
    }
    return "a value";
  }
}
