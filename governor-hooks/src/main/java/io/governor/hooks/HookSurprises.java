package io.governor.hooks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What hooks heard of and had no word for: events that this version does not know, which are
 * answered with silence, and calls that an agent turned away itself, before any hook could judge
 * them. Counted in {@value #FILE} under the state root as {@link HookFailures} are. Safe for use by
 * several threads and processes.
 */
public final class HookSurprises {

  /** The file's name. */
  public static final String FILE = "hook-events.log";

  private static final String TURNED_AWAY = "calls turned away";
  private static final int LONGEST_NAME = 48;

  private final TallyFile file;

  private HookSurprises(Path stateRoot) {
    this.file = new TallyFile(stateRoot, FILE);
  }

  /** The surprises of the hooks that use a state root; nothing is created. */
  public static HookSurprises at(Path stateRoot) {
    return new HookSurprises(stateRoot);
  }

  /** What is surprising about a payload, and how often; empty for most. */
  static SortedMap<String, Long> in(HookPayload payload) {
    SortedMap<String, Long> counts = new TreeMap<>();
    if (payload.event() instanceof HookEvent.Unknown) {
      counts.put(name(payload.eventName()), 1L);
    } else if (payload.event() instanceof HookEvent.TurnedAway away) {
      counts.put(TURNED_AWAY, (long) away.calls());
    }
    return Collections.unmodifiableSortedMap(counts);
  }

  /** Only what can be the name of an event is written down. */
  private static String name(String eventName) {
    boolean plain =
        !eventName.isEmpty()
            && eventName.length() <= LONGEST_NAME
            && eventName
                .chars()
                .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.'));
    return plain ? eventName : "(no name)";
  }

  void add(String agent, SortedMap<String, Long> counts, Instant at) throws IOException {
    file.add(agent, counts, at);
  }

  /**
   * Adds up the file: events by name, and {@code calls turned away}.
   *
   * @throws IOException if the file is there and cannot be read
   */
  public HookFailures.Summary read() throws IOException {
    return file.read();
  }
}
