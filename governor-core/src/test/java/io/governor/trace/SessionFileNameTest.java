package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFileNameTest {

  @ParameterizedTest
  @CsvSource({
    "ABC, abc~0fd3038f8a66ebe5",
    "../../etc/passwd, ------etc-passwd~8c8931e4aa24c38a",
    "con, con~93f41b1bd7140b57",
    "'', s~12ae32cb1ec02d01",
    "8d3f0e1c-0000-4000-8000-000000000001, 8d3f0e1c-0000-4000-8000-000000000001",
    "con2, con2",
  })
  void harmlessIdsAreKeptAndOthersMadeHarmless(String id, String name) {
    assertThat(SessionFileName.of(id)).isEqualTo(name);
  }

  @Test
  void differentIdsStayDifferentInOneFolderWhateverTheyHold() {
    List<String> hostile =
        List.of(
            "..",
            ".",
            "/",
            "\\",
            "a/b",
            "a\\b",
            "a\0b",
            "a b",
            "a\nb",
            "nul",
            "NUL",
            "com1",
            "lpt9",
            "com0",
            "Com1",
            "session",
            "Session",
            "SESSION",
            "-rf",
            "~",
            "x".repeat(10_000),
            "x".repeat(10_001),
            "x".repeat(65),
            "é",
            "e\u0301",
            "\ud800",
            "\ud83d\ude00",
            "a:b",
            "a~0fd3038f8a66ebe5",
            "a.jsonl",
            "CON.txt",
            "a\u202eb");
    Set<String> names = new HashSet<>();
    for (String id : hostile) {
      String name = SessionFileName.of(id);
      assertThat(name).matches("[a-z0-9][a-z0-9-]*|[a-z0-9-]+~[0-9a-f]{16}");
      assertThat(name.length()).isLessThanOrEqualTo(64);
      names.add(name.toLowerCase(Locale.ROOT));
    }
    assertThat(names).hasSize(hostile.size());
  }
}
