package io.governor.trace;

import io.governor.crypt.ClearText;
import io.governor.crypt.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The traces below a state root: {@code traces/<surface>/<session>.jsonl}, one file per session and
 * writer, directories 0700 and files 0600 (execution record, section 10). Safe for use by several
 * threads; several processes may write side by side. Old traces are removed in passing, see {@link
 * AutomaticPruning}.
 *
 * <p>What later parts build on: a file's logical end is its physical end, always after a whole
 * line; a file is only ever appended to, and one that grows too large continues in {@code
 * <session>.2.jsonl} and so on, each part with a chain of its own whose last head is recorded; an
 * encrypted record is still one line. So a byte range that ends after a line end stands for the
 * same events for ever.
 */
public final class TraceDirectory implements TraceStore {

  private static final int MOST_OPEN_TRACES = 256;

  private final Path stateRoot;
  private final boolean chained;
  private final Flusher flusher;
  private final TraceKeys keys;
  private final HeadLog heads;
  private final OpenTraces openTraces;
  private final AutomaticPruning pruning;

  /**
   * @param mostOpen how many traces have descriptors at most
   */
  TraceDirectory(
      Path stateRoot,
      boolean chained,
      Durability durability,
      Consumer<IOException> notForced,
      TraceKeys keys,
      int mostOpen) {
    this.openTraces = new OpenTraces(mostOpen);
    this.stateRoot = stateRoot.toAbsolutePath().normalize();
    this.keys = keys;
    this.chained = chained;
    this.flusher = Flusher.of(durability, new Forcer(this.stateRoot, notForced));
    this.heads = new HeadLog(this.stateRoot, flusher);
    // Not the host's clock: files are dated by the system's.
    this.pruning = AutomaticPruning.of(this.stateRoot, InstantSource.system());
  }

  /** The traces below the state root; nothing is created before the first event. */
  public static TraceDirectory at(Path stateRoot) {
    return at(stateRoot, Durability.OS, failure -> {});
  }

  /**
   * As {@link #at(Path)}, with records that outlive more than their process.
   *
   * @param notForced hears, from any thread, of what could not be forced to the disk; it is written
   *     all the same
   */
  public static TraceDirectory at(
      Path stateRoot, Durability durability, Consumer<IOException> notForced) {
    return at(stateRoot, durability, notForced, TraceKeys.none(stateRoot));
  }

  /** As {@link #at(Path, Durability, Consumer)}, with traces that may be encrypted. */
  public static TraceDirectory at(
      Path stateRoot, Durability durability, Consumer<IOException> notForced, TraceKeys keys) {
    return new TraceDirectory(stateRoot, true, durability, notForced, keys, MOST_OPEN_TRACES);
  }

  /** As {@link #at(Path)}, without the hash chain. */
  public static TraceDirectory unchained(Path stateRoot) {
    return new TraceDirectory(
        stateRoot,
        false,
        Durability.OS,
        failure -> {},
        TraceKeys.none(stateRoot),
        MOST_OPEN_TRACES);
  }

  /** Where the traces of a state root are. */
  public static Path traces(Path stateRoot) {
    return stateRoot.resolve("traces");
  }

  @Override
  public SessionTrace open(String surface, String sessionId, Sharing sharing) {
    return switch (sharing) {
      case UNIQUE -> new ExclusiveTrace(this, surface, sessionId, true);
      case EXCLUSIVE -> new ExclusiveTrace(this, surface, sessionId, false);
      case SHARED -> new SharedTrace(this, surface, sessionId, flusher.perUse());
    };
  }

  @Override
  public void tidy() {
    pruning.step(PruneEffort.AT_LEISURE);
  }

  @Override
  public void close() throws IOException {
    flusher.close();
    heads.close();
    pruning.step(PruneEffort.IN_PASSING);
  }

  Flusher flusher() {
    return flusher;
  }

  HeadLog heads() {
    return heads;
  }

  TraceKeys keys() {
    return keys;
  }

  OpenTraces openTraces() {
    return openTraces;
  }

  boolean chained() {
    return chained;
  }

  /** A file of a session; neither surface nor session can lead out of the traces. */
  Path file(String surface, String sessionId, String ending) {
    return traces(stateRoot)
        .resolve(SessionFileName.of(surface))
        .resolve(SessionFileName.of(sessionId) + ending);
  }

  /**
   * A trace file that is there already.
   *
   * @param file the file, ready to be appended to
   * @param snapshot what its session had come to
   * @param lastLineOffset where the session's last line begins; 0 when it has none
   * @param cut whether the file ends before a head that was recorded for it
   */
  record Loaded(TraceFile file, SessionSnapshot snapshot, long lastLineOffset, boolean cut) {

    /** Puts on record that the trace goes on, and whether something of it is missing. */
    void resumed(HeadLog heads) throws IOException {
      if (snapshot.sequence() > 0 || cut) {
        heads.record(file, cut ? HeadRecord.SHORT : HeadRecord.RESUMED);
      }
    }
  }

  /** A trace file of a session that nobody can have written before. */
  Loaded begun(Path path) {
    TraceFile file = new TraceFile(path, chained, ChainHead.START, flusher, keys.begin());
    return new Loaded(file, SessionSnapshot.START, 0, false);
  }

  /**
   * Reads a trace from its beginning; a chain that ends before its recorded head goes on from that
   * head.
   *
   * @param known a head that was recorded elsewhere than in the log of heads, or null
   * @param flusherOfFile forces what is appended
   */
  Loaded load(Path path, String sessionId, @Nullable ChainHead known, Flusher flusherOfFile)
      throws IOException {
    List<ChainHead> recorded = heads.findAll(path);
    if (known != null) {
      recorded.add(known);
    }
    SessionRebuild rebuild = new SessionRebuild(sessionId, recorded);
    if (FileStamp.existing(path) == null) {
      return loaded(path, rebuild, rebuild.lastLineOffset(), flusherOfFile, keys.begin());
    }
    try (ClearText text = ClearText.of(Files.newInputStream(path), keys.provider())) {
      TraceReader.read(path, text, rebuild);
      long lastLine = text.lastLine(rebuild.lastLineOffset());
      return loaded(path, rebuild, lastLine, flusherOfFile, keys.goOn(text.section()));
    }
  }

  private Loaded loaded(
      Path path,
      SessionRebuild rebuild,
      long lastLine,
      Flusher flusherOfFile,
      @Nullable Sealing sealing) {
    TraceFile file = new TraceFile(path, chained, rebuild.head(), flusherOfFile, sealing);
    return new Loaded(file, rebuild.result(), lastLine, rebuild.isCut());
  }
}
