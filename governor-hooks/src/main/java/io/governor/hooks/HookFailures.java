package io.governor.hooks;

import io.governor.file.OwnerOnly;
import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What hooks could not do and no trace tells: payloads that were refused, events that were lost
 * because the trace could not be had. A hook's process is gone when somebody asks, so it leaves a
 * line in {@value #FILE} under the state root, owner-only, in one write on an append descriptor.
 * The file holds counts and words of ours only, and grows no further than {@value #LARGEST} bytes;
 * removing it starts the count anew. Safe for use by several threads and processes.
 */
public final class HookFailures {

  /** The file's name. */
  public static final String FILE = "hook-failures.log";

  /** Some thousand failures: whoever has not looked by then knows enough. */
  private static final long LARGEST = 256 * 1024;

  private final Path stateRoot;
  private final Path file;

  private HookFailures(Path stateRoot) {
    this.stateRoot = stateRoot;
    this.file = stateRoot.resolve(FILE);
  }

  /** The failures of the hooks that use a state root; nothing is created. */
  public static HookFailures at(Path stateRoot) {
    return new HookFailures(stateRoot);
  }

  /**
   * What went wrong so far. Immutable.
   *
   * @param byReason how often, by reason: {@code payload} for a payload that was refused, {@code
   *     transcript} for a transcript that could not be read, else why events could not be recorded,
   *     such as {@code locked}
   * @param latest when it happened last, or null when nothing did
   * @param more whether there was more than the file has room for
   */
  public record Summary(SortedMap<String, Long> byReason, @Nullable Instant latest, boolean more) {

    /** All of them together. */
    public long total() {
      return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  void add(String agent, SortedMap<String, Long> byReason, Instant at) throws IOException {
    JsonWriter line = new JsonWriter(256);
    line.beginObject().member("at").value(at.toString());
    line.member("agent").value(agent);
    line.member("failures").beginObject();
    byReason.forEach((reason, count) -> line.member(reason).value(count));
    line.endObject().endObject().raw('\n');
    OwnerOnly.createDirectories(stateRoot);
    OwnerOnly.ensureFile(file);
    if (Files.size(file) >= LARGEST) {
      return;
    }
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
      out.write(line.buffer(), 0, line.length());
    }
  }

  /**
   * Adds up the file; lines that cannot be read are passed over.
   *
   * @throws IOException if the file is there and cannot be read
   */
  public Summary read() throws IOException {
    Tally tally = new Tally();
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return tally.summary(false);
    }
    long size = Files.size(file);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      long seen = 0;
      for (String line = reader.readLine();
          line != null && seen <= LARGEST;
          line = reader.readLine()) {
        seen += line.length() + 1;
        tally.add(line);
      }
    }
    return tally.summary(size >= LARGEST);
  }

  private static final class Tally {

    private final SortedMap<String, Long> byReason = new TreeMap<>();
    private @Nullable Instant latest;

    void add(String line) {
      try {
        if (StrictJson.parse(line, StrictJson.Limits.POLICY) instanceof Map<?, ?> members
            && members.get("at") instanceof String at
            && members.get("failures") instanceof Map<?, ?> failures) {
          Instant time = Instant.parse(at);
          failures.forEach(this::count);
          latest = latest == null || time.isAfter(latest) ? time : latest;
        }
      } catch (JsonProblem | DateTimeException e) {
        // Torn by a kill, or by hand.
      }
    }

    private void count(Object reason, @Nullable Object count) {
      if (reason instanceof String name && count instanceof Long times && times > 0) {
        byReason.merge(name, times, Long::sum);
      }
    }

    Summary summary(boolean more) {
      return new Summary(byReason, latest, more);
    }
  }
}
