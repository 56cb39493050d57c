package io.governor.detect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the strings of a JSON text (RFC 8259) where they stand. It takes any depth, names that
 * occur twice, and whatever is between the quotes, control characters and unknown escapes too: it
 * decides only where strings are, and must not change its mind when their content changes. Confined
 * to one thread.
 */
final class JsonStrings {

  private final String text;
  private final List<Place> places = new ArrayList<>();

  /** Whether the container at each depth is an object. */
  private final BitSet objects = new BitSet();

  private int depth;
  private int containers;
  private final List<Integer> open = new ArrayList<>();
  private int at;

  private JsonStrings(String text) {
    this.text = text;
  }

  /**
   * A string.
   *
   * @param start the character after its opening quote
   * @param end its closing quote
   * @param isName whether it names a member
   * @param object the number of the object it is directly in, or -1
   */
  record Place(int start, int end, boolean isName, int object) {}

  /**
   * The strings of a text in order, or null when it is not an object, an array or a string in JSON.
   * A bare number is a text like any other.
   */
  static @Nullable List<Place> in(String text) {
    JsonStrings strings = new JsonStrings(text);
    return strings.document() ? strings.places : null;
  }

  private boolean document() {
    skipSpaces();
    char first = peek();
    return (first == '{' || first == '[' || first == '"') && values() && end();
  }

  private boolean end() {
    skipSpaces();
    return at == text.length();
  }

  private char peek() {
    return Characters.at(text, at);
  }

  private void skipSpaces() {
    while (Characters.isSpace(peek())) {
      at++;
    }
  }

  /** Reads one value with all that is in it; the containers that are open are data, not calls. */
  private boolean values() {
    do {
      skipSpaces();
      if (!value()) {
        return false;
      }
    } while (depth > 0);
    return true;
  }

  /** Reads a scalar, or goes into a container and up to its first value; then what follows. */
  private boolean value() {
    return switch (peek()) {
      case '{' -> enter(true);
      case '[' -> enter(false);
      case '"' -> string(false) && afterValue();
      case 't' -> word("true") && afterValue();
      case 'f' -> word("false") && afterValue();
      case 'n' -> word("null") && afterValue();
      default -> number() && afterValue();
    };
  }

  private boolean enter(boolean object) {
    at++;
    objects.set(depth++, object);
    open.add(object ? containers++ : -1);
    skipSpaces();
    if (peek() == (object ? '}' : ']')) {
      return leave() && afterValue();
    }
    return !object || name();
  }

  private boolean leave() {
    at++;
    depth--;
    open.remove(open.size() - 1);
    return true;
  }

  /** A comma and, in an object, the next name; or the ends of containers. */
  private boolean afterValue() {
    while (depth > 0) {
      boolean object = objects.get(depth - 1);
      skipSpaces();
      if (peek() == ',') {
        at++;
        return !object || name();
      }
      if (peek() != (object ? '}' : ']')) {
        return false;
      }
      leave();
    }
    return true;
  }

  private boolean name() {
    skipSpaces();
    if (peek() != '"' || !string(true)) {
      return false;
    }
    skipSpaces();
    if (peek() != ':') {
      return false;
    }
    at++;
    return true;
  }

  private boolean string(boolean isName) {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      return false;
    }
    places.add(new Place(start, at, isName, open.isEmpty() ? -1 : open.get(open.size() - 1)));
    at++;
    return true;
  }

  private boolean word(String word) {
    boolean matches = text.startsWith(word, at);
    at += word.length();
    return matches;
  }

  private boolean number() {
    at += peek() == '-' ? 1 : 0;
    boolean valid = peek() == '0' ? digits() == 1 : digits() > 0;
    if (valid && peek() == '.') {
      at++;
      valid = digits() > 0;
    }
    if (valid && (peek() == 'e' || peek() == 'E')) {
      at++;
      at += peek() == '+' || peek() == '-' ? 1 : 0;
      valid = digits() > 0;
    }
    return valid;
  }

  private int digits() {
    int start = at;
    while (Characters.isDigit(peek())) {
      at++;
    }
    return at - start;
  }
}
