package io.governor.sync.count;

import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import java.util.ArrayList;
import java.util.List;

/**
 * What reading one piece came to, apart from the events with violations, which stand in {@link
 * FoundEvents}. Lines are counted from the piece's first. Confined to one thread at a time.
 */
final class PieceTally {

  /** What is said of a last line that a write left unfinished. */
  static final String TORN = "torn last line";

  final Piece piece;

  /** Where its events end among the found ones. */
  int foundEnd;

  long lines;
  long events;
  long malformed;
  long torn;
  long withoutTime;
  long outsideWindow;

  /** Behind the last line that was dealt with; negative when there was none. */
  long consumed = -1;

  final TimeSpan span = new TimeSpan();

  /** The first malformed lines and the torn one. */
  final List<ReadProblem> problems = new ArrayList<>(0);

  /** Why it could not be read, or not to its end. */
  String failure = "";

  PieceTally(Piece piece) {
    this.piece = piece;
  }

  /** Everything before the buffer's place is dealt with. */
  void consumed(LineBuffer buffer) {
    consumed = buffer.offset(buffer.at);
  }

  /** How many of its events lay in the time that was asked for. */
  long taken() {
    boolean timeless = piece.input().times().includesTimeless();
    return events - outsideWindow - (timeless ? 0 : withoutTime);
  }

  /**
   * Something is no event.
   *
   * @param line where it begins, counted from the piece's first
   * @param offset where it begins in the text
   */
  void malformed(long line, long offset, String reason) {
    if (++malformed <= ReadReport.NAMED_PER_SOURCE) {
      problems.add(problem(line, offset, reason));
    }
  }

  /** The last line has no end, and is no event. */
  void torn(long line, long offset) {
    torn++;
    problems.add(problem(line, offset, TORN));
  }

  /** Lines have numbers only when the reading begins with the first; else their offset is told. */
  private ReadProblem problem(long line, long offset, String reason) {
    Input input = piece.input();
    return input.from() == 0
        ? new ReadProblem(input.name(), line, reason)
        : new ReadProblem(input.name() + ", byte " + offset, 0, reason);
  }

  /** Adds what a reading of the whole input came to. */
  void add(ReadReport report) {
    malformed += report.malformed();
    torn += report.torn();
    report.problems().stream().filter(problem -> problem.line() > 0).forEach(problems::add);
  }
}
