package io.governor.mcp;

import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds values in the bytes of a JSON text and exchanges them, so that every other byte stays as it
 * came. Only for texts that a strict reader has accepted: nothing is checked here again. Names are
 * compared as they read, escapes included. Immutable.
 */
final class JsonBytes {

  /** A value's place: from its first byte to behind its last. */
  record Span(int from, int to) {

    int length() {
      return to - from;
    }

    Span movedBy(int bytes) {
      return new Span(from + bytes, to + bytes);
    }
  }

  /** A value to stand where another one stood. */
  record Edit(Span place, String json) {

    @Override
    public String toString() {
      return "Edit[" + place + ", " + json.length() + " characters]";
    }
  }

  private final byte[] text;

  JsonBytes(byte[] text) {
    this.text = text;
  }

  byte[] bytes() {
    return text;
  }

  /** The document's value, without the blanks around it. */
  Span document() {
    int from = skipBlanks(0);
    return new Span(from, valueEnd(from));
  }

  boolean isObject(Span value) {
    return text[value.from()] == '{';
  }

  /** A member of an object, or null when it has none of that name or is no object. */
  @Nullable Span member(@Nullable Span object, String name) {
    List<Span> found = object == null ? List.of() : members(object, name);
    return found.isEmpty() ? null : found.get(0);
  }

  /** All members of that name: more than one only in texts that no strict reader accepts. */
  List<Span> members(Span object, String name) {
    List<Span> found = new ArrayList<>(1);
    if (!isObject(object)) {
      return found;
    }
    int at = skipBlanks(object.from() + 1);
    while (text[at] == '"') {
      Span key = new Span(at, valueEnd(at));
      int value = skipBlanks(skipBlanks(key.to()) + 1);
      Span place = new Span(value, valueEnd(value));
      if (string(key).equals(name)) {
        found.add(place);
      }
      at = next(place.to());
    }
    return found;
  }

  /** A member with its name and one comma beside it: what remains without it is an object. */
  Span hole(@Nullable Span object, String name) {
    if (object == null || !isObject(object)) {
      throw new IllegalArgumentException("expected an object");
    }
    int before = object.from() + 1;
    int at = skipBlanks(before);
    while (text[at] == '"') {
      Span key = new Span(at, valueEnd(at));
      int end = valueEnd(skipBlanks(skipBlanks(key.to()) + 1));
      int next = next(end);
      if (string(key).equals(name)) {
        boolean last = text[skipBlanks(end)] != ',';
        return last ? new Span(before, end) : new Span(key.from(), next);
      }
      before = end;
      at = next;
    }
    throw new IllegalArgumentException("expected a member " + name);
  }

  /** The members of an object one after the other, names included; or the items of an array. */
  List<Span> values(Span container) {
    boolean object = isObject(container);
    List<Span> values = new ArrayList<>();
    int at = skipBlanks(container.from() + 1);
    while (text[at] != '}' && text[at] != ']') {
      int value = object ? skipBlanks(skipBlanks(valueEnd(at)) + 1) : at;
      Span found = new Span(value, valueEnd(value));
      values.add(found);
      at = next(found.to());
    }
    return values;
  }

  String text(Span value) {
    return new String(text, value.from(), value.length(), StandardCharsets.UTF_8);
  }

  byte[] bytes(Span value) {
    return Arrays.copyOfRange(text, value.from(), value.to());
  }

  /** The text with the values exchanged; the edits are ascending and do not overlap. */
  byte[] with(List<Edit> edits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 64 * edits.size());
    int done = 0;
    for (Edit edit : edits) {
      out.write(text, done, edit.place().from() - done);
      out.writeBytes(edit.json().getBytes(StandardCharsets.UTF_8));
      done = edit.place().to();
    }
    out.write(text, done, text.length - done);
    return out.toByteArray();
  }

  private String string(Span quoted) {
    for (int i = quoted.from(); i < quoted.to(); i++) {
      if (text[i] == '\\') {
        return unescaped(text(quoted));
      }
    }
    return text(new Span(quoted.from() + 1, quoted.to() - 1));
  }

  private static String unescaped(String quoted) {
    try {
      return String.valueOf(CanonicalJson.parse(quoted));
    } catch (JsonProblem e) {
      // Half of a surrogate pair: no member that is looked for has such a name.
      return quoted;
    }
  }

  /** Behind the comma after a value, or at the bracket that closes. */
  private int next(int end) {
    int at = skipBlanks(end);
    return text[at] == ',' ? skipBlanks(at + 1) : at;
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
    return at;
  }

  /** Without recursion: depth is the sender's. */
  private int valueEnd(int from) {
    int depth = 0;
    int at = from;
    do {
      byte c = text[at];
      if (c == '"') {
        at = stringEnd(at);
      } else if (c == '{' || c == '[') {
        depth++;
        at++;
      } else if (c == '}' || c == ']') {
        depth--;
        at++;
      } else {
        at = depth == 0 ? scalarEnd(at) : at + 1;
      }
    } while (depth > 0);
    return at;
  }

  private int stringEnd(int from) {
    int at = from + 1;
    while (text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private int scalarEnd(int from) {
    int at = from;
    while (at < text.length && ",]} \t\r\n".indexOf(text[at]) < 0) {
      at++;
    }
    return at;
  }
}
