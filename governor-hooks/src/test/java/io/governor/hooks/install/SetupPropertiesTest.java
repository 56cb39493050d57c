package io.governor.hooks.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.json.StrictJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever else is in an agent's file, it stays; printed seeds make a run repeatable. */
class SetupPropertiesTest {

  private static final int ROUNDS = 100;
  private static final List<String> AGENTS = List.of("claude-code", "codex", "gemini", "cursor");

  @TempDir Path temp;

  @Test
  void whatIsNotOursStaysByteForByte() throws Exception {
    long seed = Long.getLong("governor.seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String agent = AGENTS.get(random.nextInt(AGENTS.size()));
      String before = new ForeignSettings(random, agent).text();
      check(temp.resolve("r" + round), agent, before, "governor.seed=" + seed + " round " + round);
    }
  }

  private static void check(Path folder, String agent, String before, String seed)
      throws Exception {
    Home home = new Home(folder);
    String file = ForeignSettings.file(agent);
    home.put(Map.of(file, before));
    Installation installation = home.installation(agent, home.machine(), false);

    installation.apply(installation.changes(false), false);
    String with = home.files().get(file);
    assertThat(withoutOurs(with)).as(seed).isEqualTo(cleaned(parse(before)));
    assertThat(inOrder(before, with)).as("%s: every line of others, in its order", seed).isTrue();
    assertThat(installation.changes(false)).as(seed).isEmpty();

    Home elsewhere = new Home(folder.resolve("copy"));
    elsewhere.put(Map.of(file, with));
    Installation copy = elsewhere.installation(agent, elsewhere.machine(), false);
    copy.apply(copy.changes(true), true);
    assertThat(cleaned(parse(elsewhere.files().get(file))))
        .as("%s: taken out without a copy of what was there", seed)
        .isEqualTo(cleaned(parse(before)));

    Installation newer = home.installation(agent, home.machine("opt/newer"), false);
    newer.apply(newer.changes(false), false);
    installation.apply(installation.changes(true), true);
    assertThat(home.files().get(file)).as(seed).isEqualTo(before);
  }

  /** Whether nothing of the first text but white space and commas is missing in the second. */
  private static boolean inOrder(String part, String whole) {
    int at = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (" \t\r\n,".indexOf(c) < 0) {
        at = whole.indexOf(c, at) + 1;
        if (at == 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static Object parse(String text) throws Exception {
    return StrictJson.parse(text.replace("\ufeff", ""), StrictJson.Limits.POLICY);
  }

  private static Object withoutOurs(String text) throws Exception {
    return cleaned(parse(text));
  }

  /** The value without our hooks, and without what is empty then. */
  private static Object cleaned(Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      members.forEach(
          (name, each) -> {
            Object clean = cleaned(each);
            boolean head = name.equals("version") && Long.valueOf(1).equals(each);
            if (!head && !isEmpty(clean)) {
              kept.put(name, clean);
            }
          });
      return isOurs(members) ? Map.of() : kept;
    }
    if (value instanceof List<?> items) {
      return items.stream().map(SetupPropertiesTest::cleaned).filter(e -> !isEmpty(e)).toList();
    }
    return value == null ? "null" : value;
  }

  private static boolean isOurs(Map<?, ?> members) {
    return String.valueOf(members.get("command")).contains("bin/governor-hook\" ")
        && !String.valueOf(members.get("command")).contains("&&");
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }
}
