package io.governor.sync.count;

import io.governor.sync.CountReport;
import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Adds up a run, unit by unit in the order of the sources, so that it comes to the same on any
 * number of threads: of copies that differ the first counts, and problems come in order. Confined
 * to one thread at a time.
 */
final class RunTally {

  /** More problems are counted, but not named: a hundred thousand files may have twenty each. */
  private static final int MOST_PROBLEMS = 10_000;

  private final ViolationTally violations;
  private final long[] consumed;
  private final long[] taken;
  private final TimeSpan span = new TimeSpan();
  private final List<String> problems = new ArrayList<>();

  private long unnamed;
  private long events;
  private long malformed;
  private long torn;
  private long unreadable;
  private long withoutTime;
  private long outsideWindow;

  /** The input whose pieces are being added, and what they came to so far. */
  private int here = -1;

  private long linesHere;
  private long malformedHere;
  private boolean failedHere;

  RunTally(ViolationTally violations, Inputs inputs) {
    this.violations = violations;
    this.consumed = inputs.list().stream().mapToLong(Input::from).toArray();
    this.taken = new long[consumed.length];
    this.unreadable = inputs.unreadable();
    this.events = inputs.passed().events();
    this.withoutTime = inputs.passed().withoutTime();
    this.outsideWindow = inputs.passed().outsideWindow();
    inputs.problems().forEach(this::tell);
  }

  /** Adds everything a unit holds, and empties it. */
  void add(Unit unit) throws IOException {
    addWhole(unit);
    unit.found.clear();
  }

  /** The same while one of its pieces is still being read. */
  void addSoFar(Unit unit, Piece reading) throws IOException {
    int from = addWhole(unit);
    found(unit.found, from, unit.found.end(), reading);
    unit.found.clear();
  }

  private int addWhole(Unit unit) throws IOException {
    int from = 0;
    for (PieceTally tally : unit.tallies) {
      found(unit.found, from, tally.foundEnd, tally.piece);
      if (!failedHere) {
        piece(tally);
      }
      from = tally.foundEnd;
    }
    unit.tallies.clear();
    return from;
  }

  private void found(FoundEvents found, int from, int to, Piece piece) throws IOException {
    if (piece.index() != here) {
      here = piece.index();
      linesHere = 0;
      malformedHere = 0;
      failedHere = false;
    }
    // Behind a gap nothing counts, or a later run could not begin where this one ended.
    if (!failedHere) {
      violations.add(found, from, to, piece.input());
    }
  }

  private void piece(PieceTally tally) {
    events += tally.events;
    torn += tally.torn;
    withoutTime += tally.withoutTime;
    outsideWindow += tally.outsideWindow;
    taken[here] += tally.taken();
    span.include(tally.span);
    if (tally.consumed >= 0) {
      consumed[here] = tally.consumed;
    }
    problems(tally);
    linesHere += tally.lines;
    failedHere = !tally.failure.isEmpty();
    if (failedHere) {
      consumed[here] = SliceCount.UNREAD;
    }
    if (failedHere || tally.piece.isLast()) {
      endOfInput(tally);
    }
  }

  private void problems(PieceTally tally) {
    long named = malformedHere;
    for (ReadProblem problem : tally.problems) {
      // A torn line is told however many others there were.
      if (problem.reason().equals(PieceTally.TORN) || named++ < ReadReport.NAMED_PER_SOURCE) {
        tell(inFile(problem));
      }
    }
    malformed += tally.malformed;
    malformedHere += tally.malformed;
  }

  private ReadProblem inFile(ReadProblem problem) {
    return problem.line() == 0
        ? problem
        : new ReadProblem(problem.source(), linesHere + problem.line(), problem.reason());
  }

  private void endOfInput(PieceTally tally) {
    String name = tally.piece.input().name();
    long more = malformedHere - ReadReport.NAMED_PER_SOURCE;
    if (more > 0) {
      String lines = more == 1 ? " more malformed line, " : " more malformed lines, ";
      tell(
          new ReadProblem(tally.piece.input().part(), 0, more + lines + malformedHere + " in all"));
    }
    if (failedHere) {
      unreadable++;
      tell(new ReadProblem(name, 0, tally.failure));
    }
  }

  private void tell(ReadProblem problem) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem.toString());
    } else {
      unnamed++;
    }
  }

  CountReport report() {
    List<String> told = new ArrayList<>(problems);
    if (unnamed > 0) {
      told.add(unnamed + " more problems in other places");
    }
    return new CountReport(
        violations.counts(),
        violations.unpublished(),
        events,
        violations.duplicates(),
        violations.unidentified(),
        malformed,
        torn,
        unreadable,
        withoutTime,
        outsideWindow,
        span.earliest(),
        span.latest(),
        told);
  }

  List<Long> consumed() {
    return LongStream.of(consumed).boxed().toList();
  }

  /** How many events of each input lay in the time that was asked for. */
  List<Long> eventsByInput() {
    return LongStream.of(taken).boxed().toList();
  }
}
