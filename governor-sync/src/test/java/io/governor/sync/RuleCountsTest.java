package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.RuleId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleCountsTest {

  private static final RuleId POL_001 = RuleId.of("POL-001");
  private static final RuleId ACME_101 = RuleId.of("ACME-101");

  @Test
  void zero_has_the_standard_rules_and_those_that_are_published() {
    RuleCounts zero = RuleCounts.zero(List.of(ACME_101, POL_001));

    assertThat(zero.byRule().toString())
        .isEqualTo("{ACME-101=0, POL-001=0, POL-002=0, POL-003=0, POL-004=0, POL-005=0}");
  }

  @Test
  void adding_keeps_the_rules_of_both_sides() {
    RuleCounts sum = counts(Map.of(POL_001, 2L)).plus(counts(Map.of(POL_001, 3L, ACME_101, 1L)));

    assertThat(sum).isEqualTo(counts(Map.of(POL_001, 5L, ACME_101, 1L)));
    assertThat(sum.of(POL_001)).isEqualTo(5);
    assertThat(sum.of(RuleId.of("POL-005"))).isZero();
  }

  @Test
  void adding_is_associative_and_commutative_and_none_is_its_zero() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 2_000; i++) {
      RuleCounts a = random(random);
      RuleCounts b = random(random);
      RuleCounts c = random(random);

      assertThat(a.plus(b)).isEqualTo(b.plus(a));
      assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
      assertThat(a.plus(RuleCounts.NONE)).isEqualTo(a);
      assertThat(RuleCounts.NONE.plus(a)).isEqualTo(a);
    }
  }

  @Test
  void a_sum_that_does_not_fit_is_refused_by_the_name_of_its_rule() {
    RuleCounts most = counts(Map.of(ACME_101, Long.MAX_VALUE));

    assertThat(most.plus(counts(Map.of(ACME_101, 0L)))).isEqualTo(most);
    assertThatThrownBy(() -> most.plus(counts(Map.of(ACME_101, 1L))))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("the count of ACME-101 is larger than 9223372036854775807");
  }

  @Test
  void a_negative_count_is_refused() {
    assertThatThrownBy(() -> counts(Map.of(POL_001, -1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the count of POL-001 is negative");
  }

  @Test
  void neither_the_given_map_nor_the_one_handed_out_changes_it() {
    TreeMap<RuleId, Long> given = new TreeMap<>(Map.of(POL_001, 1L));
    RuleCounts counts = new RuleCounts(given);

    given.put(ACME_101, 9L);

    assertThat(counts.byRule()).containsExactly(Map.entry(POL_001, 1L));
    assertThatThrownBy(() -> counts.byRule().put(POL_001, 2L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void the_order_is_that_of_rule_ids_whatever_order_the_given_map_has() {
    TreeMap<RuleId, Long> backwards = new TreeMap<>(Comparator.reverseOrder());
    backwards.putAll(Map.of(POL_001, 1L, ACME_101, 2L));

    assertThat(new RuleCounts(backwards).byRule().keySet()).containsExactly(ACME_101, POL_001);
  }

  private static RuleCounts counts(Map<RuleId, Long> counts) {
    return new RuleCounts(new TreeMap<>(counts));
  }

  private static RuleCounts random(SplittableRandom random) {
    TreeMap<RuleId, Long> counts = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      counts.put(RuleId.of("POL-00" + random.nextInt(1, 6)), random.nextLong(Long.MAX_VALUE / 4));
    }
    return new RuleCounts(counts);
  }
}
