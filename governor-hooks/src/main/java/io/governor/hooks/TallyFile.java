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
 * Counts that processes leave in one owner-only file under the state root, a line each, in one
 * write on an append descriptor. Bounded; removing the file starts the count anew. Safe for use by
 * several threads and processes.
 */
final class TallyFile {

  /** Some thousand lines: whoever has not looked by then knows enough. */
  private static final long LARGEST = 256 * 1024;

  /** An empty file needs no room on a disk that is full. */
  private static final String UNWRITTEN = ".unwritten";

  private final Path stateRoot;
  private final Path file;
  private final Path unwritten;

  TallyFile(Path stateRoot, String name) {
    this.stateRoot = stateRoot;
    this.file = stateRoot.resolve(name);
    this.unwritten = stateRoot.resolve(name + UNWRITTEN);
  }

  /**
   * Adds counts. What cannot be written leaves at least an empty file that says so.
   *
   * @throws IOException if it cannot be written
   */
  void add(String agent, SortedMap<String, Long> counts, Instant at) throws IOException {
    try {
      append(agent, counts, at);
    } catch (IOException e) {
      Files.deleteIfExists(unwritten);
      OwnerOnly.createFile(unwritten);
      throw e;
    }
  }

  private void append(String agent, SortedMap<String, Long> counts, Instant at) throws IOException {
    JsonWriter line = new JsonWriter(256);
    line.beginObject().member("at").value(at.toString());
    line.member("agent").value(agent);
    line.member("failures").beginObject();
    counts.forEach((what, count) -> line.member(what).value(count));
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

  /** Adds up the file; lines that cannot be read are passed over. */
  HookFailures.Summary read() throws IOException {
    Tally tally = new Tally();
    if (Files.isRegularFile(unwritten, LinkOption.NOFOLLOW_LINKS)) {
      tally.missed(Files.getLastModifiedTime(unwritten).toInstant());
    }
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

    private final SortedMap<String, Long> counts = new TreeMap<>();
    private @Nullable Instant latest;
    private boolean missed;

    void missed(Instant time) {
      missed = true;
      latest = time;
    }

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

    private void count(Object what, @Nullable Object count) {
      if (what instanceof String name && count instanceof Long times && times > 0) {
        counts.merge(name, times, Long::sum);
      }
    }

    HookFailures.Summary summary(boolean more) {
      return new HookFailures.Summary(counts, latest, more || missed);
    }
  }
}
