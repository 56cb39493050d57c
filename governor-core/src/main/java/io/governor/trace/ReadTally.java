package io.governor.trace;

import java.util.ArrayList;
import java.util.List;

/** Adds up a {@link ReadReport}, source by source. Confined to one thread. */
final class ReadTally implements TraceFiles.Troubles {

  private final List<ReadProblem> problems = new ArrayList<>();
  private long events;
  private long malformed;
  private long torn;
  private long unreadable;
  private String source = "";
  private long malformedHere;

  void beginSource(String name) {
    source = name;
    malformedHere = 0;
  }

  void endSource() {
    malformed += malformedHere;
    long more = malformedHere - ReadReport.NAMED_PER_SOURCE;
    if (more > 0) {
      String lines = more == 1 ? " more malformed line, " : " more malformed lines, ";
      problems.add(new ReadProblem(source, 0, more + lines + malformedHere + " in all"));
    }
  }

  void event() {
    events++;
  }

  void malformed(long line, String reason) {
    if (++malformedHere <= ReadReport.NAMED_PER_SOURCE) {
      problems.add(new ReadProblem(source, line, reason));
    }
  }

  void torn(long line) {
    torn++;
    problems.add(new ReadProblem(source, line, "torn last line"));
  }

  @Override
  public void unreadable(String name, String reason) {
    unreadable++;
    problems.add(new ReadProblem(name, 0, reason));
  }

  @Override
  public void note(String name, String reason) {
    problems.add(new ReadProblem(name, 0, reason));
  }

  ReadReport report() {
    return new ReadReport(events, malformed, torn, unreadable, problems);
  }
}
