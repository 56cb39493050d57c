package io.governor.trace;

import java.util.List;

/**
 * What a {@link TraceVerifier} found. Immutable.
 *
 * @param files files that were looked at
 * @param lines events in them up to where their chains end or break
 * @param intact files in which every line is as it was written
 * @param notChained files of events without a chain, as foreign ones are
 * @param pruned files of the export that were removed since for their age, as is on record
 * @param findings what is not as it should be, the gravest first; a file may have several
 */
public record VerifyReport(
    long files,
    long lines,
    long intact,
    long notChained,
    long pruned,
    List<VerifyFinding> findings) {

  public VerifyReport {
    findings = List.copyOf(findings);
  }

  /** How many findings are of that kind. */
  public long count(VerifyFinding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }
}
