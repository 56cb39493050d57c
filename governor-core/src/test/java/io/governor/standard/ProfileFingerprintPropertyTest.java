package io.governor.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fingerprint depends on what a profile says and on nothing else. */
class ProfileFingerprintPropertyTest {

  @TempDir Path folder;

  @Test
  void key_order_comments_and_white_space_never_change_the_fingerprint() throws Exception {
    String given = System.getProperty("governor.seed", "");
    long seed = given.isBlank() ? new SplittableRandom().nextLong() : Long.parseLong(given.strip());
    System.err.println("governor.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);

    for (int i = 0; i < 300; i++) {
      Map<String, Object> data = profile(random);
      String plain = loaded(written(data, new SplittableRandom(0), false)).contentHash();
      String text = written(data, random, true);

      assertThat(loaded(text).contentHash()).as(text).isEqualTo(plain);
    }
  }

  private Profile loaded(String text) throws Exception {
    LoadedProfile loaded = ProfileLoader.load(Files.writeString(folder.resolve("p.yaml"), text));
    assertThat(loaded.profile()).as(() -> loaded.problems() + "\n" + text).isNotNull();
    return loaded.profile();
  }

  private static Map<String, Object> profile(SplittableRandom random) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("schema_version", "1");
    data.put("session_intent", pick(random, Map.of("demand_at", "first_write", "required", "yes")));
    data.put(
        "task_boundary",
        pick(
            random,
            Map.of(
                "signals",
                List.of("dir_change", "time_gap"),
                "time_gap_seconds",
                random.nextBoolean() ? "120" : "120.0",
                "dir_change_depth",
                "0x3")));
    data.put(
        "high_consequence",
        pick(random, Map.of("tools", List.of("\"Bash:.*\"", "'it''s'"), "on_match", "flag")));
    data.put("custom_" + random.nextInt(100), Map.of("a", List.of("1:30", "~"), "b", "é"));
    return data;
  }

  private static Map<String, Object> pick(SplittableRandom random, Map<String, Object> all) {
    Map<String, Object> some = new LinkedHashMap<>(all);
    some.keySet().removeIf(key -> random.nextInt(4) == 0);
    return some;
  }

  /** The data as YAML: in order and in block style, or shuffled with noise in any style. */
  private static String written(Map<String, Object> data, SplittableRandom random, boolean noise) {
    StringBuilder text = new StringBuilder();
    for (String key : keys(data, random, noise)) {
      text.append(noise(random, noise)).append(key).append(":");
      Object value = data.get(key);
      if (value instanceof Map<?, ?> section
          && !section.isEmpty()
          && !(noise && random.nextBoolean())) {
        block(text, section, random, noise);
      } else {
        text.append(' ')
            .append(flow(value, random, noise))
            .append(comment(random, noise))
            .append('\n');
      }
    }
    return text.append(noise(random, noise)).toString();
  }

  private static void block(
      StringBuilder text, Map<?, ?> section, SplittableRandom random, boolean noise) {
    String indent = " ".repeat(noise ? random.nextInt(1, 6) : 2);
    text.append(comment(random, noise)).append('\n');
    for (String key : keys(section, random, noise)) {
      text.append(noise(random, noise)).append(indent).append(key).append(": ");
      text.append(flow(section.get(key), random, noise))
          .append(comment(random, noise))
          .append('\n');
    }
  }

  private static String flow(Object value, SplittableRandom random, boolean noise) {
    String gap = " ".repeat(noise ? random.nextInt(4) : 0);
    if (value instanceof List<?> list) {
      List<String> items = list.stream().map(item -> flow(item, random, noise)).toList();
      return "[" + gap + String.join("," + gap, items) + gap + "]";
    }
    if (value instanceof Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      for (String key : keys(map, random, noise)) {
        entries.add(key + ": " + gap + flow(map.get(key), random, noise));
      }
      return "{" + gap + String.join("," + gap, entries) + gap + "}";
    }
    return String.valueOf(value);
  }

  private static List<String> keys(Map<?, ?> map, SplittableRandom random, boolean shuffled) {
    List<String> keys =
        new ArrayList<>(map.keySet().stream().map(String::valueOf).sorted().toList());
    for (int i = keys.size() - 1; shuffled && i > 0; i--) {
      java.util.Collections.swap(keys, i, random.nextInt(i + 1));
    }
    return keys;
  }

  private static String noise(SplittableRandom random, boolean noise) {
    return noise
        ? List.of("", "", "\n", "# key: [value\n", "   \n", "\r\n").get(random.nextInt(6))
        : "";
  }

  private static String comment(SplittableRandom random, boolean noise) {
    return noise ? List.of("", " ", "  # why: {", " # ~").get(random.nextInt(4)) : "";
  }
}
