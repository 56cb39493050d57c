package io.governor.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies the traces of a state root: each chain on the bytes of its lines, and against every head
 * that is known of it, those in {@code heads.log}, in the state of shared sessions, and, where they
 * are given, the exported ones. Traces may be written to meanwhile; nothing is changed or locked.
 * Streaming: what is held is one line, and what {@code heads.log} knows of each trace. Immutable;
 * any thread may use it.
 *
 * <p>What it cannot know: whoever can write to the traces can write a chain anew together with the
 * heads on record. Only an export that was kept elsewhere shows that, for what was written before.
 */
public final class TraceVerifier {

  private static final Duration MOST_WAITING = Duration.ofMillis(500);

  private final Path stateRoot;
  private final ExportedHeads export;

  private TraceVerifier(Path stateRoot, ExportedHeads export) {
    this.stateRoot = stateRoot;
    this.export = export;
  }

  /** Verifies what is below the state root. */
  public static TraceVerifier of(Path stateRoot) {
    return new TraceVerifier(stateRoot.toAbsolutePath().normalize(), ExportedHeads.NONE);
  }

  /** The same, and whatever does not go on from these heads was tampered with. */
  public TraceVerifier against(HeadExport heads) {
    return new TraceVerifier(stateRoot, ExportedHeads.of(heads));
  }

  /**
   * Verifies every {@code *.jsonl} in the state root; there are none where it does not exist, and
   * those of an export are missing then.
   *
   * @throws IOException if the state root cannot be listed
   */
  public VerifyReport verify() throws IOException {
    VerifyTally tally = new VerifyTally();
    if (Files.exists(stateRoot) || export != ExportedHeads.NONE) {
      at(stateRoot, tally).verify(stateRoot);
    }
    return tally.report();
  }

  /**
   * Verifies files, and directories with the {@code *.jsonl} files below them. The heads that
   * belong to a path are those of the nearest folder above it that holds {@code heads.log}. A path
   * that leads nowhere is a finding.
   */
  public VerifyReport verify(List<Path> paths) {
    VerifyTally tally = new VerifyTally();
    for (Path path : paths) {
      Path scope = own(path.toAbsolutePath().normalize());
      try {
        at(rootOf(scope), tally).verify(scope);
      } catch (IOException e) {
        tally.unreadable(scope.toString(), IoReason.of(e));
      }
    }
    return tally.report();
  }

  /**
   * The heads of everything in the state root, and what verifying it found: of a trace that was
   * tampered with there is no head.
   *
   * @throws IOException if the state root cannot be listed
   */
  public Exported export(Instant now) throws IOException {
    VerifyTally tally = new VerifyTally();
    RootVerification root = at(stateRoot, tally);
    if (Files.exists(stateRoot)) {
      root.verify(stateRoot);
    }
    return new Exported(
        new HeadExport(now, tally.heads(), root.log().bytes(), root.log().hash()), tally.report());
  }

  /**
   * An export.
   *
   * @param heads to be kept elsewhere
   * @param report what was found on the way
   */
  public record Exported(HeadExport heads, VerifyReport report) {}

  private RootVerification at(Path root, VerifyTally tally) {
    ExportedHeads heads = root.equals(stateRoot) ? export : ExportedHeads.NONE;
    return new RootVerification(root, heads, new Patience(MOST_WAITING), tally);
  }

  /** The path below the state root where it leads there, by whatever links. */
  private Path own(Path path) {
    if (path.startsWith(stateRoot)) {
      return path;
    }
    try {
      Path real = path.toRealPath();
      Path realRoot = stateRoot.toRealPath();
      return real.startsWith(realRoot) ? stateRoot.resolve(realRoot.relativize(real)) : path;
    } catch (IOException e) {
      return path;
    }
  }

  private Path rootOf(Path path) {
    List<Path> folders = new ArrayList<>();
    for (Path p = Files.isDirectory(path) ? path : path.getParent(); p != null; p = p.getParent()) {
      folders.add(p);
      if (p.equals(stateRoot) || Files.isRegularFile(p.resolve(HeadLog.NAME))) {
        return p;
      }
    }
    return folders.isEmpty() ? path : folders.get(0);
  }
}
