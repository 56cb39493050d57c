package io.governor.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentGlobTest {

  @ParameterizedTest
  @CsvSource({
    "support-1, support-1, true",
    "support-1, support-12, false",
    "support-1, xsupport-1, false",
    "Support-*, support-1, false",
    "support-*, support-1, true",
    "support-*, support-, true",
    "*, '', true",
    "*, anything/at all, true",
    "'', '', true",
    "'', a, false",
    "a*b*c, aXXbYYc, true",
    "a*b*c, abcbc, true",
    "a*b*c, acb, false",
    "**a, bba, true",
    "a?c, abc, true",
    "a?c, ac, false",
    "?, 😀, true",
    "a[bc]d, acd, true",
    "a[bc]d, aed, false",
    "a[!bc]d, aed, true",
    "a[!bc]d, abd, false",
    "a[0-9]z, a5z, true",
    "a[0-9]z, a-z, false",
    "a[9-0]z, a5z, false",
    "a[x-]z, a-z, true",
    "a[]]z, a]z, true",
    "a[!]]z, a]z, false",
    "a[!]]z, axz, true",
    "a[^b]z, a^z, true",
    "a[^b]z, acz, false",
    "a[b, a[b, true",
    "a[!, a[!, true",
    "a[], a[], true",
    "a.c, abc, false",
    "a\\*, a\\b, true",
    "*[ab], xxxb, true"
  })
  void a_glob_matches_the_whole_id(String glob, String agentId, boolean matches) {
    assertThat(new AgentGlob(glob).matches(agentId)).isEqualTo(matches);
  }

  @Test
  void many_stars_take_no_longer_than_both_lengths_multiplied() {
    AgentGlob glob = new AgentGlob("*a".repeat(2000) + "*b");

    assertThat(glob.matches("a".repeat(10_000))).isFalse();
  }
}
