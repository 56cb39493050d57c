package io.governor.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that decides something, so that no two readers can understand it differently: RFC 8259
 * and nothing beyond it, and refused besides are repeated names in an object, unpaired surrogates
 * (unless the limits take them), invalid UTF-8, a byte-order mark, numbers of more than 64 digits
 * or an exponent of more than nine, and whatever exceeds the {@link Limits}. Refusals are {@link
 * JsonProblem}s; no input overflows the stack or takes memory beyond the limits.
 *
 * <p>The result is a tree of {@link LinkedHashMap} (in the document's order), {@link ArrayList},
 * {@link String}, {@link Long}, {@link java.math.BigInteger} (integers a long cannot hold), {@link
 * Double} (numbers with a point or an exponent of up to 15 digits), {@link java.math.BigDecimal}
 * (those with more, or too large or too small for it), {@link Boolean} and null: no digit is lost,
 * see {@link Decimals}. Any thread may use it.
 */
public final class StrictJson {

  private static final Map<Limits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

  private final JsonParser parser;
  private final Limits limits;
  private final boolean canonical;
  private long tokens;

  private StrictJson(JsonParser parser, Limits limits) {
    this.parser = parser;
    this.limits = limits;
    this.canonical = parser.isEnabled(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
  }

  /**
   * How much a document may hold before it is refused.
   *
   * @param depth levels of objects and arrays, 1 to 1000
   * @param maxStringLength UTF-16 characters of a string
   * @param maxNameLength UTF-16 characters of a name in an object
   * @param maxDocumentLength bytes of the document, or UTF-16 characters when it is given as text
   * @param maxTokens values, names and brackets in the document
   * @param halfPairs whether an escape that is half of a surrogate pair is taken, and read as a
   *     private-use character, rather than refused
   */
  public record Limits(
      int depth,
      int maxStringLength,
      int maxNameLength,
      long maxDocumentLength,
      long maxTokens,
      boolean halfPairs) {

    /** For the arguments of a tool call. */
    public static final Limits ARGUMENTS = new Limits(128, 1 << 20, 256, 4L << 20, 1_000_000);

    /** For a policy document and other configuration. */
    public static final Limits POLICY = new Limits(64, 1 << 20, 256, 4L << 20, 1_000_000);

    /**
     * For what a coding agent sends to a hook: whole files, results whose names are whatever a tool
     * chose, and texts that a client cut in the middle of an emoji.
     */
    public static final Limits HOOK =
        new Limits(128, 16 << 20, 1 << 16, 64L << 20, 4_000_000, true);

    // Written out for the sake of cold starts; see RuleId.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Limits limits
          && depth == limits.depth
          && maxStringLength == limits.maxStringLength
          && maxNameLength == limits.maxNameLength
          && maxDocumentLength == limits.maxDocumentLength
          && maxTokens == limits.maxTokens
          && halfPairs == limits.halfPairs;
    }

    @Override
    public int hashCode() {
      int lengths = 31 * maxStringLength + maxNameLength;
      return 31 * (31 * lengths + Long.hashCode(maxDocumentLength + maxTokens)) + depth;
    }

    /** Limits under which half of a surrogate pair is refused. */
    public Limits(
        int depth, int maxStringLength, int maxNameLength, long maxDocumentLength, long maxTokens) {
      this(depth, maxStringLength, maxNameLength, maxDocumentLength, maxTokens, false);
    }

    public Limits {
      if (depth < 1 || depth > 1000) {
        throw new IllegalArgumentException("depth must be 1 to 1000: " + depth);
      }
      if (maxStringLength < 1 || maxNameLength < 1 || maxDocumentLength < 1 || maxTokens < 1) {
        throw new IllegalArgumentException("limits must be positive");
      }
    }
  }

  /** Reads a document given as text. */
  public static @Nullable Object parse(String text, Limits limits) throws JsonProblem {
    if (text.length() > limits.maxDocumentLength()) {
      throw new JsonProblem(1, 1, documentTooLong(limits));
    }
    if (text.startsWith("\ufeff")) {
      throw new JsonProblem(1, 1, JsonReasons.BYTE_ORDER_MARK);
    }
    try {
      return parse(new StringReader(text), limits, strict(limits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a document given as UTF-8 bytes. */
  public static @Nullable Object parse(byte[] utf8, Limits limits) throws JsonProblem {
    if (utf8.length > limits.maxDocumentLength()) {
      throw new JsonProblem(1, 1, documentTooLong(limits));
    }
    try {
      return parse(new ByteArrayInputStream(utf8), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a document from a stream of UTF-8 bytes up to its end, holding no more of it than the
   * limits allow. The stream stays open.
   *
   * @throws IOException when the stream fails
   */
  public static @Nullable Object parse(InputStream utf8, Limits limits)
      throws IOException, JsonProblem {
    Reader reader = new StrictUtf8Reader(utf8, limits.maxDocumentLength());
    return parse(reader, limits, strict(limits));
  }

  /** Reads what {@link CanonicalJson} wrote: in addition to the above, infinities and NaN. */
  static @Nullable Object parseCanonical(String text, Limits limits) throws JsonProblem {
    try {
      JsonFactory lenient =
          factory(limits).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
      return parse(new StringReader(text), limits, lenient);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object parse(Reader reader, Limits limits, JsonFactory factory)
      throws IOException, JsonProblem {
    Reader text = limits.halfPairs() ? new HalfPairReader(reader) : reader;
    try (JsonParser parser = factory.createParser(text)) {
      return new StrictJson(parser, limits).document();
    } catch (StrictUtf8Reader.Refusal e) {
      throw new JsonProblem(e.line(), e.column(), e.reason());
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new JsonProblem(
          at == null ? 1 : Math.max(1, at.getLineNr()),
          at == null ? 1 : Math.max(1, at.getColumnNr()),
          JsonReasons.of(e, limits, Decimals.MAX_DIGITS));
    }
  }

  /**
   * Factories keep nothing of what they read, and there are as many as there are limits in code.
   */
  private static JsonFactory strict(Limits limits) {
    return FACTORIES.computeIfAbsent(limits, any -> factory(any).build());
  }

  private static JsonFactoryBuilder factory(Limits limits) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            // One more than allowed, so that the check below speaks first and knows the place.
            .maxNestingDepth(limits.depth() + 1)
            .maxStringLength(Math.max(limits.maxStringLength(), limits.maxNameLength()))
            .maxNameLength(limits.maxNameLength())
            .maxNumberLength(Decimals.MAX_DIGITS)
            .build();
    return new JsonFactoryBuilder()
        .streamReadConstraints(constraints)
        // A table of names shared by all documents would be a target for chosen collisions.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE);
  }

  private @Nullable Object document() throws IOException, JsonProblem {
    JsonToken first = next();
    if (first == null) {
      throw problem("the document is empty");
    }
    Object value = value(first, 1);
    if (next() != null) {
      throw problem("more text after the end of the document");
    }
    return value;
  }

  private @Nullable JsonToken next() throws IOException, JsonProblem {
    JsonToken token = parser.nextToken();
    if (++tokens > limits.maxTokens()) {
      throw problem("the document has more than " + limits.maxTokens() + " values");
    }
    return token;
  }

  private @Nullable Object value(JsonToken token, int depth) throws IOException, JsonProblem {
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> string(limits.maxStringLength());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw problem(JsonReasons.NOT_JSON);
    };
  }

  private Map<String, @Nullable Object> object(int depth) throws IOException, JsonProblem {
    checkDepth(depth);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (inside(JsonToken.END_OBJECT)) {
      String name = string(limits.maxNameLength());
      if (members.containsKey(name)) {
        throw problem("a name stands twice in one object");
      }
      members.put(name, value(required(next()), depth + 1));
    }
    return members;
  }

  private List<@Nullable Object> array(int depth) throws IOException, JsonProblem {
    checkDepth(depth);
    List<@Nullable Object> items = new ArrayList<>();
    while (inside(JsonToken.END_ARRAY)) {
      items.add(value(required(parser.currentToken()), depth + 1));
    }
    return items;
  }

  private boolean inside(JsonToken end) throws IOException, JsonProblem {
    return required(next()) != end;
  }

  private JsonToken required(@Nullable JsonToken token) throws JsonProblem {
    if (token == null) {
      throw problem(JsonReasons.ENDS_EARLY);
    }
    return token;
  }

  private Number integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getBigIntegerValue();
    };
  }

  private Number fraction() throws IOException, JsonProblem {
    String text = parser.getText();
    if (text.endsWith("INF")) {
      throw problem(JsonReasons.NOT_JSON);
    }
    Number number = canonical ? Double.valueOf(text) : Decimals.read(text);
    if (number == null) {
      throw problem(JsonReasons.EXPONENT);
    }
    return number;
  }

  private String string(int maxLength) throws IOException, JsonProblem {
    String text = parser.getText();
    if (text.length() > maxLength) {
      throw problem(JsonReasons.tooLong(parser.hasToken(JsonToken.FIELD_NAME), limits));
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw problem(JsonReasons.HALF_PAIR);
        }
        i++;
      }
    }
    return text;
  }

  private void checkDepth(int depth) throws JsonProblem {
    if (depth > limits.depth()) {
      throw problem("nested deeper than " + limits.depth() + " levels");
    }
  }

  private static String documentTooLong(Limits limits) {
    return JsonReasons.documentTooLong(limits.maxDocumentLength());
  }

  private JsonProblem problem(String reason) {
    JsonLocation at = parser.currentTokenLocation();
    return new JsonProblem(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), reason);
  }
}
