package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JsonBytesTest {

  @Test
  void everyValueIsFoundWhereItStandsHoweverTheTextIsWritten() throws Exception {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 2_000; i++) {
      String text = new RandomJson(random).text(5);
      JsonBytes json = new JsonBytes(text.getBytes(StandardCharsets.UTF_8));
      agree(json, json.document(), StrictJson.parse(text, Frame.LIMITS));
    }
  }

  private static void agree(JsonBytes json, JsonBytes.Span place, @Nullable Object tree)
      throws Exception {
    assertThat(StrictJson.parse(json.text(place), Frame.LIMITS)).isEqualTo(tree);
    Iterator<JsonBytes.Span> values =
        tree instanceof Map<?, ?> || tree instanceof List<?>
            ? json.values(place).iterator()
            : List.<JsonBytes.Span>of().iterator();
    if (tree instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        JsonBytes.Span value = values.next();
        assertThat(json.member(place, member.getKey().toString())).isEqualTo(value);
        agree(json, value, member.getValue());
      }
    } else if (tree instanceof List<?> items) {
      for (Object item : items) {
        agree(json, values.next(), item);
      }
    }
    assertThat(values.hasNext()).isFalse();
  }

  @Test
  void onlyWhatDiffersIsExchanged() throws Exception {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 2_000; i++) {
      String text = new RandomJson(random).text(4);
      Object before = StrictJson.parse(text, Frame.LIMITS);
      Object after = changed(before, random);
      JsonBytes json = new JsonBytes(text.getBytes(StandardCharsets.UTF_8));

      List<JsonBytes.Edit> edits = TreeEdits.of(json, json.document(), before, after);

      assertThat(StrictJson.parse(json.with(edits), Frame.LIMITS)).isEqualTo(after);
      if (java.util.Objects.equals(after, before)) {
        assertThat(edits).isEmpty();
      }
    }
  }

  /** As a redactor changes a tree: strings only, here and there. */
  private static Object changed(@Nullable Object value, SplittableRandom random) {
    if (value instanceof Map<?, ?> members) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      members.forEach((name, member) -> copy.put(name, changed(member, random)));
      return copy;
    }
    if (value instanceof List<?> items) {
      List<Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(changed(item, random)));
      return copy;
    }
    return value instanceof String && random.nextInt(3) == 0 ? "[REDACTED:ü]" : value;
  }

  @Test
  void idsOfBrokenFramesAreLookedForWithoutEnd() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = new byte[random.nextInt(40)];
      for (int at = 0; at < frame.length; at++) {
        frame[at] = (byte) "{}[]\",:\\ id1\u00ff".charAt(random.nextInt(13));
      }
      assertThat(LooseIds.of(frame)).hasSizeLessThanOrEqualTo(frame.length);
    }
  }
}
