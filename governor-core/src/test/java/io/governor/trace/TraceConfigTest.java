package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceConfigTest {

  private static TraceConfig read(String text) throws ConfigException {
    return TraceConfig.of(ConfigFile.parse("config.yaml", text).section(TraceConfig.SECTION));
  }

  @Test
  void tracesAreKeptForThirtyDaysAndWithoutACap() throws ConfigException {
    assertThat(read(""))
        .isEqualTo(TraceConfig.DEFAULT)
        .isEqualTo(
            new TraceConfig(Duration.ofDays(30), Long.MAX_VALUE, true, Durability.OS, false));
  }

  @Test
  void daysAndMegabytesAreWhatTheFileSays() throws ConfigException {
    assertThat(read("traces: {retention_days: 365, max_mb: 2}"))
        .isEqualTo(new TraceConfig(Duration.ofDays(365), 2L << 20, true, Durability.OS, false));
  }

  @Test
  void whoWantsToRemoveThemHimselfSaysSo() throws ConfigException {
    assertThat(read("traces: {prune: manual}").automatic()).isFalse();
    assertThat(read("traces: {prune: automatic}").automatic()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"os, OS", "group, GROUP", "always, ALWAYS"})
  void whatARecordOutlivesIsSaidInOneWord(String word, Durability durability)
      throws ConfigException {
    assertThat(read("traces: {fsync: " + word + "}").fsync()).isEqualTo(durability);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retention_days: 0 | config.yaml:1:26: traces.retention_days: expected a whole number from"
            + " 1 to 365",
        "retention_days: 366 | config.yaml:1:26: traces.retention_days: expected a whole number"
            + " from 1 to 365",
        "max_mb: 0 | config.yaml:1:18: traces.max_mb: expected a whole number from 1 to 1048576",
        "max_mb: some | config.yaml:1:18: traces.max_mb: expected a whole number from 1 to 1048576",
        "fsync: allways | config.yaml:1:17: traces.fsync: expected os, group or always; did you"
            + " mean always?",
        "fsync: true | config.yaml:1:17: traces.fsync: expected os, group or always",
        "retention_day: 3 | config.yaml:1:10: traces.retention_day: unknown key; did you mean"
            + " retention_days?"
      })
  void anythingElseIsRefusedAtItsPlace(String written, String message) {
    assertThatThrownBy(() -> read("traces: {" + written + "}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
