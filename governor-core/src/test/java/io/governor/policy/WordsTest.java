package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  private static final List<String> KNOWN =
      List.of("deny", "effect", "on_error", "arguments", "execute", "warn", "READ");

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({
    "effect, effect",
    "efect, effect",
    "effcet, effect",
    "Effect, effect",
    "on-error, on_error",
    "onerror, on_error",
    "dney, deny",
    "args,",
    "argu, arguments",
    "exec, execute",
    "read, READ",
    "wran, warn",
    "block,",
    "x,",
    "zzzzzzzzzz,",
    "'',",
  })
  void a_word_means_the_nearest_known_one(String word, String meant) {
    assertThat(Words.nearest(word, KNOWN)).isEqualTo(meant);
  }

  @Test
  void a_long_word_means_nothing() {
    assertThat(Words.nearest("effect".repeat(100_000), KNOWN)).isNull();
  }

  @Test
  void words_are_listed_as_people_do() {
    assertThat(Words.list(List.of())).isEmpty();
    assertThat(Words.list(List.of("a"))).isEqualTo("a");
    assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b or c");
  }
}
