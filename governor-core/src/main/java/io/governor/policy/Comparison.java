package io.governor.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an argument is compared with. Values of another type than a comparison is about do not
 * satisfy it. Immutable values: what comes in is copied, and refused with {@link
 * IllegalArgumentException} when a document could not hold it.
 */
public sealed interface Comparison {

  /** Equal as JSON: numbers by value, so 1 equals 1.0; a text never equals a number. */
  record EqualTo(@Nullable Object value) implements Comparison {
    public EqualTo {
      value = DocumentValues.copy(value);
    }
  }

  /** Equal to one of them. */
  record In(List<@Nullable Object> values) implements Comparison {
    public In {
      List<@Nullable Object> copy = new ArrayList<>(values.size());
      values.forEach(value -> copy.add(DocumentValues.copy(value)));
      values = Collections.unmodifiableList(copy);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("in: expected at least one value");
      }
    }
  }

  /** The pattern occurs in the text; anchor it with {@code ^} and {@code $} to match all of it. */
  record Matches(String pattern) implements Comparison {}

  /** The glob matches the whole text. */
  record MatchesGlob(String glob) implements Comparison {}

  /** The text occurs in a text, or is an item of an array. */
  record Contains(String text) implements Comparison {}

  /** The text begins with this. */
  record StartsWith(String prefix) implements Comparison {}

  /** A number above this one. */
  record GreaterThan(BigDecimal bound) implements Comparison {
    public GreaterThan {
      bound = DocumentValues.bound(bound);
    }
  }

  /** A number below this one. */
  record LessThan(BigDecimal bound) implements Comparison {
    public LessThan {
      bound = DocumentValues.bound(bound);
    }
  }

  /** Whether there is an argument at all; null is one. */
  record Present(boolean expected) implements Comparison {}

  /**
   * The characters (code points) of a text, the items of an array, the members of an object.
   *
   * @param size {@link EqualTo}, {@link GreaterThan} or {@link LessThan}, each with a whole number
   *     from 0 to 2147483647
   */
  record Length(Comparison size) implements Comparison {
    public Length {
      if (!DocumentValues.isSize(size)) {
        throw new IllegalArgumentException(
            "length: expected equals, greater_than or less_than with a whole number from 0 to "
                + Integer.MAX_VALUE);
      }
    }
  }

  /** A value of this type. */
  record OfType(JsonType type) implements Comparison {}

  /** The types of JSON values. An integer is a number without a fraction: 1.0 is one. */
  enum JsonType {
    TEXT("string"),
    NUMBER("number"),
    INTEGER("integer"),
    BOOLEAN("boolean"),
    ARRAY("array"),
    OBJECT("object"),
    NULL("null");

    private final String wireName;

    JsonType(String wireName) {
      this.wireName = wireName;
    }

    /** The word used in policies. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * A path that lies at or below one of these folders, links followed. A path that some reader may
   * take for another one satisfies the comparison, and its negation as well: rules restrict, so
   * doubt counts against the call.
   *
   * @param roots absolute folders; {@code ~} and the variables {@code ${workspace}}, {@code
   *     ${home}}, {@code ${temp}} and {@code ${state}} stand for folders of the session; one that
   *     is not known holds nothing
   */
  record Inside(List<String> roots) implements Comparison {
    public Inside {
      roots = atLeastOne("inside", roots);
    }
  }

  /**
   * A URL of a network scheme whose host is one of these. A URL whose host readers disagree about
   * satisfies the comparison, and its negation as well.
   *
   * @param hosts host names; {@code *.acme.com} stands for every name below {@code acme.com}
   */
  record HostIn(List<String> hosts) implements Comparison {
    public HostIn {
      hosts = atLeastOne("host_in", hosts);
    }
  }

  /** Satisfied when the other is not. */
  record Not(Comparison comparison) implements Comparison {}

  private static List<String> atLeastOne(String what, List<String> items) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException(what + ": expected at least one entry");
    }
    return List.copyOf(items);
  }
}
