package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownCommandsTest {

  private static final Arguments NOTHING = new Arguments(List.of(), false);

  static Stream<EffectTable> tablesOfCommandsThatAlwaysDoTheSame() {
    return Stream.of(FilesystemCommands.FIXED, NetworkCommands.FIXED);
  }

  private static Outcome ofNothing(String command) {
    return Objects.requireNonNull(KnownCommands.find(command)).outcome(NOTHING);
  }

  @ParameterizedTest
  @MethodSource("tablesOfCommandsThatAlwaysDoTheSame")
  void aCommandOfATableDoesWhatTheTableSays(EffectTable table) {
    assertThat(table.settled())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(ofNothing(name).effects()).isEqualTo(table.effects(name)));
  }

  @Test
  void noCommandStandsInTwoTables() {
    Set<String> inBoth = new HashSet<>(FilesystemCommands.FIXED.settled());
    inBoth.retainAll(NetworkCommands.FIXED.settled());

    assertThat(inBoth).isEmpty();
  }

  @Test
  void everyPackageToolOfTheTableIsKnown() {
    assertThat(PackageCommands.BY_TOOL.keySet())
        .isNotEmpty()
        .allSatisfy(tool -> assertThat(ofNothing(tool)).isEqualTo(Outcome.UNKNOWN));
  }

  @Test
  void anythingElseIsNotKnown() {
    assertThat(KnownCommands.find("frobnicate")).isNull();
  }
}
