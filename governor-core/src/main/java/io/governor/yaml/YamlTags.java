package io.governor.yaml;

import io.governor.json.Decimals;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a value is, by its tag, its quotes and its text. */
final class YamlTags {

  private static final String PREFIX = "tag:yaml.org,2002:";
  private static final String NON_SPECIFIC = "!";
  private static final String UNKNOWN = "a tag that is not supported here";

  private final PlainScalars scalars;

  YamlTags(PlainScalars scalars) {
    this.scalars = scalars;
  }

  /** The value of a scalar. */
  @Nullable Object value(ScalarEvent scalar, KeyPath path) throws YamlProblem {
    // In YAML 1.1 as it is read in practice, the tag "!" says nothing about a scalar.
    String tag = scalar.getTag().filter(given -> !given.equals(NON_SPECIFIC)).orElse("");
    if (tag.isEmpty() ? !scalar.isPlain() : tag.equals(PREFIX + "str")) {
      return scalar.getValue();
    }
    Object value = scalars.resolve(scalar.getValue());
    if (!tag.isEmpty()) {
      value = tagged(scalar, tag, value, path);
    }
    if (value instanceof PlainScalars.Refused refused) {
      throw YamlComposer.problem(scalar, path, refused.reason());
    }
    return value;
  }

  /** Whether a scalar without tag and quotes is a date. */
  boolean isDate(ScalarEvent scalar) {
    return scalar.isPlain()
        && scalar.getTag().isEmpty()
        && scalars.resolve(scalar.getValue()) == PlainScalars.Refused.DATE;
  }

  private @Nullable Object tagged(
      ScalarEvent scalar, String tag, @Nullable Object value, KeyPath path) throws YamlProblem {
    boolean whole = value instanceof Long || value instanceof BigInteger;
    boolean fits =
        switch (tag.startsWith(PREFIX) ? tag.substring(PREFIX.length()) : "") {
          case "int" -> whole;
          case "float" -> value instanceof Number;
          case "bool" -> value instanceof Boolean;
          case "null" -> value == null;
          default -> throw refused(scalar, tag, path);
        };
    if (!fits && !(value instanceof PlainScalars.Refused)) {
      throw YamlComposer.problem(scalar, path, "a value that is not what its tag says");
    }
    boolean meansFraction = tag.equals(PREFIX + "float") && whole;
    return meansFraction && value instanceof Number number ? fraction(number) : value;
  }

  /** YAML 1.1 rounds; elsewhere a number too long for a double stays what it is. */
  private Number fraction(Number whole) {
    Number rounded = whole.doubleValue();
    return scalars == PlainScalars.YAML_1_1 || Decimals.compare(rounded, whole) == 0
        ? rounded
        : whole;
  }

  /** Lists and mappings may have the tags of lists and mappings. */
  static void check(CollectionStartEvent start, KeyPath path) throws YamlProblem {
    Optional<String> tag = start.getTag();
    String expected = PREFIX + (start instanceof MappingStartEvent ? "map" : "seq");
    if (tag.isPresent() && !tag.get().equals(expected) && !tag.get().equals(NON_SPECIFIC)) {
      throw refused(start, tag.get(), path);
    }
  }

  private static YamlProblem refused(NodeEvent event, String tag, KeyPath path) {
    String reason =
        switch (tag) {
          case PREFIX + "set" -> "a set, which is not supported here";
          case PREFIX + "binary" -> "a binary value, which is not supported here";
          case PREFIX + "timestamp" -> "a date, which is not supported here";
          default -> UNKNOWN;
        };
    return YamlComposer.problem(event, path, reason);
  }
}
