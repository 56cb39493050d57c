package io.governor.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.governor.TokenUsage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a member's value as one kind of thing, or as absent when it is another kind (execution
 * record, section 11). Leaves the parser on the last token of the value. Immutable; safe to share
 * between threads.
 */
final class ValueReader {

  private enum Kind {
    TEXT,
    BOOL,
    INTEGER,
    USAGE,
    TIME,
    TEXTS,
    COUNTS,
    OBJECT,
    OBJECTS
  }

  /** A {@link String}. */
  static final ValueReader TEXT = new ValueReader(Kind.TEXT, Map.of());

  /** A {@link Boolean}. */
  static final ValueReader BOOL = new ValueReader(Kind.BOOL, Map.of());

  /** A {@link Long}, written as an integer. */
  static final ValueReader INTEGER = new ValueReader(Kind.INTEGER, Map.of());

  /**
   * A {@link Long} of model usage (section 9.6): a non-negative integer, an integral float, or
   * either in a string.
   */
  static final ValueReader USAGE = new ValueReader(Kind.USAGE, Map.of());

  /** An {@link Instant}. */
  static final ValueReader TIME = new ValueReader(Kind.TIME, Map.of());

  /** A {@link List} of {@link String}; items that are no strings are dropped. */
  static final ValueReader TEXTS = new ValueReader(Kind.TEXTS, Map.of());

  /** A {@link SortedMap} of names to counts; members that are no counts are dropped. */
  static final ValueReader COUNTS = new ValueReader(Kind.COUNTS, Map.of());

  private final Kind kind;
  private final Map<String, ValueReader> shape;

  private ValueReader(Kind kind, Map<String, ValueReader> shape) {
    this.kind = kind;
    this.shape = shape;
  }

  /** An object, as {@link Members}. */
  static ValueReader object(Map<String, ValueReader> shape) {
    return new ValueReader(Kind.OBJECT, shape);
  }

  /** A {@link List} of {@link Members}; items that are no objects are dropped. */
  static ValueReader objects(Map<String, ValueReader> shape) {
    return new ValueReader(Kind.OBJECTS, shape);
  }

  @Nullable Object read(JsonParser in) throws IOException {
    return switch (kind) {
      case TEXT -> text(in);
      case BOOL ->
          in.currentToken().isBoolean() ? Boolean.valueOf(in.getBooleanValue()) : other(in);
      case INTEGER -> integer(in);
      case USAGE ->
          in.currentToken().isNumeric() || in.hasToken(JsonToken.VALUE_STRING)
              ? TokenUsage.count(in.getText())
              : other(in);
      case TIME -> in.hasToken(JsonToken.VALUE_STRING) ? Timestamps.parse(in.getText()) : other(in);
      case TEXTS -> in.hasToken(JsonToken.START_ARRAY) ? texts(in) : other(in);
      case COUNTS -> in.hasToken(JsonToken.START_OBJECT) ? counts(in) : other(in);
      case OBJECT -> in.hasToken(JsonToken.START_OBJECT) ? Members.read(in, shape) : other(in);
      case OBJECTS -> in.hasToken(JsonToken.START_ARRAY) ? objects(in) : other(in);
    };
  }

  private static @Nullable Object other(JsonParser in) throws IOException {
    in.skipChildren();
    return null;
  }

  private static @Nullable Object text(JsonParser in) throws IOException {
    return in.hasToken(JsonToken.VALUE_STRING) ? in.getText() : other(in);
  }

  private static @Nullable Object integer(JsonParser in) throws IOException {
    if (!in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      return other(in);
    }
    return switch (in.getNumberType()) {
      case INT, LONG -> in.getLongValue();
      default -> null;
    };
  }

  private static List<String> texts(JsonParser in) throws IOException {
    List<String> texts = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (text(in) instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static SortedMap<String, Long> counts(JsonParser in) throws IOException {
    SortedMap<String, Long> counts = new TreeMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      if (integer(in) instanceof Long count && count >= 0) {
        counts.put(name, count);
      }
    }
    return counts;
  }

  private List<Members> objects(JsonParser in) throws IOException {
    List<Members> objects = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.hasToken(JsonToken.START_OBJECT)) {
        objects.add(Members.read(in, shape));
      } else {
        in.skipChildren();
      }
    }
    return objects;
  }
}
