package io.governor.trace;

import io.governor.trace.TraceIndex.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link TraceIndex} as bytes, as {@link DataOutputStream} writes them: the
 * version, the number of files, and for each its path, its stamp (key, size, modified, changed),
 * its events, those without a time, the earliest and the latest time, and its sessions with what
 * {@link SessionPart} has, in that order. An instant is a flag whether there is one, seconds and
 * nanoseconds; a list is its length and its items. Stateless.
 */
final class TraceIndexCodec {

  private static final String VERSION = "governor traces.index 1";

  /** A text of {@link DataOutputStream} has at most 65,535 bytes, three for a character. */
  private static final int LONGEST = 65_535 / 3;

  private TraceIndexCodec() {}

  static byte[] write(Map<Path, Entry> entries) throws IOException {
    List<Map.Entry<Path, Entry>> all =
        entries.entrySet().stream().filter(TraceIndexCodec::isWritable).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * (all.size() + 1));
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(VERSION);
    out.writeInt(all.size());
    for (Map.Entry<Path, Entry> each : all) {
      out.writeUTF(each.getKey().toString());
      stamp(out, each.getValue().stamp());
      summary(out, each.getValue().summary());
    }
    return bytes.toByteArray();
  }

  private static boolean isWritable(Map.Entry<Path, Entry> each) {
    return fits(each.getKey().toString())
        && each.getValue().summary().sessions().stream()
            .allMatch(
                part ->
                    fits(part.sessionId())
                        && fits(part.agentId())
                        && part.violations().keySet().stream().allMatch(TraceIndexCodec::fits));
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST;
  }

  private static void stamp(DataOutputStream out, SettledStamp stamp) throws IOException {
    out.writeUTF(stamp.key());
    out.writeLong(stamp.size());
    out.writeLong(stamp.modified());
    out.writeLong(stamp.changed());
  }

  private static void summary(DataOutputStream out, FileSummary summary) throws IOException {
    FileTimes times = summary.times();
    out.writeLong(times.events());
    out.writeLong(times.withoutTime());
    instant(out, times.earliest());
    instant(out, times.latest());
    out.writeInt(summary.sessions().size());
    for (SessionPart part : summary.sessions()) {
      part(out, part);
    }
  }

  private static void part(DataOutputStream out, SessionPart part) throws IOException {
    out.writeUTF(part.sessionId());
    out.writeUTF(part.agentId());
    instant(out, part.first());
    instant(out, part.last());
    out.writeLong(part.events());
    out.writeInt(part.violations().size());
    for (Map.Entry<String, Long> rule : part.violations().entrySet()) {
      out.writeUTF(rule.getKey());
      out.writeLong(rule.getValue());
    }
    out.writeLong(part.toolCalls());
    out.writeLong(part.bypassed());
    out.writeLong(part.lost());
    out.writeBoolean(part.isTransient());
  }

  private static void instant(DataOutputStream out, @Nullable Instant instant) throws IOException {
    out.writeBoolean(instant != null);
    if (instant != null) {
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    }
  }

  /**
   * @throws IOException if the bytes are of another version
   */
  static Map<Path, Entry> read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (!in.readUTF().equals(VERSION)) {
      throw new IOException("expected " + VERSION);
    }
    int count = in.readInt();
    Map<Path, Entry> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Path file = Path.of(in.readUTF());
      SettledStamp stamp =
          new SettledStamp(in.readUTF(), in.readLong(), in.readLong(), in.readLong());
      entries.put(file, new Entry(stamp, summary(in)));
    }
    return entries;
  }

  private static FileSummary summary(DataInputStream in) throws IOException {
    FileTimes times = new FileTimes(in.readLong(), in.readLong(), instant(in), instant(in));
    List<SessionPart> sessions = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      sessions.add(part(in));
    }
    return new FileSummary(times, sessions);
  }

  private static SessionPart part(DataInputStream in) throws IOException {
    return new SessionPart(
        in.readUTF(),
        in.readUTF(),
        instant(in),
        instant(in),
        in.readLong(),
        violations(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean());
  }

  private static SortedMap<String, Long> violations(DataInputStream in) throws IOException {
    SortedMap<String, Long> violations = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      violations.put(in.readUTF(), in.readLong());
    }
    return violations;
  }

  private static @Nullable Instant instant(DataInputStream in) throws IOException {
    return in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
  }
}
