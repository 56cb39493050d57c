package io.governor.yaml;

import org.jspecify.annotations.Nullable;

/** What a scalar without quotes and tag means: the part in which versions of YAML differ. */
@FunctionalInterface
public interface PlainScalars {

  /** YAML 1.1, as the execution record has it (section 7.2). */
  PlainScalars YAML_1_1 = Yaml11::resolve;

  /** YAML 1.2, by its core schema; JSON means the same in it. */
  PlainScalars YAML_1_2 = Yaml12::resolve;

  /**
   * The value of the text: a string, {@link Long}, {@link java.math.BigInteger}, {@link Double},
   * {@link java.math.BigDecimal} (only in YAML 1.2, where a double would lose digits), {@link
   * Boolean}, null, or a {@link Refused}.
   */
  @Nullable Object resolve(String text);

  /** What a text may mean that no document may hold. */
  enum Refused {
    /** A date or a point in time. */
    DATE("a date, which is not supported here; put it in quotes to keep it as text"),
    /** A number that is longer than any use of it. */
    LONG_NUMBER("a number of more than 63 digits; put it in quotes to keep it as text"),
    /** A number beyond any use of it. */
    LARGE_EXPONENT(
        "a number with an exponent beyond 999999999 either way; put it in quotes to keep it as"
            + " text");

    private final String reason;

    Refused(String reason) {
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
