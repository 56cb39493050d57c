package io.governor.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonSizeTest {

  static List<Arguments> characters() {
    return List.of(
        Arguments.of(null, 4),
        Arguments.of(true, 4),
        Arguments.of(false, 5),
        Arguments.of(0, 1),
        Arguments.of(-10, 3),
        Arguments.of(Long.MIN_VALUE, 20),
        Arguments.of(Long.MAX_VALUE, 19),
        Arguments.of((byte) -128, 4),
        Arguments.of(new AtomicInteger(12345), 5),
        Arguments.of(new BigInteger("-123456789012345678901234567890"), 31),
        Arguments.of(new BigDecimal("12345678901234567890"), 20),
        Arguments.of(new BigDecimal("1.50"), 3),
        Arguments.of(new BigDecimal("1E+3"), 6),
        Arguments.of(1.0, 3),
        Arguments.of(100000.0, 8),
        Arguments.of(-0.0, 4),
        Arguments.of(1e-5, 5),
        Arguments.of(1e16, 5),
        Arguments.of(1.7976931348623157e308, 23),
        Arguments.of(2.0E-3, 5),
        Arguments.of(Double.MIN_VALUE, 6),
        Arguments.of(0.1f, 3),
        Arguments.of(Double.POSITIVE_INFINITY, 8),
        Arguments.of(Double.NEGATIVE_INFINITY, 8),
        Arguments.of("", 2),
        Arguments.of("abc", 5),
        Arguments.of("é", 8),
        Arguments.of("😀", 14),
        Arguments.of("\u007f", 8),
        Arguments.of("\ud800", 8),
        Arguments.of("\"\\/\b\f\n\r\t", 17),
        Arguments.of(java.nio.CharBuffer.wrap("abc"), 5),
        Arguments.of('x', 3),
        Arguments.of(Path.of("a", "b"), 5),
        Arguments.of(Thread.State.NEW, 5),
        Arguments.of(Map.of(), 2),
        Arguments.of(List.of(), 2),
        Arguments.of(new int[0], 2),
        Arguments.of(List.of(1, 2, 3), 9),
        Arguments.of(new int[] {1, 2, 3}, 9),
        Arguments.of(new Object[] {1, "b", null}, 14),
        Arguments.of(Map.of("a", 1), 8),
        Arguments.of(Map.of(1, 1), 8),
        Arguments.of(Collections.singletonMap(null, 1), 11));
  }

  @ParameterizedTest
  @MethodSource("characters")
  void a_value_is_a_quarter_of_its_text(Object value, int length) {
    // Beside three characters more, each of the four remainders shows in the quotient once.
    for (int padding = 0; padding < 4; padding++) {
      List<Object> list = new ArrayList<>();
      list.add(value);
      list.add("x".repeat(padding));

      assertThat(JsonSize.tokens(list)).isEqualTo((length + 6 + padding) / 4);
    }
    assertThat(JsonSize.tokens(value)).isEqualTo(Math.max(1, length / 4));
  }

  @Test
  void text_that_is_not_json_is_a_json_string() {
    assertThat(JsonSize.tokensOfText("{\"a\": ")).isEqualTo((6 + 2 + 2) / 4);
    assertThat(JsonSize.tokensOfText("")).isEqualTo(1);
  }

  @Test
  void a_tree_is_as_long_as_the_text_of_the_execution_record() {
    SplittableRandom random = Seeds.random();

    for (int i = 0; i < 2_000; i++) {
      Object tree = tree(random, 4);

      // The canonical text differs in its separators alone: one blank after each.
      long length = CanonicalJson.text(tree).length() + blanks(tree);

      assertThat(JsonSize.tokens(tree)).isEqualTo(Math.max(1, length / 4));
    }
  }

  @Test
  void a_cycle_has_size_one() {
    Map<String, Object> map = new HashMap<>();
    map.put("a", "some text that has a size of its own");
    map.put("self", List.of(map, map, map));

    assertThat(JsonSize.tokens(map)).isEqualTo(1);
  }

  @Test
  void a_value_nested_too_deep_has_size_one() {
    Object value = "leaf";
    for (int i = 0; i < 100_000; i++) {
      value = List.of(value);
    }

    assertThat(JsonSize.tokens(value)).isEqualTo(1);
  }

  @Test
  void a_small_object_that_stands_for_a_huge_text_has_size_one() {
    Object value = "x".repeat(1000);
    for (int i = 0; i < 60; i++) {
      value = List.of(value, value);
    }

    assertThat(JsonSize.tokens(value)).isEqualTo(1);
  }

  @Test
  void an_object_that_throws_has_size_one() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };

    assertThat(JsonSize.tokens(Map.of("long enough to count", hostile))).isEqualTo(1);
  }

  private static Object tree(SplittableRandom random, int depth) {
    int kind = random.nextInt(depth == 0 ? 5 : 7);
    return switch (kind) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2 -> Double.longBitsToDouble(random.nextLong(0x7fe0000000000000L));
      case 3 -> new BigInteger(random.nextInt(1, 200), new java.util.Random(random.nextLong()));
      case 4 -> text(random);
      case 5 -> {
        List<Object> list = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
          list.add(tree(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(4); n > 0; n--) {
          map.put(text(random), tree(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
    }
    return text.toString();
  }

  private static long blanks(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      long inside = map.values().stream().mapToLong(JsonSizeTest::blanks).sum();
      return inside + map.size() + Math.max(0, map.size() - 1);
    }
    if (tree instanceof List<?> list) {
      return list.stream().mapToLong(JsonSizeTest::blanks).sum() + Math.max(0, list.size() - 1);
    }
    return 0;
  }
}
