package io.governor.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  @Test
  void a_document_becomes_plain_data_in_its_own_order() throws Exception {
    YamlNode root =
        read(
            """
            # a comment
            z: [1, two, "3", 4.5, yes, ~]
            a:
              "yes": quoted
              text: |
                of two
                lines
            """);

    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("yes", "quoted");
    inner.put("text", "of two\nlines\n");
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("z", Arrays.asList(1L, "two", "3", 4.5, true, null));
    expected.put("a", inner);
    assertThat(root.data()).isEqualTo(expected);
    assertThat(((Map<?, ?>) root.data()).keySet()).map(String::valueOf).containsExactly("z", "a");
  }

  @Test
  void everything_knows_its_place() throws Exception {
    YamlNode root = read("a:\n  - b: é😀x\n    c:   7\n");

    KeyPath c = KeyPath.of("a").item(0).name("c");
    assertThat(c).hasToString("a[0].c");
    assertThat(root.find(c).place()).isEqualTo(new Place(3, 10));
    assertThat(root.keyPlace(c)).isEqualTo(new Place(3, 5));
    assertThat(root.find(KeyPath.of("a").item(1))).isNull();
    assertThat(root.find(KeyPath.of("b", "c"))).isNull();
    assertThat(root.valuePlace(KeyPath.ROOT)).isEqualTo(Place.START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only\n# comments\n", "\ufeff# a mark\n"})
  void a_document_without_a_value_has_no_root(String text) throws Exception {
    assertThat(read(text)).isNull();
    assertThat(
            YamlReader.read(new ByteArrayInputStream(text.getBytes(UTF_8)), PlainScalars.YAML_1_1))
        .isNull();
  }

  @Test
  void merge_keys_give_way_to_own_keys_and_earlier_sources_to_none() throws Exception {
    YamlNode root =
        read(
            """
            one: &one {a: 1, b: 1, c: 1}
            two: &two {b: 2, c: 2, d: 2}
            both:
              c: 0
              <<: [*one, *two]
            single:
              <<: *two
            literal: {"<<": x}
            """);

    assertThat(root.find(KeyPath.of("both")).data())
        .isEqualTo(Map.of("a", 1L, "b", 1L, "c", 0L, "d", 2L));
    assertThat(root.find(KeyPath.of("single")).data()).isEqualTo(Map.of("b", 2L, "c", 2L, "d", 2L));
    assertThat(root.find(KeyPath.of("literal")).data()).isEqualTo(Map.of("<<", "x"));
  }

  @Test
  void tags_of_yaml_itself_say_what_a_scalar_is() throws Exception {
    YamlNode root =
        read(
            "[!!str 5, !!int \"0x10\", !!float 3, !!bool \"on\", !!null \"\", ! 7, ! \"7\", !!seq [], !!map {}]");

    assertThat(root.data())
        .isEqualTo(Arrays.asList("5", 16L, 3.0, true, null, 7L, "7", List.of(), Map.of()));
  }

  static List<Arguments> refusals() {
    return List.of(
        refusal("1: a", "1:1: <root>: int key 1 at <root>: keys must be strings; put it in quotes"),
        refusal(
            "010: a", "1:1: <root>: int key 8 at <root>: keys must be strings; put it in quotes"),
        refusal(
            "session_intent:\n  yes: a",
            "2:3: session_intent: bool key True at session_intent: keys must be strings; put it in quotes"),
        refusal(
            "a:\n  b:\n  - off: 1",
            "3:5: a.b[0]: bool key False at a.b[0]: keys must be strings; put it in quotes"),
        refusal(
            "1.0: a",
            "1:1: <root>: float key 1.0 at <root>: keys must be strings; put it in quotes"),
        refusal("~: a", "1:1: <root>: null key at <root>: keys must be strings; put it in quotes"),
        refusal(
            "a: {2026-04-14: 1}",
            "1:5: a: date key 2026-04-14 at a: keys must be strings; put it in quotes"),
        refusal("? [a]\n: b", "1:3: <root>: list key at <root>: keys must be strings"),
        refusal("? {a: b}\n: b", "1:3: <root>: mapping key at <root>: keys must be strings"),
        refusal(
            "a: &x [1]\n*x : 1",
            "2:1: <root>: list or mapping key at <root>: keys must be strings; put it in quotes"),
        refusal(
            "a: [1, 2026-04-14]",
            "1:8: a[1]: a date, which is not supported here; put it in quotes to keep it as text"),
        refusal("a: !!timestamp x", "1:4: a: a date, which is not supported here"),
        refusal("a: !!set {x, y}", "1:4: a: a set, which is not supported here"),
        refusal("a: !!binary aGVsbG8=", "1:4: a: a binary value, which is not supported here"),
        refusal("a: !!omap [x: 1]", "1:4: a: a tag that is not supported here"),
        refusal("a: !mine x", "1:4: a: a tag that is not supported here"),
        refusal("a: !!int x", "1:4: a: a value that is not what its tag says"),
        refusal(
            "a: " + "7".repeat(80),
            "1:4: a: a number of more than 63 digits; put it in quotes to keep it as text"),
        refusal("a: 1\nb: 2\na: 3", "3:1: a: a repeated key"),
        refusal("a: 1\n\"a\": 3", "2:1: a: a repeated key"),
        refusal("x: &x {}\na:\n  <<: *x\n  <<: *x", "4:3: a.<<: a repeated key"),
        refusal("a:\n  <<: 5", "2:7: a.<<: must be a mapping or a list of mappings to merge"),
        refusal("a: *x", "1:4: a: an alias without an anchor before it"),
        refusal("a: &x [1, *x]", "1:11: a[1]: an alias inside its own anchor"),
        refusal("a: 1\n---\nb: 2", "2:1: <root>: a second document, where a file holds one"),
        refusal(
            "a: [1,\nb: 2",
            "2:5: <root>: not valid YAML: expected ',' or ']', but got <stream end>"),
        refusal("a: b: c", "1:5: <root>: not valid YAML: mapping values are not allowed here"),
        refusal(
            "a: \"\u0007\"", "1:5: <root>: not valid YAML: a character that YAML does not allow"),
        refusal(
            "é: ok\nb: \u0001",
            "2:4: <root>: not valid YAML: a character that YAML does not allow"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusals")
  void a_refusal_says_where_and_why(String text, String message) {
    assertThat(problem(text)).hasMessage(message).hasNoCause();
  }

  @Test
  void bytes_that_are_not_utf8_are_refused_at_their_place() {
    byte[] latin1 = "a: 1\nb: caf\u00e9 x\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(problem(latin1)).hasMessage("2:7: <root>: not valid YAML: a byte that is not UTF-8");
    assertThat(problem("a: 1".getBytes(java.nio.charset.StandardCharsets.UTF_16))).isNotNull();
  }

  @Test
  void depth_admits_its_last_level_and_refuses_the_next() throws Exception {
    assertThat(read("[".repeat(64) + "]".repeat(64))).isNotNull();
    assertThat(problem("[".repeat(65) + "]".repeat(65)).reason())
        .isEqualTo("nested deeper than 64 levels");
    assertThat(problem("[".repeat(200_000)).reason()).isEqualTo("nested deeper than 64 levels");
    assertThat(problem("{a: ".repeat(200_000)).reason()).isEqualTo("nested deeper than 64 levels");
  }

  @Test
  void a_document_too_long_is_refused_unread() {
    byte[] document = new byte[YamlReader.MAX_BYTES + 1];
    Arrays.fill(document, (byte) '#');

    assertThat(problem(document))
        .hasMessage("1:1: <root>: the document is longer than 1048576 bytes");
  }

  @Test
  void aliases_add_up_to_the_same_depth_as_what_they_stand_for() throws Exception {
    assertThat(read(chain(63))).isNotNull();
    assertThat(problem(chain(200)).reason()).isEqualTo("nested deeper than 64 levels");
  }

  @Test
  void aliases_that_blow_the_document_up_are_refused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "a"
              + i
              + ": &a"
              + i
              + " ["
              + String.join(", ", java.util.Collections.nCopies(9, alias))
              + "]\n");
    }

    assertThat(problem(text.toString()).reason())
        .isEqualTo("too large once its aliases are written out");
  }

  @Test
  void an_anchor_may_be_set_again() throws Exception {
    assertThat(read("[&x 1, *x, &x 2, *x]").data()).isEqualTo(List.of(1L, 1L, 2L, 2L));
  }

  @Test
  void paths_stay_on_one_line_and_short() {
    KeyPath path = KeyPath.of("a\nb", "\u202ec", "k".repeat(100));

    assertThat(path).hasToString("a?b.?c." + "k".repeat(64) + "…");
  }

  /** Arbitrary text is read or refused, and nothing else happens. */
  @Test
  void broken_text_never_throws_anything_but_a_problem() {
    String document =
        "w: &x {k: v}\na: [1, \"b\", 'c', {d: *x}]\n<<: *x\ne: |\n  f\n? g\n: !!int 7 # h\n";
    java.util.SplittableRandom random = new java.util.SplittableRandom(11);
    List<String> outcomes = new ArrayList<>();

    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(document);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, document.charAt(random.nextInt(document.length())));
      }
      YamlProblem problem = problem(text.toString());
      outcomes.add(problem == null ? "read" : problem.reason());
    }

    assertThat(Set.copyOf(outcomes))
        .contains("read")
        .doesNotContain("not valid YAML: the document cannot be parsed")
        .allMatch(reason -> reason.lines().count() == 1);
  }

  private static String chain(int levels) {
    StringBuilder text = new StringBuilder("a0: &a0 x\n");
    for (int i = 1; i <= levels; i++) {
      text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
    }
    return text.toString();
  }

  private static Arguments refusal(String text, String message) {
    return Arguments.of(text, message);
  }

  private static YamlNode read(String text) throws YamlProblem {
    return YamlReader.read(text, PlainScalars.YAML_1_1);
  }

  private static YamlProblem problem(String text) {
    return catchThrowableOfType(YamlProblem.class, () -> read(text));
  }

  private static YamlProblem problem(byte[] document) {
    return catchThrowableOfType(
        YamlProblem.class,
        () -> YamlReader.read(new ByteArrayInputStream(document), PlainScalars.YAML_1_1));
  }
}
