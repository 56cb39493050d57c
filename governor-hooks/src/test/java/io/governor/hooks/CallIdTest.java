package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toolu_01A09q90qw90lq917835lq9",
        "call_abc",
        "9b2f6c1e-1111-4222-8333-444455556666",
        "fc_1|call_2",
        "functions.exec_command:0"
      })
  void anAgentsIdIsKept(String id) {
    assertThat(CallId.of(id)).isEqualTo(id);
  }

  @Test
  void anEmptyIdIsNone() {
    assertThat(CallId.of("")).isNull();
    assertThat(CallId.of(null)).isNull();
  }

  @Test
  void whatLooksLikeNoIdBecomesOneOfOursAndStaysDifferent() {
    String words = "the password is Tr0ub4dor";
    String lines = "a\nb";
    String loong = "x".repeat(100_000);

    for (String id : new String[] {words, lines, loong, "\u0000", "../..\\", "\ud800"}) {
      assertThat(CallId.of(id)).matches("id~[0-9a-f]{32}").isEqualTo(CallId.of(id));
    }
    assertThat(CallId.of(loong)).isNotEqualTo(CallId.of(loong + "x"));
  }
}
