package io.governor.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeMarkTest {

  @ParameterizedTest
  @CsvSource({
    // target, depth, directory, file type
    "filesystem, 2, filesystem,",
    "src/main/java/A.java, 2, src/main, java",
    "src/main/java/A.java, 1, src, java",
    "src/main/java/A.java, 9, src/main/java/A/java, java",
    "/src//main/, 2, src/main,",
    "a.b.c, 2, a/b, c",
    "a.b/c, 2, a/b,",
    "a/.env, 2, a/env, env",
    "a/b., 2, a/b,",
    "shell, 1, shell,",
    "shell/filesystem, 2, shell,",
    "shell/a.sh, 2, shell,",
    "shellfish/a.sh, 2, shellfish/a, sh",
    "'', 2,,",
    "./, 2,,"
  })
  void a_target_has_a_directory_and_a_file_type(
      String target, int depth, String directory, String fileType) {
    ScopeMark mark = new ScopeMark(target, Operation.READ);

    assertThat(mark.directory(depth).orElse(null)).isEqualTo(directory);
    assertThat(mark.fileType().orElse(null)).isEqualTo(fileType);
  }
}
