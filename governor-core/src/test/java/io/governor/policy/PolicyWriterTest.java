package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyWriterTest {

  private static final int POLICIES = 500;

  private static final PolicyLoader LOADER =
      PolicyLoader.standard().detectors(Documents.DETECTORS).withoutCases();

  static List<Documents.Case> documents() {
    return Documents.all().stream().filter(document -> !document.refused()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void what_was_read_is_written_so_that_it_is_read_again(Documents.Case document)
      throws PolicyException {
    Policy policy = LOADER.parse("p", document.document()).policy();

    assertThat(LOADER.parse("p", policy.toYaml()).policy()).isEqualTo(policy);
    assertThat(LOADER.parse("p", policy.toJson()).policy()).isEqualTo(policy);
  }

  @Test
  void every_policy_is_read_as_it_was_written() throws PolicyException, JsonProblem {
    RandomDocuments random = new RandomDocuments(seeded());
    int compared = 0;
    for (int i = 0; i < POLICIES; i++) {
      Policy policy = random.policy();
      if (!contradictsItself(policy)) {
        compared++;
        assertThat(LOADER.parse("p", policy.toYaml()).policy()).isEqualTo(policy);
        assertThat(LOADER.parse("p", policy.toJson()).policy()).isEqualTo(policy);
        assertThat(StrictJson.parse(policy.toJson(), StrictJson.Limits.POLICY)).isNotNull();
      }
    }
    assertThat(compared).isGreaterThan(POLICIES / 2);
  }

  /**
   * Random comparisons may rule each other out, which a loader refuses; everything else is fine.
   */
  private static boolean contradictsItself(Policy policy) {
    try {
      LOADER.parse("p", policy.toJson());
      return false;
    } catch (PolicyException e) {
      assertThat(e.getMessage().lines())
          .allSatisfy(line -> assertThat(line).contains("this rule never matches"));
      return true;
    }
  }

  @Test
  void a_policy_for_people_reads_well() throws PolicyException {
    Policy policy = LOADER.parse("p", Documents.text("acme-support.yaml")).policy();

    assertThat(policy.toYaml()).isEqualTo(Documents.text("acme-support-written.yaml"));
  }

  @Test
  void the_hash_depends_on_what_is_said_not_on_how() throws PolicyException {
    Policy policy = LOADER.parse("p", Documents.text("acme-support.yaml")).policy();
    List<PolicyRule> turned = new ArrayList<>(policy.rules());
    Collections.reverse(turned);

    assertThat(policy.hash()).matches("[0-9a-f]{64}").isSameAs(policy.hash());
    assertThat(LOADER.parse("p", policy.toJson()).policy().hash()).isEqualTo(policy.hash());
    assertThat(with(policy, turned).hash()).isEqualTo(policy.hash());
    assertThat(with(policy, turned.subList(1, turned.size())).hash()).isNotEqualTo(policy.hash());
  }

  @Test
  void every_part_of_a_policy_is_part_of_its_hash() throws PolicyException {
    String text = Documents.text("acme-support.yaml");
    String hash = LOADER.parse("p", text).policy().hash();

    for (String[] change :
        new String[][] {
          {"revision: 7", "revision: 8"},
          {"mode: observe", "mode: warn"},
          {"effect: deny}, GOV", "effect: ask}, GOV"},
          {"target: crm", "target: crm2"},
          {"require_trace: false", "require_trace: true"},
          {"mail.send\"]", "mail.sent\"]"},
          {"matches: '@acme", "matches: '#acme"},
          {"effect: redact", "effect: ask"},
          {"per: session", "per: agent"},
          {"on_error: allow", "on_error: deny"},
          {"from: \"08:00\"", "from: \"08:01\""},
          {"burst: 20", "burst: 21"},
          {"to: x@", "to: z@"},
        }) {
      assertThat(text).contains(change[0]);
      assertThat(LOADER.parse("p", text.replace(change[0], change[1])).policy().hash())
          .as(change[0])
          .isNotEqualTo(hash);
    }
  }

  private static Policy with(Policy policy, List<PolicyRule> rules) {
    return new Policy(
        policy.id(),
        policy.revision(),
        policy.mode(),
        policy.standard(),
        policy.tools(),
        policy.requireTrace(),
        policy.agents(),
        rules,
        policy.risk(),
        policy.cases());
  }

  private static SplittableRandom seeded() {
    String given = System.getProperty("governor.seed", "");
    long seed = given.isBlank() ? new SplittableRandom().nextLong() : Long.parseLong(given.strip());
    System.err.println("governor.seed=" + seed);
    return new SplittableRandom(seed);
  }
}
