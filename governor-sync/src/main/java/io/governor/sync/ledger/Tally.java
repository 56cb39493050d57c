package io.governor.sync.ledger;

import io.governor.sync.CountProgress;
import io.governor.sync.CountReport;
import io.governor.sync.CountedRange;
import io.governor.sync.DeclaredLoss;
import io.governor.sync.RuleCounts;
import io.governor.sync.SyncException;
import io.governor.sync.count.SliceCount;
import io.governor.sync.count.SliceCounter;
import io.governor.sync.count.TraceSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run counted, and how far every file is dealt with once that is sent. Immutable.
 *
 * @param report what was counted
 * @param after how far every file is dealt with; null when nothing changes
 * @param ranges what was read
 * @param losses what was not counted because nobody can tell whether it was before
 */
record Tally(
    CountReport report,
    @Nullable Positions after,
    List<CountedRange> ranges,
    List<DeclaredLoss> losses) {

  private static final int MOST_TRIES = 8;

  /**
   * Counts what is left to be counted. Files that are no longer what they were when they were
   * looked at, once they are counted, or could not be read to their ends, spoil the whole count,
   * and it begins anew without them.
   */
  static Tally of(
      Positions before,
      List<Path> sources,
      Asked asked,
      RuleCounts zero,
      CountProgress progress,
      long today)
      throws SyncException {
    Set<Path> shunned = new HashSet<>();
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      Survey survey = Survey.of(before, TraceListing.of(sources), asked, shunned);
      Tally tally = count(before, survey, zero, progress, today, shunned);
      if (tally != null) {
        return tally;
      }
    }
    throw SyncException.input(
        "the traces change faster than they can be read; nothing was sent, try again later");
  }

  private static @Nullable Tally count(
      Positions before,
      Survey survey,
      RuleCounts zero,
      CountProgress progress,
      long today,
      Set<Path> shunned)
      throws SyncException {
    List<TraceSlice> slices = new ArrayList<>();
    survey.work().forEach(file -> slices.addAll(file.slices()));
    SliceCount count = count(slices, zero, progress);
    Reckoning reckoning = new Reckoning(before, count);
    survey.work().forEach(reckoning::add);
    shunned.addAll(reckoning.changed());
    return reckoning.changed().isEmpty()
        ? new Tally(
            with(count.report(), survey),
            survey.foundNothingNew() ? null : reckoning.after(survey.untouched(), today),
            reckoning.ranges(),
            reckoning.losses())
        : null;
  }

  private static SliceCount count(List<TraceSlice> slices, RuleCounts zero, CountProgress progress)
      throws SyncException {
    if (slices.isEmpty()) {
      // Most runs find little, many nothing; then the engine is not even loaded.
      return new SliceCount(CountReport.ofNothing(zero), List.of(), List.of());
    }
    try {
      return new SliceCounter(zero).reportingTo(progress).count(slices);
    } catch (IOException e) {
      throw SyncException.localFiles("cannot count: " + e.getMessage() + "; nothing was sent", e);
    }
  }

  private static CountReport with(CountReport report, Survey survey) {
    if (survey.problems().isEmpty()) {
      return report;
    }
    List<String> all = new ArrayList<>();
    survey.problems().forEach(problem -> all.add(problem.toString()));
    all.addAll(report.problems());
    return new CountReport(
        report.counts(),
        report.unpublished(),
        report.events(),
        report.duplicates(),
        report.unidentified(),
        report.malformed(),
        report.torn(),
        report.unreadable() + survey.unreadable(),
        report.withoutTime(),
        report.outsideWindow(),
        report.earliest(),
        report.latest(),
        all);
  }
}
