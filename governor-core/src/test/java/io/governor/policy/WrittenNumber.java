package io.governor.policy;

import io.governor.json.CanonicalJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A number as a text writes it, so that no reader has lost a digit of it yet. */
record WrittenNumber(String text) {

  /** Numbers that doubles confuse with one another, or cannot hold. */
  private static final List<String> WELL_KNOWN =
      List.of(
              "0 -0.0 0e999 1 1.0 1E0 10e-1 2 -3 -2.5 0.1 1e-1 0.10000000000000001",
              "0.1000000000000000055511151231257827 9007199254740993 9007199254740993.0",
              "9007199254740992 9007199254740992.0 900719925474099.2e1 1e18 1000000000000000000",
              "1000000000000000001.0 12345678901234567890 12345678901234567890.0 1.234567890123456789e19",
              "99.99999999999999999 100 1E2 100.00000000000000000001 1e400 10e399 1e401 -1e400",
              "1e999999999 1e-400 1e-401 -1e-400 1e-999999999 8.41e21 2e-3 1.7976931348623157e308")
          .stream()
          .flatMap(line -> List.of(line.split(" ")).stream())
          .toList();

  BigDecimal value() {
    return new BigDecimal(text);
  }

  static WrittenNumber wellKnown(SplittableRandom random) {
    return new WrittenNumber(WELL_KNOWN.get(random.nextInt(WELL_KNOWN.size())));
  }

  /** Up to forty digits, mostly zeros and nines, with a point and an exponent or without. */
  static WrittenNumber random(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append(digits(random, 20).replaceFirst("^0+(?=.)", ""));
    if (random.nextBoolean()) {
      text.append('.').append(digits(random, 20));
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(-30, 30));
    }
    return new WrittenNumber(text.toString());
  }

  private static String digits(SplittableRandom random, int most) {
    return random
        .ints(random.nextInt(1, most + 1), 0, 6)
        .mapToObj(choice -> String.valueOf("009912".charAt(choice)))
        .collect(Collectors.joining());
  }

  /** The tree with numbers in place of literals, for the one that writes a policy. */
  static @Nullable Object numbers(@Nullable Object tree) {
    if (tree instanceof WrittenNumber literal) {
      boolean whole = literal.text.matches("-?[0-9]+");
      return whole ? (Number) new BigInteger(literal.text) : (Number) literal.value();
    }
    if (tree instanceof List<?> items) {
      List<@Nullable Object> numbers = new ArrayList<>();
      items.forEach(item -> numbers.add(numbers(item)));
      return numbers;
    }
    if (tree instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
      members.forEach((name, value) -> numbers.put((String) name, numbers(value)));
      return numbers;
    }
    return tree;
  }

  /** The tree as JSON with the literals as they are. */
  static String json(@Nullable Object tree) {
    if (tree instanceof WrittenNumber literal) {
      return literal.text;
    }
    if (tree instanceof List<?> items) {
      return items.stream().map(WrittenNumber::json).collect(Collectors.joining(",", "[", "]"));
    }
    if (tree instanceof Map<?, ?> members) {
      return members.entrySet().stream()
          .map(member -> json(member.getKey()) + ":" + json(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    return CanonicalJson.text(tree);
  }
}
