package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuntimeVersionTest {

  @Test
  void is_the_version_of_the_build() {
    assertThat(RuntimeVersion.current()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
  }

  @Test
  void a_build_that_fills_nothing_in_is_a_development_version() {
    assertThat(RuntimeVersion.of("${project.version}\n")).isEqualTo("development");
    assertThat(RuntimeVersion.of("")).isEqualTo("development");
    assertThat(RuntimeVersion.of("1.2.3\r\n")).isEqualTo("1.2.3");
  }
}
