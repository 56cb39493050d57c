package io.governor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemRandomTest {

  @TempDir private Path folder;

  @Test
  void bytesAreOfTheLengthAskedForAndDiffer() {
    assertThat(SystemRandom.bytes(16)).hasSize(16).isNotEqualTo(SystemRandom.bytes(16));
  }

  @Test
  void withoutTheSystemsFileJavasSourceIsAsked() {
    Path absent = folder.resolve("absent");

    assertThat(SystemRandom.bytes(absent, 16)).hasSize(16).isNotEqualTo(new byte[16]);
  }

  @Test
  void aFileThatEndsTooSoonCountsForNothing() throws IOException {
    Path tooShort = Files.write(folder.resolve("short"), new byte[3]);

    assertThat(SystemRandom.bytes(tooShort, 16)).hasSize(16).isNotEqualTo(new byte[16]);
  }
}
