package io.governor.trace;

import io.governor.trace.ChainReport.Break;
import io.governor.trace.ChainReport.Missing;
import io.governor.trace.ChainReport.Status;
import io.governor.trace.KnownHeads.Known;
import io.governor.trace.VerifyFinding.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts into words what is wrong with a trace. Stateless. */
final class TraceFindings {

  private TraceFindings() {}

  /**
   * The findings about a file that is there.
   *
   * @param ours whether only Governor writes where it lies
   */
  static List<VerifyFinding> of(Path file, ChainReport report, boolean ours) {
    String name = file.toString();
    List<VerifyFinding> findings = new ArrayList<>();
    Break broken = report.firstBreak();
    Missing missing = report.missing();
    if (broken != null) {
      findings.add(tampered(name, broken));
    } else if (missing != null) {
      findings.add(VerifyFinding.of(Kind.MISSING, name, words(missing)));
    }
    if (isNoTrace(report)) {
      Kind kind = ours ? Kind.TAMPERED : Kind.NO_TRACE;
      findings.add(VerifyFinding.of(kind, name, "no line of it is an event"));
    } else if (isDamaged(report)) {
      findings.add(VerifyFinding.of(Kind.DAMAGED, name, damage(report)));
    }
    return findings;
  }

  private static VerifyFinding tampered(String file, Break broken) {
    return new VerifyFinding(
        Kind.TAMPERED, file, broken.line(), broken.reason(), broken.expected(), broken.found());
  }

  private static boolean isNoTrace(ChainReport report) {
    return report.status() == Status.NOT_CHAINED
        && report.foreignLines() > 0
        && report.unchainedLines() == 0;
  }

  private static boolean isDamaged(ChainReport report) {
    return report.status() == Status.DAMAGED
        || (report.status() == Status.MISSING && report.damagedLines() > 0);
  }

  private static String words(Missing missing) {
    String lines =
        missing.from() == missing.to()
            ? "line " + missing.from() + " of the chain is gone"
            : "lines " + missing.from() + " to " + missing.to() + " of the chain are gone";
    long more = missing.lines() - (missing.to() - missing.from() + 1);
    return lines + (more > 0 ? " and " + more + " more" : "") + tells(missing.knownFrom());
  }

  private static String tells(Object who) {
    return ", as " + who + " tells";
  }

  private static String damage(ChainReport report) {
    return switch ((int) Math.min(2, report.damagedLines())) {
      case 0 -> "the last line has no line end";
      case 1 -> "a crash cut a line off";
      default -> "crashes cut " + report.damagedLines() + " lines off";
    };
  }

  /** The finding about a file that is not there. */
  static VerifyFinding gone(Path file, Known furthest) {
    long lines = furthest.head().lines();
    String with = ", with " + lines + (lines == 1 ? " line" : " lines");
    String reason = "the file is gone" + with + tells(furthest.place());
    return VerifyFinding.of(Kind.DELETED, file.toString(), reason);
  }
}
