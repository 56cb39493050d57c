package io.governor.trace;

import io.governor.crypt.ClearText;
import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the traces of a state root from reading them before, so that a look at a part of
 * them opens only the files it needs: {@code traces.index} in the state root. A cache: an entry
 * holds while its file looks as it did (identity, size, times), and only of files all of whose
 * lines are events and in the clear. It may be removed at any time; one that is missing, damaged or
 * of another version is as none. Any thread may ask it; learning and keeping is confined to one.
 * Several processes may write it, and one of them wins.
 *
 * <p>The file is 64 hex digits, the SHA-256 of what follows the line end behind them, and then
 * entries as {@code TraceIndexCodec} writes them. It holds times, session and agent ids, rule ids
 * and counts, nothing else of any event.
 */
public final class TraceIndex {

  private static final String NAME = "traces.index";
  private static final long LARGEST = 256L << 20;

  private final Path file;
  private final InstantSource clock;
  private final Map<Path, Entry> entries;
  private final Map<Path, Entry> inUse = new HashMap<>();
  private boolean changed;

  /** What is known of a file, and how it looked then. */
  record Entry(SettledStamp stamp, FileSummary summary) {}

  private TraceIndex(Path file, InstantSource clock, Map<Path, Entry> entries) {
    this.file = file;
    this.clock = clock;
    this.entries = entries;
  }

  /** What is known of a state root's traces. */
  public static TraceIndex of(Path stateRoot) {
    return of(stateRoot, InstantSource.system());
  }

  /**
   * The same with another clock.
   *
   * @param clock what files are dated by
   */
  public static TraceIndex of(Path stateRoot, InstantSource clock) {
    Path file = stateRoot.resolve(NAME);
    return new TraceIndex(file, clock, read(file));
  }

  /** How a file looks now, null when that is not settled. */
  @Nullable SettledStamp stamp(Path trace) {
    return SettledStamp.of(trace, clock.instant());
  }

  private static Map<Path, Entry> read(Path file) {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST) {
        byte[] text = CheckedText.open(Files.readAllBytes(file));
        return text == null ? new HashMap<>() : TraceIndexCodec.read(text);
      }
    } catch (IOException | RuntimeException e) {
      // As if there were none.
    }
    return new HashMap<>();
  }

  /** When the events of a trace file happened, or null when it has to be read to know that. */
  public @Nullable FileTimes times(Path trace) {
    Entry entry = valid(trace);
    return entry == null ? null : entry.summary().times();
  }

  /** What a trace file comes to, which is kept; null when it has to be read to know that. */
  @Nullable FileSummary find(Path trace) {
    Entry entry = valid(trace);
    if (entry == null) {
      return null;
    }
    inUse.put(trace, entry);
    return entry.summary();
  }

  private @Nullable Entry valid(Path trace) {
    Entry entry = entries.get(trace);
    return entry != null && entry.stamp().equals(stamp(trace)) ? entry : null;
  }

  /**
   * A file was read, and every line of it is an event.
   *
   * @param before how it looked before; null when that was not settled
   */
  void learn(Path trace, @Nullable SettledStamp before, FileSummary summary) {
    if (before != null && !isEncrypted(trace) && before.equals(stamp(trace))) {
      inUse.put(trace, new Entry(before, summary));
      changed = true;
    }
  }

  /** What is encrypted is not to stand anywhere in the clear. */
  private static boolean isEncrypted(Path trace) {
    try (InputStream in = Files.newInputStream(trace)) {
      return ClearText.isIn(in);
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Keeps what was found or learned since it was opened, and forgets the rest. Where it cannot be
   * written, the next one reads again.
   */
  void keep() {
    if (!changed && inUse.size() == entries.size()) {
      return;
    }
    try {
      OwnerOnly.replaceCache(file, CheckedText.seal(TraceIndexCodec.write(inUse)));
    } catch (IOException | RuntimeException e) {
      // As said above.
    }
  }
}
