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
 * record, section 11). Leaves the parser on the last token of the value.
 */
@FunctionalInterface
interface ValueReader {

  @Nullable Object read(JsonParser in) throws IOException;

  /** A {@link String}. */
  ValueReader TEXT = in -> in.hasToken(JsonToken.VALUE_STRING) ? in.getText() : other(in);

  /** A {@link Boolean}. */
  ValueReader BOOL =
      in -> in.currentToken().isBoolean() ? Boolean.valueOf(in.getBooleanValue()) : other(in);

  /** A {@link Long}, written as an integer. */
  ValueReader INTEGER = in -> in.hasToken(JsonToken.VALUE_NUMBER_INT) ? integer(in) : other(in);

  /**
   * A {@link Long} of model usage (section 9.6): a non-negative integer, an integral float, or
   * either in a string.
   */
  ValueReader USAGE =
      in ->
          in.currentToken().isNumeric() || in.hasToken(JsonToken.VALUE_STRING)
              ? TokenUsage.count(in.getText())
              : other(in);

  /** An {@link Instant}. */
  ValueReader TIME =
      in -> in.hasToken(JsonToken.VALUE_STRING) ? Timestamps.parse(in.getText()) : other(in);

  /** A {@link List} of {@link String}; items that are no strings are dropped. */
  ValueReader TEXTS =
      in -> {
        if (!in.hasToken(JsonToken.START_ARRAY)) {
          return other(in);
        }
        List<String> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          if (TEXT.read(in) instanceof String text) {
            texts.add(text);
          }
        }
        return texts;
      };

  /** A {@link SortedMap} of names to counts; members that are no counts are dropped. */
  ValueReader COUNTS =
      in -> {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
          return other(in);
        }
        SortedMap<String, Long> counts = new TreeMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          in.nextToken();
          if (INTEGER.read(in) instanceof Long count && count >= 0) {
            counts.put(name, count);
          }
        }
        return counts;
      };

  /** An object, as {@link Members}. */
  static ValueReader object(Map<String, ValueReader> shape) {
    return in -> in.hasToken(JsonToken.START_OBJECT) ? Members.read(in, shape) : other(in);
  }

  /** A {@link List} of {@link Members}; items that are no objects are dropped. */
  static ValueReader objects(Map<String, ValueReader> shape) {
    return in -> {
      if (!in.hasToken(JsonToken.START_ARRAY)) {
        return other(in);
      }
      List<Members> objects = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (in.hasToken(JsonToken.START_OBJECT)) {
          objects.add(Members.read(in, shape));
        } else {
          in.skipChildren();
        }
      }
      return objects;
    };
  }

  private static @Nullable Object other(JsonParser in) throws IOException {
    in.skipChildren();
    return null;
  }

  private static @Nullable Long integer(JsonParser in) throws IOException {
    return switch (in.getNumberType()) {
      case INT, LONG -> in.getLongValue();
      default -> null;
    };
  }
}
