package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheirCells() {
    Table table = Table.of("RULE", ">FIRED", "~WHAT").row("POL-001", 3, "one").row("X", 12, "two");

    assertThat(table.lines(Table.WIDTH))
        .containsExactly("RULE     FIRED  WHAT", "POL-001      3  one", "X           12  two");
  }

  @Test
  void whatDoesNotFitEndsWithTheMarker() {
    Table table = Table.of("ID", "~TEXT").row("a", "x".repeat(100));

    assertThat(table.lines(Table.WIDTH).get(1)).isEqualTo("a   " + "x".repeat(75) + "…");
  }

  @Test
  void wideCharactersCountTwice() {
    Table table = Table.of("~A", "B").row("会議", "x").row("ab", "y");

    assertThat(table.lines(Table.WIDTH)).containsExactly("A     B", "会議  x", "ab    y");
  }

  @Test
  void controlCharactersAreShownAndNeverSent() {
    Table table = Table.of("~A").row("\u001b[2J\r\n\u202e\u0007");

    assertThat(table.lines(Table.WIDTH).get(1)).isEqualTo("\\u001b[2J\\u000d\\u000a\\u202e\\u0007");
  }

  @Test
  void noLineIsWiderThanATerminalWhateverTheCells() {
    long seed = Long.getLong("governor.seed", 4711);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      Table table = Table.of("~ONE", ">TWO", "~THREE");
      for (int row = 0; row < 5; row++) {
        table.row(text(random), random.nextInt(100_000), text(random));
      }

      List<String> lines = table.lines(Table.WIDTH);

      assertThat(lines)
          .as("seed %d, round %d", seed, round)
          .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(Table.WIDTH));
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(120);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
    }
    return text.toString();
  }
}
