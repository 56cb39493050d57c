package io.governor.trace;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where each trace's chain had come to when it was last closed, rotated or resumed: {@code
 * heads.log} in the state root, appended and never rebuilt from a trace, so that a tail that is cut
 * off later shows (execution record, sections 3 and 10.1). Safe for use by several threads and
 * processes: a line is one write.
 */
final class HeadLog {

  private final Path stateRoot;
  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable OutputStream out;
  private @Nullable FileIdentity identity;

  HeadLog(Path stateRoot) {
    this.stateRoot = stateRoot;
    this.file = stateRoot.resolve("heads.log");
  }

  /**
   * Records where a chain has come to, and why now: {@code closed}, {@code rotated}, {@code
   * resumed}, or {@code short} when it was resumed and the file ends before that head.
   */
  void record(TraceFile trace, String why) throws IOException {
    ChainHead head = trace.head();
    if (head.lines() == 0) {
      return;
    }
    JsonWriter line = new JsonWriter(256);
    line.beginObject();
    line.member("trace").value(name(trace.path()));
    line.member("lines").value(head.lines());
    line.member("head").value(head.hash());
    line.member("why").value(why);
    line.endObject().raw('\n');
    lock.lock();
    try {
      stream().write(line.buffer(), 0, line.length());
    } finally {
      lock.unlock();
    }
  }

  /** The open log, or a new one where it was removed: heads are rare enough to look each time. */
  private OutputStream stream() throws IOException {
    if (out != null && identity != null && identity.isGoneFrom(file)) {
      closeStream();
    }
    OutputStream stream = out;
    if (stream == null) {
      OwnerOnly.createDirectories(stateRoot);
      OwnerOnly.ensureFile(file);
      stream = Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
      identity = FileIdentity.of(file);
      out = stream;
    }
    return stream;
  }

  /** The last recorded head of a trace, or null when none is on record. */
  @Nullable ChainHead find(Path trace) throws IOException {
    List<ChainHead> heads = findAll(trace);
    return heads.isEmpty() ? null : heads.get(heads.size() - 1);
  }

  /** The recorded heads of a trace, in the order in which they were recorded. */
  List<ChainHead> findAll(Path trace) throws IOException {
    List<ChainHead> found = new ArrayList<>();
    if (!Files.exists(file)) {
      return found;
    }
    String name = name(trace);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        ChainHead head = line.contains(name) ? parse(line, name) : null;
        if (head != null) {
          found.add(head);
        }
      }
    }
    return found;
  }

  private static @Nullable ChainHead parse(String line, String name) {
    try {
      Object value = StrictJson.parse(line, StrictJson.Limits.POLICY);
      if (value instanceof Map<?, ?> members
          && name.equals(members.get("trace"))
          && members.get("head") instanceof String head
          && members.get("lines") instanceof Long lines) {
        return new ChainHead(head, lines);
      }
      return null;
    } catch (JsonProblem | IllegalArgumentException e) {
      // A line torn by a kill; the one before it still stands.
      return null;
    }
  }

  private String name(Path trace) {
    return Objects.requireNonNull(stateRoot.relativize(trace)).toString().replace('\\', '/');
  }

  void close() throws IOException {
    lock.lock();
    try {
      closeStream();
    } finally {
      lock.unlock();
    }
  }

  private void closeStream() throws IOException {
    OutputStream stream = out;
    out = null;
    if (stream != null) {
      stream.close();
    }
  }
}
