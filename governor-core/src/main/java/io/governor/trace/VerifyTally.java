package io.governor.trace;

import io.governor.trace.VerifyFinding.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds up a {@link VerifyReport}, file by file. Confined to one thread. */
final class VerifyTally implements TraceFiles.Troubles {

  private static final Comparator<VerifyFinding> GRAVEST_FIRST =
      Comparator.comparing(VerifyFinding::kind)
          .thenComparing(VerifyFinding::file)
          .thenComparingLong(VerifyFinding::line);

  private final Set<Path> seen = new HashSet<>();
  private final Set<VerifyFinding> findings = new LinkedHashSet<>();
  private final List<TraceHead> heads = new ArrayList<>();
  private long files;
  private long lines;
  private long intact;
  private long notChained;
  private long pruned;

  /** Whether the file was not looked at yet. */
  boolean isNew(Path file) {
    return seen.add(file);
  }

  void add(String trace, ChainReport report, List<VerifyFinding> found) {
    files++;
    lines += report.chainedLines() + report.unchainedLines();
    findings.addAll(found);
    if (found.isEmpty() && report.chainEnd() == 0 && report.unchainedLines() > 0) {
      notChained++;
    } else if (found.isEmpty()) {
      intact++;
    }
    String hash = report.head();
    if (report.status() != ChainReport.Status.TAMPERED && hash != null) {
      heads.add(new TraceHead(trace, report.chainEnd(), hash));
    }
  }

  void add(VerifyFinding finding) {
    findings.add(finding);
  }

  void pruned(long more) {
    pruned += more;
  }

  @Override
  public void unreadable(String name, String reason) {
    findings.add(VerifyFinding.of(Kind.UNREADABLE, name, reason));
  }

  @Override
  public void note(String name, String reason) {
    // A loop of links hides no file.
  }

  List<TraceHead> heads() {
    return heads;
  }

  VerifyReport report() {
    List<VerifyFinding> sorted = new ArrayList<>(findings);
    sorted.sort(GRAVEST_FIRST);
    return new VerifyReport(files, lines, intact, notChained, pruned, sorted);
  }
}
