package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class IoReasonTest {

  @Test
  void errorsAreToldInPlainWords() {
    assertThat(IoReason.of(new NoSuchFileException("f"))).isEqualTo("no such file or directory");
    assertThat(IoReason.of(new AccessDeniedException("f"))).isEqualTo("permission denied");
    assertThat(IoReason.of(new FileSystemException("f", null, "Is a directory")))
        .isEqualTo("Is a directory");
    assertThat(IoReason.of(new IOException("disk fell off"))).isEqualTo("disk fell off");
    assertThat(IoReason.of(new FileSystemException("f"))).isEqualTo("cannot be read");
    assertThat(IoReason.of(new IOException())).isEqualTo("cannot be read");
  }
}
