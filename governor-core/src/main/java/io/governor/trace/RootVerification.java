package io.governor.trace;

import io.governor.crypt.KeyFile;
import io.governor.trace.ChainReport.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies traces of one state root. What is known of them is looked up before the files, so that a
 * file that grows meanwhile has all its heads; and what looks bad is looked at again where heads
 * were recorded meanwhile, which may explain it. Not safe for use by several threads.
 */
final class RootVerification {

  private static final int MOST_ROUNDS = 5;

  private final Path root;
  private final Path logFile;
  private final ExportedHeads export;
  private final Patience patience;
  private final VerifyTally tally;

  /** What was known at first. */
  private final KnownTraces first;

  RootVerification(Path root, ExportedHeads export, Patience patience, VerifyTally tally) {
    this.root = root;
    this.logFile = root.resolve(HeadLog.NAME);
    this.export = export;
    this.patience = patience;
    this.tally = tally;
    this.first = known();
  }

  /** A log that cannot be read is a finding, and the traces are verified without it. */
  private KnownTraces known() {
    try {
      return new KnownTraces(root, RecordedHeads.below(root, patience), export);
    } catch (IOException e) {
      tally.unreadable(logFile.toString(), IoReason.of(e));
      return new KnownTraces(root, RecordedHeads.none(root), export);
    }
  }

  /** Verifies a file of the root, or everything below a folder of it. */
  void verify(Path scope) throws IOException {
    KnownTraces known = first;
    Set<Path> suspects = suspects(scope, known);
    Set<Path> gone = gone(scope, known);
    KnownTraces now = known();
    for (int round = 1; isNewer(now, known) && round < MOST_ROUNDS; round++) {
      KnownTraces newer = now;
      suspects.removeIf(file -> isSettled(file, newer));
      gone.removeIf(file -> !newer.isMissing(file));
      known = newer;
      now = known();
    }
    for (Path file : suspects) {
      tell(file, known);
    }
    for (Path file : gone) {
      tellGone(file, known);
    }
    now.log().findings().forEach(tally::add);
    compareWithExport(now);
  }

  private static boolean isNewer(KnownTraces now, KnownTraces before) {
    return now.log().bytes() != before.log().bytes();
  }

  /** The files that look bad; what was found in the others is told. */
  private Set<Path> suspects(Path scope, KnownTraces known) throws IOException {
    List<Path> files =
        Files.isDirectory(scope) ? TraceFiles.below(scope, tally) : existing(scope, known);
    Set<Path> suspects = new LinkedHashSet<>();
    for (Path file : files) {
      if (tally.isNew(file) && !isSettled(file, known)) {
        suspects.add(file);
      }
    }
    return suspects;
  }

  private List<Path> existing(Path file, KnownTraces known) throws NoSuchFileException {
    if (!Files.notExists(file)) {
      return List.of(file);
    }
    // Of a state root that is gone, an export knows what was there.
    if (!file.equals(root) && !known.isMissing(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return List.of();
  }

  /** Verifies a file and tells what was found, unless it looks bad; false then. */
  private boolean isSettled(Path file, KnownTraces known) {
    ChainReport report = report(file, known);
    boolean bad =
        report != null && (report.status() == Status.TAMPERED || report.status() == Status.MISSING);
    if (!bad) {
      tell(file, report, known);
    }
    return !bad;
  }

  private void tell(Path file, KnownTraces known) {
    tell(file, report(file, known), known);
  }

  private void tell(Path file, @Nullable ChainReport report, KnownTraces known) {
    if (report != null) {
      tally.add(known.name(file), report, TraceFindings.of(file, report, isOurs(file)));
    }
  }

  /** Where Governor alone writes, something else is no accident. */
  private boolean isOurs(Path file) {
    return file.startsWith(TraceDirectory.traces(root)) && !first.log().traces().isEmpty();
  }

  /** Verifies a file; null, and told, when it cannot be read. */
  private @Nullable ChainReport report(Path file, KnownTraces known) {
    try {
      return ChainVerifier.verify(file, KeyFile.near(file), known.of(file), patience);
    } catch (IOException e) {
      // One that was removed since it was listed is missed by whoever knows of it, or by nobody.
      if (!Files.notExists(file)) {
        tally.unreadable(file.toString(), cause(e));
      }
      return null;
    }
  }

  private static String cause(IOException e) {
    return e.getCause() instanceof IOException cause ? IoReason.of(cause) : IoReason.of(e);
  }

  /** The traces in scope that somebody misses. */
  private Set<Path> gone(Path scope, KnownTraces known) throws IOException {
    Set<Path> gone = known.below(scope, tally);
    gone.removeIf(trace -> !known.isMissing(trace));
    return gone;
  }

  private void tellGone(Path trace, KnownTraces known) {
    KnownHeads.Known furthest = known.of(trace).furthest();
    if (furthest != null) {
      tally.add(TraceFindings.gone(trace, furthest));
    }
  }

  private void compareWithExport(KnownTraces now) throws IOException {
    tally.pruned(export.prunedSince(now.log()));
    VerifyFinding log = export.compare(logFile);
    if (log != null) {
      tally.add(log);
    }
  }

  /** {@code heads.log} as it was when it was read first. */
  RecordedHeads log() {
    return first.log();
  }
}
