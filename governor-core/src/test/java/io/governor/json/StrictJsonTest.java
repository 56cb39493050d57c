package io.governor.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.json.StrictJson.Limits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {

  @Test
  void a_document_becomes_a_tree_in_its_own_order() throws Exception {
    Object tree =
        StrictJson.parse(
            " {\"z\": [1, -0, 1.5, 1e2, true, false, null], \"a\": {\"é\\u00e9\": \"\\ud83d\\ude00\"}}\n",
            Limits.ARGUMENTS);

    List<Object> list = new ArrayList<>(List.of(1L, 0L, 1.5, 100.0, true, false));
    list.add(null);
    assertThat(tree).isEqualTo(Map.of("z", list, "a", Map.of("éé", "😀")));
    assertThat(((Map<?, ?>) tree).keySet().iterator().next()).isEqualTo("z");
  }

  static List<Arguments> scalars() {
    return List.of(
        Arguments.of("9223372036854775807", Long.MAX_VALUE),
        Arguments.of("-9223372036854775808", Long.MIN_VALUE),
        Arguments.of("9223372036854775808", BigInteger.ONE.shiftLeft(63)),
        Arguments.of("1".repeat(64), new BigInteger("1".repeat(64))),
        Arguments.of("1.0", 1.0),
        Arguments.of("5e-324", new BigDecimal("5e-324")),
        Arguments.of("1e400", new BigDecimal("1e400")),
        Arguments.of("-1e999999999", new BigDecimal("-1e999999999")),
        Arguments.of("\"\"", ""),
        Arguments.of("null", null));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void a_scalar_has_the_type_that_holds_it(String text, Object value) throws Exception {
    assertThat(StrictJson.parse(text, Limits.ARGUMENTS)).isEqualTo(value);
    assertThat(StrictJson.parse(text.getBytes(UTF_8), Limits.ARGUMENTS)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          ``                       | line 1, column 1: the document is empty
          ` `                      | line 1, column 1: the document is empty
          {"a": 1, "a": 2}         | line 1, column 10: a name stands twice in one object
          {"a": 1, "\\u0061": 2}   | line 1, column 10: a name stands twice in one object
          [1] 2                    | line 1, column 5: more text after the end of the document
          [1]]                     | line 1, column 4: not valid JSON
          ["\\ud800"]              | line 1, column 2: half of a surrogate pair, which is no character
          ["\\udc00\\ud800"]       | line 1, column 2: half of a surrogate pair, which is no character
          {"\\ud800": 1}           | line 1, column 9: half of a surrogate pair, which is no character
          [1, /* note */ 2]        | line 1, column 5: not valid JSON
          // note                  | line 1, column 1: not valid JSON
          # note                   | line 1, column 1: not valid JSON
          [NaN]                    | line 1, column 5: not valid JSON: a word other than true, false and null
          [Infinity]               | line 1, column 10: not valid JSON: a word other than true, false and null
          [-Infinity]              | line 1, column 11: not valid JSON: a word other than true, false and null
          [hunter2]                | line 1, column 2: not valid JSON: a word other than true, false and null
          [01]                     | line 1, column 3: not valid JSON: a number in a form that JSON does not have
          [+1]                     | line 1, column 3: not valid JSON: a number in a form that JSON does not have
          [.5]                     | line 1, column 2: not valid JSON
          ["\\x"]                  | line 1, column 4: not valid JSON: an escape that JSON does not have
          ["\\u12"]                | line 1, column 7: not valid JSON: an escape that JSON does not have
          ['a']                    | line 1, column 2: not valid JSON
          {a: 1}                   | line 1, column 2: not valid JSON: expected a name in double quotes
          {"a" 1}                  | line 1, column 6: not valid JSON: expected a colon after the name
          [1 2]                    | line 1, column 4: not valid JSON: expected a comma or the closing bracket
          [1,]                     | line 1, column 4: not valid JSON
          {"a": 1                  | line 1, column 8: ends before the document is complete
          ["a                      | line 1, column 4: ends before the document is complete
          """)
  void a_refusal_names_the_place_and_the_reason_and_quotes_nothing(String text, String message) {
    assertThat(problem(text)).hasMessage(message).hasNoCause();
    assertThat(problem(text.getBytes(UTF_8))).hasMessage(message);
  }

  @Test
  void line_breaks_of_every_kind_are_counted() {
    assertThat(problem("[1,\n2,\r\n3,\r x]")).hasMessageStartingWith("line 4, column 2: ");
  }

  static List<Arguments> brokenBytes() {
    return List.of(
        Arguments.of("an overlong slash", new int[] {0xc0, 0xaf}),
        Arguments.of("an encoded surrogate", new int[] {0xed, 0xa0, 0x80}),
        Arguments.of("beyond the last character", new int[] {0xf4, 0x90, 0x80, 0x80}),
        Arguments.of("a lone continuation", new int[] {0x80}),
        Arguments.of("Latin-1", new int[] {0xe9}),
        Arguments.of("0xff", new int[] {0xff}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenBytes")
  void bytes_that_are_not_utf8_are_refused_at_their_place(String what, int[] broken) {
    byte[] head = "{\"é\":\n  \"ab".getBytes(UTF_8);
    byte[] document = java.util.Arrays.copyOf(head, head.length + broken.length + 2);
    for (int i = 0; i < broken.length; i++) {
      document[head.length + i] = (byte) broken[i];
    }
    document[document.length - 2] = '"';
    document[document.length - 1] = '}';

    assertThat(problem(document)).hasMessage("line 2, column 6: not valid UTF-8");
  }

  @Test
  void a_sequence_cut_by_the_end_is_refused() {
    assertThat(problem(new byte[] {'"', 'a', (byte) 0xc3}))
        .hasMessage("line 1, column 3: not valid UTF-8");
  }

  @Test
  void a_byte_order_mark_is_refused() {
    String reason = "line 1, column 1: starts with a byte-order mark, which JSON does not have";

    assertThat(problem("\ufeff[]")).hasMessage(reason);
    assertThat(problem("\ufeff[]".getBytes(UTF_8))).hasMessage(reason);
    assertThat(problem("[]".getBytes(java.nio.charset.StandardCharsets.UTF_16))).isNotNull();
    assertThat(problem("[]".getBytes(java.nio.charset.StandardCharsets.UTF_16LE))).isNotNull();
  }

  @Test
  void each_bound_admits_its_last_value_and_refuses_the_next() throws Exception {
    Limits limits = new Limits(3, 8, 5, 40, 9);

    assertThat(StrictJson.parse("[[[]]]", limits)).isNotNull();
    assertThat(problem("[[[[]]]]", limits))
        .hasMessage("line 1, column 4: nested deeper than 3 levels");
    assertThat(StrictJson.parse("\"12345678\"", limits)).isEqualTo("12345678");
    assertThat(problem("\"123456789\"", limits))
        .hasMessage("line 1, column 1: a string is longer than 8 characters");
    assertThat(StrictJson.parse("{\"12345\": 1}", limits)).isNotNull();
    assertThat(problem("{\"123456\": 1}", limits).reason())
        .isEqualTo("a name is longer than 5 characters");
    assertThat(StrictJson.parse("[1,2,3,4,5,6]", limits)).isNotNull();
    assertThat(problem("[1,2,3,4,5,6,7,8]", limits))
        .hasMessage("line 1, column 17: the document has more than 9 values");
    assertThat(StrictJson.parse("[" + " ".repeat(38) + "]", limits)).isNotNull();
    assertThat(problem("[" + " ".repeat(39) + "]", limits))
        .hasMessage("line 1, column 1: the document is longer than 40 bytes");
    assertThat(problem("1".repeat(65)).reason()).isEqualTo("a number has more than 64 digits");
    assertThat(problem("1." + "1".repeat(70)).reason())
        .isEqualTo("a number has more than 64 digits");
  }

  @Test
  void a_name_longer_than_any_string_is_refused_as_a_name() {
    assertThat(problem("{\"" + "n".repeat(3 << 20) + "\": 1}").reason())
        .isEqualTo("a name is longer than 256 characters");
  }

  @Test
  void a_hundred_thousand_brackets_are_refused_at_the_bound() {
    assertThat(problem("[".repeat(100_000)))
        .hasMessage("line 1, column 129: nested deeper than 128 levels");
    assertThat(problem("{\"a\":".repeat(100_000)).reason())
        .isEqualTo("nested deeper than 128 levels");
    assertThat(problem("[".repeat(100_000), Limits.POLICY).column()).isEqualTo(65);
  }

  @Test
  void a_stream_is_read_no_further_than_the_bounds_require() {
    Endless string = new Endless("[\"", 'a');
    Endless blanks = new Endless("[", ' ');

    JsonProblem tooLong = problem(string, Limits.ARGUMENTS);
    JsonProblem tooMuch = problem(blanks, Limits.ARGUMENTS);

    assertThat(tooLong.reason()).isEqualTo("a string is longer than 1048576 characters");
    assertThat(string.given).isLessThan(3 << 20);
    assertThat(tooMuch.reason()).isEqualTo("the document is longer than 4194304 bytes");
    assertThat(blanks.given).isLessThan((4 << 20) + 20_000);
  }

  @Test
  void a_file_of_some_megabytes_fits_a_hook_payload() throws Exception {
    String file = "é\n".repeat(4 << 20);
    byte[] payload = CanonicalJson.text(Map.of("content", file)).getBytes(UTF_8);

    Object tree = StrictJson.parse(new ByteArrayInputStream(payload), Limits.HOOK);

    assertThat(((Map<?, ?>) tree).get("content")).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          cut after the first half     | ["ab\\ud83d"]             | ["ab\\ue03d"]
          cut before the second half   | ["\\uDE00 ab"]            | ["\\ue600 ab"]
          the halves exchanged         | ["\\ude00\\ud83d"]       | ["\\ue600\\ue03d"]
          a whole pair after a half    | ["\\ud83d\\ud83d\\ude00"] | ["\\ue03d😀"]
          a half after a whole pair    | ["\\ud83d\\ude00\\ude00"] | ["😀\\ue600"]
          the first and the last half  | ["\\ud800","\\udfff"]    | ["\\ue000","\\ue7ff"]
          a half in each of two texts  | ["\\ud83d","x"]          | ["\\ue03d","x"]
          names that differ in halves  | {"\\ud83d":1,"\\ude00":2} | {"\\ue03d":1,"\\ue600":2}
          an escaped backslash         | ["\\\\ud83d"]            | ["\\\\ud83d"]
          a half after a backslash     | ["\\\\\\ud83d"]          | ["\\\\\\ue03d"]
          other escapes                | ["\\n\\"\\u00e9\\/"]     | ["\\n\\"é/"]
          """)
  void a_hook_payload_may_hold_halves_of_surrogate_pairs(String why, String given, String read)
      throws Exception {
    Object expected = StrictJson.parse(read, Limits.ARGUMENTS);

    assertThat(StrictJson.parse(given.getBytes(UTF_8), Limits.HOOK)).as(why).isEqualTo(expected);
    assertThat(StrictJson.parse(given, Limits.HOOK)).as(why).isEqualTo(expected);
  }

  @Test
  void halves_are_found_wherever_a_read_ends() throws Exception {
    for (int shift = 8160; shift < 8200; shift++) {
      String before = "x".repeat(shift);
      String given = "[\"" + before + "\\ud83d\", \"\\ud83d\\ude00\\ud83d\"]";

      assertThat(StrictJson.parse(given.getBytes(UTF_8), Limits.HOOK))
          .isEqualTo(List.of(before + "\ue03d", "😀\ue03d"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          ["\\ud83d               | line 1, column 9: ends before the document is complete
          ["\\ud8                 | line 1, column 7: ends before the document is complete
          ["\\                    | line 1, column 4: ends before the document is complete
          ["\\ud83d\\uzzzz"]      | line 1, column 11: not valid JSON: an escape that JSON does not have
          ["\\ud83d" x           | line 1, column 11: not valid JSON: expected a comma or the closing bracket
          """)
  void what_a_hook_payload_with_halves_gets_wrong_is_still_located(String text, String message) {
    assertThat(problem(text, Limits.HOOK)).hasMessage(message);
  }

  @Test
  void characters_split_between_two_reads_stay_whole() throws Exception {
    String text = "é€😀".repeat(5000);
    byte[] document = ("\"" + text + "\"").getBytes(UTF_8);
    InputStream oneByOne =
        new ByteArrayInputStream(document) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
          }
        };

    assertThat(StrictJson.parse(oneByOne, Limits.ARGUMENTS)).isEqualTo(text);
  }

  @Test
  void limits_are_checked_once() {
    assertThat(
            catchThrowableOfType(IllegalArgumentException.class, () -> new Limits(0, 1, 1, 1, 1)))
        .hasMessage("depth must be 1 to 1000: 0");
    assertThat(
            catchThrowableOfType(IllegalArgumentException.class, () -> new Limits(1, 0, 1, 1, 1)))
        .hasMessage("limits must be positive");
  }

  private static JsonProblem problem(String text) {
    return problem(text, Limits.ARGUMENTS);
  }

  private static JsonProblem problem(String text, Limits limits) {
    return catchThrowableOfType(JsonProblem.class, () -> StrictJson.parse(text, limits));
  }

  private static JsonProblem problem(byte[] document) {
    return catchThrowableOfType(
        JsonProblem.class, () -> StrictJson.parse(document, Limits.ARGUMENTS));
  }

  private static JsonProblem problem(InputStream document, Limits limits) {
    return catchThrowableOfType(JsonProblem.class, () -> StrictJson.parse(document, limits));
  }

  /** A start, and then one byte up to 200 million times. */
  private static final class Endless extends InputStream {
    private final byte[] start;
    private final char filler;
    private long given;

    Endless(String start, char filler) {
      this.start = start.getBytes(UTF_8);
      this.filler = filler;
    }

    @Override
    public int read() {
      long at = given++;
      return at < start.length ? start[(int) at] : at < 200_000_000 ? filler : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int next = read();
      int count = 0;
      for (; next >= 0 && count < length; count++) {
        target[offset + count] = (byte) next;
        next = count + 1 < length ? read() : 0;
      }
      return count == 0 ? -1 : count;
    }
  }
}
