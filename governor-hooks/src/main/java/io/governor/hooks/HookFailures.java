package io.governor.hooks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What hooks could not do and no trace tells: payloads that were refused, events that were lost
 * because the trace could not be had. A hook's process is gone when somebody asks, so it leaves a
 * line in {@value #FILE} under the state root, owner-only, in one write on an append descriptor.
 * The file holds counts and words of ours only, and grows no further than 256 KiB; removing it
 * starts the count anew. Safe for use by several threads and processes.
 */
public final class HookFailures {

  /** The file's name. */
  public static final String FILE = "hook-failures.log";

  private final TallyFile file;

  private HookFailures(Path stateRoot) {
    this.file = new TallyFile(stateRoot, FILE);
  }

  /** The failures of the hooks that use a state root; nothing is created. */
  public static HookFailures at(Path stateRoot) {
    return new HookFailures(stateRoot);
  }

  /**
   * What went wrong so far. Immutable.
   *
   * @param byReason how often, by reason: {@code payload} for a payload that was refused, {@code
   *     transcript} for a transcript that could not be read, {@code policy} or {@code config} for
   *     one that was refused, {@code agent} for an agent nobody knows, {@code error} for a failure
   *     of our own, else why events could not be recorded, such as {@code locked}
   * @param latest when it happened last, or null when nothing did
   * @param more whether there was more than the file has room for, or than could be written
   */
  public record Summary(SortedMap<String, Long> byReason, @Nullable Instant latest, boolean more) {

    /** All of them together. */
    public long total() {
      return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  void add(String agent, SortedMap<String, Long> byReason, Instant at) throws IOException {
    file.add(agent, byReason, at);
  }

  /**
   * Adds up the file; lines that cannot be read are passed over.
   *
   * @throws IOException if the file is there and cannot be read
   */
  public Summary read() throws IOException {
    return file.read();
  }
}
