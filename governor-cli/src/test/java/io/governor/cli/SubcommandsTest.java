package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubcommandsTest {

  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  static List<String> names() {
    return Subcommands.meant(new String[0]);
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsCalledWhatItIsFoundBy(String name) {
    Invocation invocation =
        new Invocation(
            new Terminal(InputStream.nullInputStream(), NOWHERE, NOWHERE, Map.of()),
            Path.of("nowhere"),
            Map.of(),
            InstantSource.system());

    assertThat(Subcommands.of(name, invocation).getCommandName()).isEqualTo(name);
  }

  @Test
  void onlyThatWhichIsNamedFirstIsMeant() {
    assertThat(Subcommands.meant(new String[] {"sync", "status"})).containsExactly("sync");
  }

  @Test
  void allAreMeantWhereNoneIsNamed() {
    assertThat(Subcommands.meant(new String[] {"--help", "sync"})).hasSizeGreaterThan(20);
    assertThat(Subcommands.meant(new String[] {"stats"})).hasSizeGreaterThan(20);
  }
}
