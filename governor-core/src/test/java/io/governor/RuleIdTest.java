package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"POL-001", "A1-123", "ABCDEFGH-123456", "GOV-006", "X9-0000"})
  void wellFormedIdsAreTaken(String id) {
    assertThat(RuleId.of(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "P-001",
        "POL",
        "POL-",
        "POL-01",
        "POL-1234567",
        "pol-001",
        "1POL-001",
        "POL_001",
        "POL-00a",
        "ABCDEFGHI-001",
        "POL-001 ",
        " POL-001",
        "PÖL-001",
        "POL-００１",
        "POL-001\n",
        "P.L-001"
      })
  void everythingElseIsRefusedWithoutBeingQuoted(String id) {
    assertThatThrownBy(() -> RuleId.of(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as ACME-101");
  }
}
