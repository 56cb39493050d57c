package io.governor.sync.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.governor.RuleId;
import io.governor.event.EventDecoder;
import io.governor.event.EventHead;
import io.governor.event.MalformedEventException;
import io.governor.sync.RuleCounts;
import io.governor.sync.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The walker against the decoder that every other reader uses: what it recognises is an event, and
 * it reads the same from it. It may leave any line to the decoder, though not those that are
 * written every day.
 */
class WalkerDifferentialTest {

  private static final RuleTable RULES =
      new RuleTable(RuleCounts.zero(List.of(RuleId.of("ACME-101"), RuleId.of("ABCDEFGH-123456"))));

  private static final String MARKS = "\"\\{}[]:, \t\r0-.eutfn\u00e9";

  private final EventView view = new EventView(RULES);
  private final EventWalker walker = new EventWalker(view);
  private final SplittableRandom random = Seeds.random();
  private final RandomLines lines = new RandomLines(random);

  private long recognised;

  @Test
  void lines_as_they_are_written_are_recognised() {
    for (int i = 0; i < 5_000; i++) {
      check(utf8(lines.written()));
    }

    assertThat(recognised).isEqualTo(5_000);
  }

  @Test
  void random_lines_are_read_alike() {
    for (int i = 0; i < 100_000; i++) {
      check(utf8(lines.any()));
    }

    // The comparison says something only where there are many of both.
    assertThat(recognised).isBetween(20_000L, 80_000L);
  }

  @Test
  void random_lines_with_a_few_bytes_changed_are_read_alike() {
    for (int i = 0; i < 100_000; i++) {
      byte[] line = utf8(lines.any());
      for (int changes = random.nextInt(1, 4); changes > 0 && line.length > 0; changes--) {
        line = changed(line);
      }
      check(line);
    }

    assertThat(recognised).isGreaterThan(5_000);
  }

  @Test
  void every_change_of_a_single_byte_is_read_alike() {
    for (String text : List.of(lines.written(), RandomLines.SHORT, RandomLines.DENSE)) {
      byte[] line = utf8(text);
      for (int at = 0; at < line.length; at++) {
        byte[] changed = line.clone();
        for (int b = 0; b < 256; b++) {
          changed[at] = (byte) b;
          check(changed);
        }
      }
    }
  }

  @Test
  void every_beginning_and_every_end_of_a_line_is_read_alike() {
    for (int i = 0; i < 50; i++) {
      byte[] line = utf8(i < 10 ? lines.written() : lines.any());
      for (int cut = 0; cut <= line.length; cut++) {
        check(Arrays.copyOf(line, cut));
        check(Arrays.copyOfRange(line, cut, line.length));
      }
    }
  }

  @Test
  void every_pair_of_bytes_in_a_string_and_in_a_name_is_read_alike() {
    byte[] value = utf8("{\"event_type\": \"X\", \"event_id\": \"a??\"}");
    byte[] name = utf8("{\"event_type\": \"X\", \"??a\": 1}");
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        check(replaced(value, first, second));
        check(replaced(name, first, second));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {98, 99, 100, 101, 102, 5_000, 200_000})
  void nesting_is_bounded_alike(int levels) {
    String arrays = "[".repeat(levels) + "]".repeat(levels);
    String objects = "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    for (String nested : List.of(arrays, objects, "[".repeat(levels), "{\"a\":".repeat(levels))) {
      check(utf8("{\"event_type\": \"X\", \"payload\": " + nested + "}"));
      check(utf8("{\"event_type\": \"X\", \"policy_violations\": " + nested + "}"));
      check(utf8("{\"event_type\": \"X\", \"later\": {\"a\": " + nested + "}}"));
    }
  }

  @Test
  void documents_that_torture_json_readers_are_read_alike_wherever_they_stand() throws Exception {
    Path vectors = Path.of(System.getProperty("governor.vectors", ""), "json", "sample.jsonl");
    assumeTrue(Files.isRegularFile(vectors), "skipped: no vectors beside the checkout");
    for (String text : Files.readAllLines(vectors)) {
      JsonNode test = new ObjectMapper().readTree(text);
      torture(Base64.getDecoder().decode(test.get("bytes_b64").asText()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1e]",
        "[1e+]",
        "[1.]",
        "[.1]",
        "[-]",
        "[-01]",
        "[01]",
        "[1.5e-3]",
        "[+1]",
        "[0x1]",
        "[NaN]",
        "[Infinity]",
        "[-0]",
        "[-0.0E+00]",
        "[1e999999]",
        "[tru]",
        "[true1]",
        "[truex]",
        "[nul]",
        "[falsE]",
        "[false]",
        "[null]",
        "{\"a\" 1}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,,\"b\":2}",
        "{\"\":0}",
        "{\"a\":1,\"a\":2}",
        "[\"\\u00zz\"]",
        "[\"\\x\"]",
        "[\"\\u\"]",
        "[\"\\uD800\"]",
        "{\"\\uD800\":1}",
        "{\"\\u0061\":1}",
        "[\"\t\"]",
        "[\"a\u007fb\"]",
        "[\"\\u0000\"]",
        "[\u00a0]",
        "[1\u2028]",
        "\ufeff[]",
        "[//a\n]",
        "[1]//",
        "[1]]",
        "[[1]",
        "",
        " ",
        "\"a\" \"b\"",
        "\"\ud83d\ude00\"",
        "1 ",
        "[1]\f",
        "[1]\u000b"
      })
  void json_that_is_nearly_right_is_read_alike(String document) {
    torture(utf8(document));
  }

  @Test
  void bytes_that_are_no_utf8_are_refused_alike() {
    for (String hex :
        List.of(
            "80",
            "bf",
            "c0af",
            "c1bf",
            "c280",
            "dfbf",
            "e08080",
            "e0a080",
            "eda080",
            "ed9fbf",
            "efbfbf",
            "f0808080",
            "f0908080",
            "f48fbfbf",
            "f4908080",
            "f5808080",
            "fe",
            "ff",
            "c2",
            "e0a0",
            "f09080",
            "e0a0c0",
            "f09f98",
            "f09f9880")) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      check(joined("{\"event_type\": \"X\", \"a\": \"", bytes, "\"}"));
      check(joined("{\"event_type\": \"X\", \"", bytes, "\": 1}"));
      check(joined("{\"event_type\": \"", bytes, "\"}"));
      check(joined("{\"event_type\": \"X\", \"a\": 1}", bytes, ""));
      check(joined("{\"event_type\": \"X\", \"session_id\": \"abcdefg", bytes, "h\"}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-14T12:00:00.000Z",
        "2024-02-29T00:00:00.000Z",
        "2023-02-29T00:00:00.000Z",
        "2000-02-29T23:59:59.999Z",
        "1900-02-29T00:00:00.000Z",
        "0000-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
        "2026-13-01T00:00:00.000Z",
        "2026-00-01T00:00:00.000Z",
        "2026-04-31T00:00:00.000Z",
        "2026-04-00T00:00:00.000Z",
        "2026-04-14T24:00:00.000Z",
        "2026-04-14T23:60:00.000Z",
        "2026-04-14T23:59:60.000Z",
        "2026-04-14t12:00:00.000z",
        "2026-04-14T12:00:00Z",
        "2026-04-14T12:00:00.1Z",
        "2026-04-14T12:00:00.123456789Z",
        "2026-04-14T12:00:00.000+02:00",
        "2026-04-14 12:00:00.000Z",
        "",
        "some time",
        "1969-12-31T23:59:59.999Z",
        "2026-04-14T12:00:00.000Z "
      })
  void times_are_read_alike(String stamp) {
    check(utf8("{\"event_type\": \"X\", \"timestamp_utc\": \"" + stamp + "\"}"));
    check(utf8("{\"timestamp_utc\": \"" + stamp + "\", \"event_type\": \"X\"}"));
    check(utf8("{\"timestamp_utc\": [\"" + stamp + "\"], \"event_type\": \"X\"}"));
  }

  private void torture(byte[] document) {
    check(document);
    check(joined("{\"event_type\": \"X\", \"later\": ", document, "}"));
    check(joined("{\"event_type\": \"X\", \"payload\": {\"a\": [", document, "]}}"));
    check(joined("{\"policy_violations\": ", document, ", \"event_type\": \"X\"}"));
    check(joined("{\"policy_violations\": [\"POL-001\", ", document, "], \"event_type\": \"X\"}"));
    check(joined("{\"session_id\": ", document, ", \"event_type\": \"X\"}"));
    check(joined("{\"event_id\": ", document, ", \"event_type\": \"X\"}"));
    check(joined("{\"timestamp_utc\": ", document, ", \"event_type\": \"X\"}"));
    check(joined("{\"event_sequence_number\": ", document, ", \"event_type\": \"X\"}"));
    check(joined("{\"event_type\": ", document, "}"));
    check(joined("{", document, ": 1, \"event_type\": \"X\"}"));
    check(joined("{\"event_type\": \"X\"}", document, ""));
    check(joined("", document, "{\"event_type\": \"X\"}"));
  }

  private void check(byte[] line) {
    for (byte b : line) {
      if (b == '\n') {
        return;
      }
    }
    byte[] buffer = padded(line);
    int end = walker.walk(buffer, 1);
    if (end == JsonBytes.NOWHERE) {
      return;
    }
    recognised++;
    String text = new String(line, StandardCharsets.UTF_8);
    assertThat(end).as(text).isEqualTo(line.length + 1);
    assertThat(shown()).as(text).isEqualTo(expected(line, text));
  }

  /** As a buffer holds it; what lies behind the line may be anything. */
  private byte[] padded(byte[] line) {
    byte[] buffer = new byte[line.length + 2 + JsonBytes.SLACK];
    Arrays.fill(buffer, (byte) "\0\"}{1e\n\u00ff".charAt(random.nextInt(8)));
    buffer[0] = '\n';
    System.arraycopy(line, 0, buffer, 1, line.length);
    buffer[line.length + 1] = '\n';
    return buffer;
  }

  private record Shown(
      String session, String event, @Nullable Instant time, TreeSet<Integer> rules, int others) {}

  private Shown shown() {
    TreeSet<Integer> rules = new TreeSet<>();
    for (int i = 0; i < view.ruleCount; i++) {
      assertThat(rules.add(view.rules[i])).isTrue();
    }
    return new Shown(
        id(view.sessionFrom, view.sessionLength),
        id(view.eventFrom, view.eventLength),
        view.second == EventView.NO_TIME ? null : Instant.ofEpochSecond(view.second, view.nano),
        rules,
        view.unpublished);
  }

  private String id(int from, int length) {
    return length == EventView.ABSENT
        ? "absent"
        : "=" + new String(view.ids, from, length, StandardCharsets.UTF_8);
  }

  private static Shown expected(byte[] line, String text) {
    EventHead head;
    try {
      head = EventDecoder.head(line, 0, line.length);
      EventDecoder.decode(line);
    } catch (MalformedEventException e) {
      throw new AssertionError("recognised, but " + e.reason() + ": " + text, e);
    }
    TreeSet<Integer> rules = new TreeSet<>();
    int others = 0;
    for (String id : head.violations()) {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      int rule = RULES.find(bytes, 0, bytes.length);
      if (rule == RuleTable.UNKNOWN) {
        others++;
      } else {
        rules.add(rule);
      }
    }
    return new Shown(
        head.sessionId() == null ? "absent" : "=" + head.sessionId(),
        head.eventId() == null ? "absent" : "=" + head.eventId(),
        head.timestamp(),
        rules,
        others);
  }

  private byte[] changed(byte[] line) {
    int at = random.nextInt(line.length);
    byte[] changed = line.clone();
    switch (random.nextInt(4)) {
      case 0 -> changed[at] = (byte) random.nextInt(256);
      case 1 -> changed[at] = line[random.nextInt(line.length)];
      case 2 -> {
        changed = Arrays.copyOf(line, line.length - 1);
        System.arraycopy(line, at + 1, changed, at, line.length - at - 1);
      }
      default -> {
        changed = Arrays.copyOf(line, line.length + 1);
        System.arraycopy(line, at, changed, at + 1, line.length - at);
        changed[at] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
      }
    }
    return changed;
  }

  private static byte[] replaced(byte[] line, int first, int second) {
    byte[] replaced = line.clone();
    int at = new String(line, StandardCharsets.US_ASCII).indexOf("??");
    replaced[at] = (byte) first;
    replaced[at + 1] = (byte) second;
    return replaced;
  }

  private static byte[] joined(String before, byte[] bytes, String after) {
    byte[] front = utf8(before);
    byte[] back = utf8(after);
    byte[] all = Arrays.copyOf(front, front.length + bytes.length + back.length);
    System.arraycopy(bytes, 0, all, front.length, bytes.length);
    System.arraycopy(back, 0, all, front.length + bytes.length, back.length);
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
