package io.governor;

import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import io.governor.json.JsonSize;
import io.governor.json.JsonTree;
import io.governor.json.StrictJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool call: JSON text as the model wrote it, or a map the host built. Text is
 * parsed at most once, when a rule or a measure first asks. Immutable for the caller and safe to
 * share between threads; maps that come in are taken as they are and must not be changed
 * afterwards.
 *
 * <p>Models write broken JSON, so unreadable arguments are a value here and not an exception:
 * {@link #problem()} says what is wrong and where, and {@link #asMap()} is empty.
 */
public final class ToolArguments {

  private static final ToolArguments EMPTY = new ToolArguments(null, Map.of());

  private final @Nullable String text;
  private final @Nullable Map<String, Object> given;
  private volatile @Nullable Parsed parsed;

  private record Parsed(Map<String, Object> members, @Nullable String problem) {}

  private ToolArguments(@Nullable String text, @Nullable Map<String, Object> members) {
    this.text = text;
    this.given = members;
  }

  /** No arguments. */
  public static ToolArguments empty() {
    return EMPTY;
  }

  /** Arguments as JSON text; null and blank text mean none. */
  public static ToolArguments ofJson(@Nullable String json) {
    return json == null || json.isBlank() ? EMPTY : new ToolArguments(json, null);
  }

  /**
   * Arguments the host has already parsed. Where they are not JSON values ({@link #problem()}
   * tells) the host gets them back as they are, and to rules they are as unreadable as broken text.
   */
  public static ToolArguments of(Map<String, ?> members) {
    return members.isEmpty()
        ? EMPTY
        : new ToolArguments(null, Collections.unmodifiableMap(members));
  }

  /**
   * The members, empty when the text is unreadable. Values are maps, lists, strings, numbers,
   * booleans and nulls. Of a text, whole numbers are {@link Long} or {@link java.math.BigInteger};
   * numbers with a point or an exponent are {@link Double}, or {@link java.math.BigDecimal} where a
   * double would not hold them as they are written.
   */
  public Map<String, Object> asMap() {
    return parsed().members;
  }

  /**
   * What keeps the text from being read as one JSON object, with line and column, or the host's map
   * from being one; null when it can be read.
   */
  public @Nullable String problem() {
    return parsed().problem;
  }

  /** The text as it came, or null when the host built a map. */
  public @Nullable String text() {
    return text;
  }

  /** The text as it came, or the members written as JSON; {@code {}} where those are not JSON. */
  public String json() {
    if (text != null) {
      return text;
    }
    return problem() == null ? CanonicalJson.text(asMap()) : "{}";
  }

  /** The size in tokens by the measure of the execution record, section 4: at least 1. */
  public long sizeInTokens() {
    Parsed current = parsed();
    if (current.problem == null) {
      return JsonSize.tokens(current.members);
    }
    return text == null ? 1 : JsonSize.tokensOfText(text);
  }

  private Parsed parsed() {
    Parsed current = parsed;
    if (current == null) {
      current =
          given == null
              ? parse(text == null ? "{}" : text)
              : new Parsed(given, JsonTree.problem(given, StrictJson.Limits.ARGUMENTS));
      parsed = current;
    }
    return current;
  }

  private static Parsed parse(String json) {
    try {
      Object value = StrictJson.parse(json, StrictJson.Limits.ARGUMENTS);
      if (value instanceof Map<?, ?> object) {
        return new Parsed(members(object), null);
      }
      return new Parsed(Map.of(), "line 1, column 1: expected a JSON object");
    } catch (JsonProblem e) {
      return new Parsed(Map.of(), String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> members(Map<?, ?> object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach((name, value) -> members.put((String) name, value));
    return Collections.unmodifiableMap(members);
  }

  /** Sizes only, never values. */
  @Override
  public String toString() {
    return text != null
        ? "ToolArguments[" + text.length() + " characters]"
        : "ToolArguments[" + asMap().size() + " members]";
  }
}
