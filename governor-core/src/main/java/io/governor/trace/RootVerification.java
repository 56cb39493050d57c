package io.governor.trace;

import io.governor.crypt.KeyFile;
import io.governor.trace.ChainReport.Break;
import io.governor.trace.ChainReport.Missing;
import io.governor.trace.ChainReport.Status;
import io.governor.trace.KnownHeads.Place;
import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Verifies traces of one state root. Heads are looked up before the files they speak of, so that a
 * file that grows meanwhile has them all; and what looks bad is looked at again where heads were
 * recorded meanwhile, which may explain it. Not safe for use by several threads.
 */
final class RootVerification {

  private static final String STATE = ".state";
  private static final int MOST_ROUNDS = 5;

  private final Path root;
  private final @Nullable HeadExport export;
  private final Map<String, ChainHead> exported = new HashMap<>();
  private final Patience patience;
  private final VerifyTally tally;
  private @Nullable RecordedHeads heads;

  RootVerification(Path root, @Nullable HeadExport export, Patience patience, VerifyTally tally) {
    this.root = root;
    this.export = export;
    this.patience = patience;
    this.tally = tally;
    if (export != null) {
      for (TraceHead head : export.heads()) {
        exported.put(head.trace(), new ChainHead(head.hash(), head.lines()));
      }
    }
  }

  /** Verifies a file of the root, or everything below a folder of it. */
  void verify(Path scope) throws IOException {
    RecordedHeads before = recorded();
    List<Path> files =
        Files.isDirectory(scope) ? TraceFiles.below(scope, tally) : existing(scope, before);
    Set<Path> suspects = new LinkedHashSet<>();
    for (Path file : files) {
      if (tally.isNew(file) && !settled(file, before, false)) {
        suspects.add(file);
      }
    }
    Set<Path> gone = gone(scope, before);
    RecordedHeads now = recorded();
    for (int round = 1; now.bytes() != before.bytes() && round < MOST_ROUNDS; round++) {
      before = now;
      RecordedHeads fresh = now;
      suspects.removeIf(file -> settled(file, fresh, false));
      gone.removeIf(file -> !isGone(file, fresh));
      now = recorded();
    }
    RecordedHeads last = before;
    suspects.forEach(file -> settled(file, last, true));
    gone.forEach(file -> tellGone(file, last));
    now.findings().forEach(tally::add);
    log(now);
  }

  /** A log that cannot be read is a finding, and the traces are verified without it. */
  private RecordedHeads recorded() {
    RecordedHeads found;
    try {
      found = RecordedHeads.below(root, patience);
    } catch (IOException e) {
      tally.unreadable(root.resolve(HeadLog.NAME).toString(), IoReason.of(e));
      found = RecordedHeads.none(root);
    }
    heads = heads == null ? found : heads;
    return found;
  }

  private List<Path> existing(Path file, RecordedHeads recorded) throws NoSuchFileException {
    if (Files.notExists(file)) {
      if (recorded.of(name(file)).isEmpty() && !exported.containsKey(name(file))) {
        throw new NoSuchFileException(file.toString());
      }
      return List.of();
    }
    return List.of(file);
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /**
   * Verifies one file; false, and nothing told, when it looks bad and that is not the last word.
   */
  private boolean settled(Path file, RecordedHeads recorded, boolean lastWord) {
    KnownHeads known = known(file, recorded);
    try {
      ChainReport report = ChainVerifier.verify(file, KeyFile.near(file), known, patience);
      boolean bad = report.status() == Status.TAMPERED || report.status() == Status.MISSING;
      if (bad && !lastWord) {
        return false;
      }
      tally.add(name(file), report, findings(file, report));
    } catch (IOException e) {
      if (Files.notExists(file)) {
        // Removed since it was listed: what is on record about it tells whether that is all right.
        return true;
      }
      tally.unreadable(file.toString(), cause(e));
    }
    return true;
  }

  private static String cause(IOException e) {
    return e.getCause() instanceof IOException cause ? IoReason.of(cause) : IoReason.of(e);
  }

  private KnownHeads known(Path file, RecordedHeads recorded) {
    String name = name(file);
    ChainHead state = state(file);
    ChainHead kept = exported(name, recorded);
    KnownHeads known = recorded.of(name);
    if (state == null && kept == null) {
      return known;
    }
    KnownHeads all = known.copy();
    if (state != null) {
      all.add(state, Place.STATE, false);
    }
    if (kept != null) {
      all.add(kept, Place.EXPORT, false);
    }
    return all;
  }

  private static @Nullable ChainHead state(Path trace) {
    String name = String.valueOf(trace.getFileName());
    if (!name.endsWith(TraceFiles.SUFFIX)) {
      return null;
    }
    String base = name.substring(0, name.length() - TraceFiles.SUFFIX.length());
    return new SessionStateFile(trace.resolveSibling(base + STATE), trace, TraceKeys.none(trace))
        .head();
  }

  /** The exported head, unless the file it speaks of was removed since for its age. */
  private @Nullable ChainHead exported(String name, RecordedHeads recorded) {
    boolean holds = export != null && !recorded.isPrunedSince(export.logBytes(), name);
    return holds ? exported.get(name) : null;
  }

  private List<VerifyFinding> findings(Path file, ChainReport report) {
    List<VerifyFinding> findings = new ArrayList<>();
    String name = file.toString();
    Break broken = report.firstBreak();
    Missing missing = report.missing();
    if (broken != null) {
      findings.add(
          new VerifyFinding(
              Kind.TAMPERED,
              name,
              broken.line(),
              broken.reason(),
              broken.expected(),
              broken.found()));
    } else if (missing != null) {
      findings.add(VerifyFinding.of(Kind.MISSING, name, words(missing)));
    }
    if (report.status() == Status.NOT_CHAINED
        && report.foreignLines() > 0
        && report.unchainedLines() == 0) {
      findings.add(noTrace(file));
    } else if (report.status() == Status.DAMAGED || damagedToo(report)) {
      findings.add(VerifyFinding.of(Kind.DAMAGED, name, damage(report)));
    }
    return findings;
  }

  private static boolean damagedToo(ChainReport report) {
    return report.status() == Status.MISSING && report.damagedLines() > 0;
  }

  /** Where Governor alone writes, something else is no accident. */
  private VerifyFinding noTrace(Path file) {
    boolean ours = file.startsWith(TraceDirectory.traces(root)) && !heads().traces().isEmpty();
    return VerifyFinding.of(
        ours ? Kind.TAMPERED : Kind.NO_TRACE, file.toString(), "no line of it is an event");
  }

  private RecordedHeads heads() {
    return heads == null ? RecordedHeads.none(root) : heads;
  }

  private static String words(Missing missing) {
    String lines =
        missing.from() == missing.to()
            ? "line " + missing.from() + " of the chain is gone"
            : "lines " + missing.from() + " to " + missing.to() + " of the chain are gone";
    long more = missing.lines() - (missing.to() - missing.from() + 1);
    return lines
        + (more > 0 ? " and " + more + " more" : "")
        + ", as "
        + missing.knownFrom()
        + " tells";
  }

  private static String damage(ChainReport report) {
    return switch ((int) Math.min(2, report.damagedLines())) {
      case 0 -> "the last line has no line end";
      case 1 -> "a crash cut a line off";
      default -> "crashes cut " + report.damagedLines() + " lines off";
    };
  }

  /** The files in scope that something on record speaks of, and that are not there. */
  private Set<Path> gone(Path scope, RecordedHeads recorded) throws IOException {
    Set<Path> gone = new TreeSet<>();
    Set<String> names = new LinkedHashSet<>(recorded.traces());
    names.addAll(exported.keySet());
    for (String name : names) {
      addIfGone(root.resolve(name), scope, recorded, gone);
    }
    if (Files.isDirectory(scope)) {
      for (TraceFiles.Found state : TraceFiles.below(scope, List.of(STATE), tally)) {
        String path = state.path().toString();
        String trace = path.substring(0, path.length() - STATE.length()) + TraceFiles.SUFFIX;
        addIfGone(Path.of(trace), scope, recorded, gone);
      }
    }
    return gone;
  }

  private void addIfGone(Path trace, Path scope, RecordedHeads recorded, Set<Path> gone) {
    if (trace.startsWith(scope) && isGone(trace, recorded)) {
      gone.add(trace);
    }
  }

  private boolean isGone(Path trace, RecordedHeads recorded) {
    return Files.notExists(trace) && knownFrom(trace, recorded) != null;
  }

  /** Who knows of a trace that is gone, or null when nobody misses it. */
  private @Nullable Place knownFrom(Path trace, RecordedHeads recorded) {
    String name = name(trace);
    if (!recorded.of(name).isEmpty()) {
      return Place.LOG;
    }
    if (exported(name, recorded) != null) {
      return Place.EXPORT;
    }
    return !recorded.isPruned(name) && state(trace) != null ? Place.STATE : null;
  }

  private void tellGone(Path trace, RecordedHeads recorded) {
    Place place = knownFrom(trace, recorded);
    KnownHeads known = known(trace, recorded);
    KnownHeads.Known furthest = known.furthest();
    if (place != null && furthest != null && Files.notExists(trace)) {
      long lines = furthest.head().lines();
      String reason =
          "the file is gone, with "
              + lines
              + (lines == 1 ? " line" : " lines")
              + ", as "
              + place
              + " tells";
      tally.add(VerifyFinding.of(Kind.DELETED, trace.toString(), reason));
    }
  }

  /** The log is only ever appended to, so what was exported of it is still its beginning. */
  private void log(RecordedHeads recorded) throws IOException {
    HeadExport kept = export;
    if (kept == null) {
      return;
    }
    exported.keySet().stream()
        .filter(name -> recorded.isPrunedSince(kept.logBytes(), name))
        .forEach(name -> tally.pruned());
    String found = beginning(kept.logBytes());
    if (!kept.logHash().equals(found)) {
      tally.add(
          new VerifyFinding(
              Kind.TAMPERED,
              root.resolve(HeadLog.NAME).toString(),
              0,
              "its first " + kept.logBytes() + " bytes are not those of the export",
              kept.logHash(),
              found));
    }
  }

  private String beginning(long bytes) throws IOException {
    MessageDigest digest = HashChain.sha256();
    Path log = root.resolve(HeadLog.NAME);
    if (Files.exists(log)) {
      try (InputStream in = Files.newInputStream(log)) {
        byte[] chunk = new byte[1 << 16];
        long left = bytes;
        int read = 0;
        while (left > 0 && read >= 0) {
          read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
          digest.update(chunk, 0, Math.max(0, read));
          left -= read;
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** How long the log was when it was read first. */
  long logBytes() {
    return heads().bytes();
  }

  String logHash() {
    return heads().hash();
  }
}
