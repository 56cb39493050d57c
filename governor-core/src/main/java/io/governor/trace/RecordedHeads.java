package io.governor.trace;

import io.governor.trace.KnownHeads.Place;
import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All of {@code heads.log} as it was when it was read. Holds one entry for each trace on record.
 * Immutable once read.
 */
final class RecordedHeads implements HeadLines.Visitor {

  private final Path root;
  private final Map<String, KnownHeads> byTrace = new HashMap<>();

  /** Where the line that says so begins. */
  private final Map<String, Long> pruned = new HashMap<>();

  private final List<Long> torn = new ArrayList<>();
  private final List<Long> foreign = new ArrayList<>();
  private long bytes;
  private String hash = "";

  private RecordedHeads(Path root) {
    this.root = root;
  }

  /** No heads at all. */
  static RecordedHeads none(Path root) {
    RecordedHeads none = new RecordedHeads(root);
    none.hash = HexFormat.of().formatHex(HashChain.sha256().digest());
    return none;
  }

  /**
   * Reads the heads on record in a state root; none where there is no log.
   *
   * @throws IOException if there is one that cannot be read
   */
  static RecordedHeads below(Path root, Patience patience) throws IOException {
    Path log = root.resolve(HeadLog.NAME);
    RecordedHeads heads = new RecordedHeads(root);
    while (!heads.read(log) && patience.waits(log)) {
      heads = new RecordedHeads(root);
    }
    return heads;
  }

  /** False when the last line has no end, which it may get. */
  private boolean read(Path log) throws IOException {
    MessageDigest digest = HashChain.sha256();
    boolean ended = true;
    try (InputStream in = new DigestInputStream(Files.newInputStream(log), digest)) {
      CountedBytes counted = new CountedBytes(in);
      ended = HeadLines.read(counted, this);
      bytes = counted.count();
    } catch (NoSuchFileException e) {
      // Nothing was closed or resumed yet.
    }
    hash = HexFormat.of().formatHex(digest.digest());
    return ended;
  }

  @Override
  public void head(HeadRecord head, long line, long offset) {
    if (!isInside(head.trace())) {
      foreign.add(line);
    } else if (head.isPruned()) {
      byTrace.remove(head.trace());
      pruned.put(head.trace(), offset);
    } else {
      boolean bridges = head.why().equals(HeadRecord.SHORT);
      byTrace
          .computeIfAbsent(head.trace(), trace -> new KnownHeads())
          .add(head.head(), Place.LOG, bridges);
    }
  }

  private boolean isInside(String trace) {
    try {
      Path path = root.resolve(trace);
      return path.startsWith(root) && path.equals(path.normalize());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public void torn(long line) {
    torn.add(line);
  }

  @Override
  public void foreign(long line) {
    foreign.add(line);
  }

  /** What is on record about a trace. */
  KnownHeads of(String trace) {
    return byTrace.getOrDefault(trace, KnownHeads.NONE);
  }

  /** The traces of which a head is on record. */
  Set<String> traces() {
    return byTrace.keySet();
  }

  /** Whether the removal of the file is on record, and nothing about it after that. */
  boolean isPruned(String trace) {
    return pruned.containsKey(trace) && !byTrace.containsKey(trace);
  }

  /** Whether the removal of the file was put on record after the first so many bytes. */
  boolean isPrunedSince(long offset, String trace) {
    return pruned.getOrDefault(trace, -1L) >= offset;
  }

  long bytes() {
    return bytes;
  }

  /** The SHA-256 of all of it, 64 hex digits. */
  String hash() {
    return hash;
  }

  /** What is wrong with the log itself. */
  List<VerifyFinding> findings() {
    String file = root.resolve(HeadLog.NAME).toString();
    List<VerifyFinding> findings = new ArrayList<>();
    if (!foreign.isEmpty()) {
      findings.add(
          new VerifyFinding(
              Kind.TAMPERED,
              file,
              foreign.get(0),
              "the line is no record of a head" + more(foreign),
              null,
              null));
    }
    if (!torn.isEmpty()) {
      findings.add(
          new VerifyFinding(
              Kind.DAMAGED,
              file,
              torn.get(0),
              "a crash cut the line off" + more(torn),
              null,
              null));
    }
    return findings;
  }

  private static String more(List<Long> lines) {
    return lines.size() == 1 ? "" : ", and " + (lines.size() - 1) + " more like it";
  }
}
