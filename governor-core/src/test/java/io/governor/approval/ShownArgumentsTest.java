package io.governor.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.ToolArguments;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownArgumentsTest {

  /** The model chooses how it spells a text; the person sees what the tool gets. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"c": "\\u0072m -rf"}      | {~  "c": "rm -rf"~}
          {"c": "a\\u001b[31mb"}     | {~  "c": "a\\u001b[31mb"~}
          {"c": "a\\\\u001b"}        | {~  "c": "a\\\\u001b"~}
          {"c": "say \\"x\\""}       | {~  "c": "say \\"x\\""~}
          {"c": "a\\nb\\tc"}         | {~  "c": "a\\nb\\tc"~}
          {"c": "a\\u202eb\\u2067"}  | {~  "c": "a\\u202eb\\u2067"~}
          {"c": "a\\u00a0b\\u3164"}  | {~  "c": "a\\u00a0b\\u3164"~}
          {"c": "Grüße 会議 😀"}      | {~  "c": "Grüße 会議 😀"~}
          {"c": [1, -2.5, true, null]} | {~  "c": [~    1,~    -2.5,~    true,~    null~  ]~}
          {"c": {}, "d": []}         | {~  "c": {},~  "d": []~}
          {"c": 1e400}               | {~  "c": 1E+400~}
          {}                         | {}
          {"c": 1                    | {"c": 1
          [1, "a\u001bb"]            | [1, "a\\u001bb"]
          """)
  void theArgumentsAreShownAsTheyAre(String json, String shown) {
    assertThat(ShownArguments.of(ToolArguments.ofJson(json), 1_000).text())
        .isEqualTo(shown.replace('~', '\n'));
  }

  @Test
  void marksCannotBePiledUpOnALine() {
    assertThat(BoundedText.shown("a\u0301\u0301\u0301\u0301b\u0301", 100))
        .isEqualTo("a\u0301\u0301\\u0301\\u0301b\u0301");
  }

  @Test
  void whatIsShownAndWhatIsLeftOutIsAllThereIsWhereverItIsCut() {
    ToolArguments arguments =
        ToolArguments.ofJson("{\"a\": \"😀x😀\\u202e\", \"b\": [1, 22, 333]}");
    String whole = ShownArguments.of(arguments, 1_000).text();

    for (int bound = 0; bound <= whole.length(); bound++) {
      BoundedText cut = ShownArguments.of(arguments, bound);
      assertThat(whole).startsWith(cut.text());
      assertThat(cut.text().length() + cut.leftOut()).isEqualTo(whole.length());
      assertThat(cut.text().length()).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void whateverTheTextNothingInvisibleIsShown() {
    long seed = Long.getLong("governor.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n >= 0; n--) {
        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x3000 : 0x110000));
      }
      assertThat(BoundedText.shown(text.toString(), 10_000).codePoints())
          .as("seed %d", seed)
          .noneMatch(
              c ->
                  switch (Character.getType(c)) {
                    case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED ->
                        true;
                    default -> false;
                  });
    }
  }

  /** A million tiny values as deep as they may lie take no more room than the bound. */
  @Test
  void indentationDoesNotGrowWithoutBound() {
    String json = "{\"a\":" + "[".repeat(126) + "1,".repeat(400_000) + "1" + "]".repeat(126) + "}";

    BoundedText shown = ShownArguments.of(ToolArguments.ofJson(json), 1_000);

    assertThat(shown.text()).hasSize(1_000);
    assertThat(shown.leftOut()).isBetween(5_000_000L, 10_000_000L);
  }
}
