package io.governor.sync.ledger;

import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.sync.Alignment;
import io.governor.sync.DryRun;
import io.governor.sync.InstallationSecret;
import io.governor.sync.NoiseBudget;
import io.governor.sync.RuleCounts;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import io.governor.sync.ledger.SimulatedServer.Fate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Noise follows from the seed of the installation, the window and the rule. */
class NoiseOfAWindowTest {

  private static final RuleId RULE = Installation.POL_001;
  private static final BigDecimal EPSILON = new BigDecimal("0.1");
  private static final RunOptions NOISY =
      RunOptions.DEFAULT.withNoise(new NoiseBudget(EPSILON, new BigDecimal("100")));
  private static final TimeWindow DAY =
      new TimeWindow(Traces.NOON, Traces.NOON.plusSeconds(86_400));

  @TempDir Path temp;

  private static WindowNoise noise(String seed, TimeWindow window) {
    return WindowNoise.ofAsked(EPSILON, seed, window);
  }

  private static TimeWindow later(long seconds) {
    return new TimeWindow(DAY.start().plusSeconds(seconds), DAY.end().plusSeconds(seconds));
  }

  @Test
  void the_same_window_has_the_same_noise_and_others_have_others() {
    String seed = "0f".repeat(32);
    long here = noise(seed, DAY).on(10_000, RULE);

    assertThat(noise(seed, DAY).on(10_000, RULE)).isEqualTo(here);
    assertThat(noise(seed, DAY).on(10_007, RULE)).isEqualTo(here + 7);
    assertThat(LongStream.range(1, 200).map(i -> noise(seed, later(i)).on(10_000, RULE)))
        .anyMatch(other -> other < 10_000)
        .anyMatch(other -> other > 10_000);
    assertThat(LongStream.range(100, 200).map(i -> rule(seed, i)).distinct().count())
        .isGreaterThan(10);
    assertThat(LongStream.range(100, 200).map(NoiseOfAWindowTest::seeded).distinct().count())
        .isGreaterThan(10);
  }

  private static long rule(String seed, long number) {
    return noise(seed, DAY).on(10_000, RuleId.of("ACME-" + number));
  }

  private static long seeded(long number) {
    return noise(String.format("%064x", number), DAY).on(10_000, RULE);
  }

  /**
   * Noise is as often negative as positive, so that about half of what is added to 0 is cut off.
   */
  @Test
  void a_count_is_never_negative_and_never_turns_around() {
    List<Long> shown = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      shown.add(noise("ab".repeat(32), later(i)).on(0, RULE));
      assertThat(noise("ab".repeat(32), later(i)).on(Long.MAX_VALUE, RULE)).isPositive();
    }

    assertThat(shown).allMatch(count -> count >= 0);
    assertThat(shown.stream().filter(count -> count == 0).count()).isBetween(900L, 1_200L);
  }

  @Test
  void what_a_dry_run_has_shown_is_drawn_by_the_run_that_comes_later() throws SyncException {
    Installation here = new Installation(temp);
    append(here.trace("a.jsonl"), line("1"));
    RuleCounts shown = here.preview(NOISY).payload().countsByRule();
    here.now = here.now.plusSeconds(77);

    here.run(NOISY);

    assertThat(SimulatedServer.counts(here.server.bodies().get(0))).isEqualTo(shown);
    here.now = here.now.plusSeconds(77);
    assertThat(here.preview(NOISY).payload().countsByRule()).isNotEqualTo(shown);
  }

  @Test
  void without_a_registration_counts_are_exact_and_that_is_said() throws SyncException {
    Path trace = append(temp.resolve("t.jsonl"), line("1"));
    Ledger ledger = Ledger.at(temp.resolve("none"), () -> Traces.NOON, "1.2.3");

    DryRun shown = ledger.preview(null, NOISY, List.of(trace));

    assertThat(shown.noiseToCome()).isTrue();
    assertThat(shown.payload().countsByRule().of(RULE)).isEqualTo(1);
    assertThat(ledger.preview(null, RunOptions.DEFAULT, List.of(trace)).noiseToCome()).isFalse();
  }

  @Test
  void a_state_without_a_seed_gets_one_at_its_next_run_and_keeps_its_budget() throws Exception {
    Installation here = new Installation(temp);
    here.run(NOISY);
    Path state = here.root.resolve("sync-state.json");
    String seed = "\"noise_seed\": \"" + "ab".repeat(32) + "\"";
    String old = "\"noise\": {\"seed\": \"" + "cd".repeat(32) + "\", \"day\"";
    Files.writeString(
        state,
        Files.readString(state).replace(seed + ", ", "").replace("\"noise\": {\"day\"", old));
    assertThat(Files.readString(state)).doesNotContain(seed).contains(old);
    assertThat(here.preview(NOISY).noiseToCome()).isTrue();

    RunOptions days = NOISY.alignedTo(Alignment.DAY);
    assertThat(here.run(days).sent()).isEmpty();

    assertThat(Files.readString(state))
        .contains(seed)
        .contains("\"noise\": {\"day\": \"2026-04-15\", \"spent\": \"0.1\"}");
    assertThat(here.preview(NOISY).noiseToCome()).isFalse();
  }

  @Test
  void another_registration_keeps_the_seed_and_none_shows_it() {
    SyncState state = SyncState.of(Installation.ID).withNoiseSeed(() -> "ab".repeat(32));

    SyncState again =
        state
            .withSecret(InstallationSecret.of("sgn_live_0123456789abcdef"), "https://x.example")
            .withNoiseSeed();

    assertThat(again.noiseSeed()).isEqualTo("ab".repeat(32));
    assertThat(again.toString() + Basis.of(again) + noise("ab".repeat(32), DAY))
        .doesNotContain("abab");
    assertThat(SyncState.of(Installation.ID).withNoiseSeed().noiseSeed()).matches("[0-9a-f]{64}");
  }

  @Test
  void what_waits_is_sent_with_the_noise_it_was_made_with() throws SyncException {
    Installation here = new Installation(temp);
    append(here.trace("a.jsonl"), line("1"));
    String foreseen = new String(here.preview(NOISY).body(), StandardCharsets.US_ASCII);
    here.server.fates(Fate.NEVER_ARRIVES::ordinal);
    try {
      here.run(NOISY);
    } catch (SyncException e) {
      here.now = here.now.plus(Duration.ofHours(1));
    }
    here.server.fates(Fate.ACCEPTED::ordinal);
    here.run(NOISY);

    assertThat(here.now).isEqualTo(Instant.parse("2026-04-15T09:00:00Z"));
    assertThat(here.server.bodies().get(0)).isEqualTo(foreseen);
  }
}
