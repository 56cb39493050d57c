package io.governor.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.governor.json.Decimals;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as located data. Most JSON is YAML too, but not all that people write: YAML refuses
 * tabs at the start, colons on a line of their own, and takes half a surrogate pair for a
 * character. Any thread may use it.
 */
public final class JsonNodes {

  private final JsonParser parser;

  private JsonNodes(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The tree of a document.
   *
   * @throws JsonProblem if the text is not JSON as {@link StrictJson} takes it within the limits
   */
  public static YamlNode read(String text, StrictJson.Limits limits) throws JsonProblem {
    // Whatever could be wrong is found here, so that the second reading need only note places.
    StrictJson.parse(text, limits);
    try (JsonParser parser = factory(limits).createParser(text)) {
      return new JsonNodes(parser).value(parser.nextToken());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonFactory factory(StrictJson.Limits limits) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth() + 1)
            .maxStringLength(limits.maxStringLength())
            .maxNameLength(limits.maxNameLength())
            .build();
    return new JsonFactoryBuilder()
        .streamReadConstraints(constraints)
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .build();
  }

  private YamlNode value(JsonToken token) throws IOException {
    Place place = place();
    return switch (token) {
      case START_OBJECT -> object(place);
      case START_ARRAY -> array(place);
      default -> new YamlNode.Scalar(place, scalar(token));
    };
  }

  private YamlNode object(Place place) throws IOException {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Place keyPlace = place();
      entries.put(name, new YamlNode.Entry(keyPlace, value(parser.nextToken())));
    }
    return new YamlNode.Mapping(place, entries);
  }

  private YamlNode array(Place place) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token));
    }
    return new YamlNode.Sequence(place, items);
  }

  private @Nullable Object scalar(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> Decimals.read(parser.getText());
      default -> parser.getText();
    };
  }

  private Number integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getBigIntegerValue();
    };
  }

  private Place place() {
    JsonLocation at = parser.currentTokenLocation();
    return new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }
}
