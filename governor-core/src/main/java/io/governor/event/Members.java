package io.governor.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object that its shape names; all others were skipped. A member of the
 * wrong type is absent. Of a name that stands twice the last value counts.
 */
final class Members {

  private final Map<String, Object> values = new HashMap<>();

  /** An object without members. */
  static final Members NONE = new Members();

  private Members() {}

  /** Reads the object whose opening brace was just consumed, up to its closing brace. */
  static Members read(JsonParser in, Map<String, ValueReader> shape) throws IOException {
    Members members = new Members();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      members.readMember(in, shape);
    }
    return members;
  }

  /** The same for an object in which the given names must not stand twice. */
  static Members readOnce(
      JsonParser in, Map<String, ValueReader> shape, Map<String, Integer> onceOnly)
      throws IOException, MalformedEventException {
    Members members = new Members();
    long seen = 0;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      Integer place = onceOnly.get(in.currentName());
      if (place != null) {
        if ((seen & 1L << place) != 0) {
          throw new MalformedEventException("member twice: " + in.currentName());
        }
        seen |= 1L << place;
      }
      members.readMember(in, shape);
    }
    return members;
  }

  private void readMember(JsonParser in, Map<String, ValueReader> shape) throws IOException {
    String name = in.currentName();
    in.nextToken();
    ValueReader reader = shape.get(name);
    if (reader == null) {
      in.skipChildren();
      return;
    }
    Object value = reader.read(in);
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }

  @Nullable String text(String name) {
    return (String) values.get(name);
  }

  String textOrEmpty(String name) {
    String text = text(name);
    return text == null ? "" : text;
  }

  @Nullable Boolean bool(String name) {
    return (Boolean) values.get(name);
  }

  @Nullable Long number(String name) {
    return (Long) values.get(name);
  }

  long numberOrZero(String name) {
    Long number = number(name);
    return number == null ? 0 : number;
  }

  @Nullable Instant time(String name) {
    return (Instant) values.get(name);
  }

  @Nullable Members object(String name) {
    return (Members) values.get(name);
  }

  @SuppressWarnings("unchecked")
  List<String> texts(String name) {
    return (List<String>) values.getOrDefault(name, List.of());
  }

  /** Without repetitions, in order. */
  List<String> distinctTexts(String name) {
    List<String> texts = texts(name);
    return texts.size() < 2 ? texts : List.copyOf(new LinkedHashSet<>(texts));
  }

  @SuppressWarnings("unchecked")
  List<Members> objects(String name) {
    return (List<Members>) values.getOrDefault(name, List.of());
  }

  @SuppressWarnings("unchecked")
  SortedMap<String, Long> counts(String name) {
    return (SortedMap<String, Long>) values.getOrDefault(name, new TreeMap<String, Long>());
  }
}
