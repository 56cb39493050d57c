package io.governor.sync.ledger;

import io.governor.sync.TimeWindow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Positions as bytes, both ways: a few hundred for each file, so that a hundred thousand files are
 * read in the time that a small one takes as text. Stateless.
 *
 * <p>Big-endian: the magic {@code GVPS}, the format 2, the texts (count, then each), the files
 * (count, then each), and a CRC-32 of all that. What does not read back exactly is refused.
 */
final class PositionsCodec {

  private static final int MAGIC = 0x47565053;
  private static final int FORMAT = 2;

  /** Said nothing about arrays. */
  private static final int FORMAT_BEFORE = 1;

  private static final int ALL = 1;
  private static final int BEFORE = 2;

  private PositionsCodec() {}

  static byte[] write(Positions positions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * (positions.files().size() + 1));
    CRC32 crc = new CRC32();
    try (DataOutputStream out = new DataOutputStream(new CheckedOutputStream(bytes, crc))) {
      out.writeInt(MAGIC);
      out.writeInt(FORMAT);
      Map<Content, Integer> numbers = new HashMap<>();
      out.writeInt(positions.contents().size());
      for (Content content : positions.contents()) {
        numbers.put(content, numbers.size());
        write(content, out);
      }
      out.writeInt(positions.files().size());
      for (Located file : positions.files().values()) {
        write(file, numbers, out);
      }
      out.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Content content, DataOutputStream out) throws IOException {
    out.writeLong(content.head());
    out.writeLong(content.end());
    out.writeLong(content.hash().high());
    out.writeLong(content.hash().low());
    out.writeByte(content.array() ? 1 : 0);
    out.writeLong(content.goneSince());
    out.writeInt(content.keys().length);
    for (long key : content.keys()) {
      out.writeLong(key);
    }
    out.writeInt(content.parts().size());
    for (Part part : content.parts()) {
      out.writeLong(part.to());
      out.writeInt(part.keys());
      write(part.done(), out);
    }
  }

  private static void write(Done done, DataOutputStream out) throws IOException {
    Instant before = done.before();
    out.writeByte((done.all() ? ALL : 0) | (before == null ? 0 : BEFORE));
    if (before != null) {
      write(before, out);
    }
    out.writeInt(done.windows().size());
    for (TimeWindow window : done.windows()) {
      write(window.start(), out);
      write(window.end(), out);
    }
  }

  private static void write(Instant instant, DataOutputStream out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static void write(Located file, Map<Content, Integer> numbers, DataOutputStream out)
      throws IOException {
    write(file.path(), out);
    Stamp stamp = file.stamp();
    write(stamp.key(), out);
    out.writeLong(stamp.size());
    out.writeLong(stamp.modified());
    out.writeLong(stamp.changed());
    out.writeByte(stamp.settled() ? 1 : 0);
    Content content = file.content();
    out.writeInt(content == null ? -1 : numbers.getOrDefault(content, -1));
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #write(Positions)} makes
   */
  static Positions read(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      CRC32 crc = new CRC32();
      crc.update(bytes, 0, Math.max(0, bytes.length - Integer.BYTES));
      if (in.getInt(bytes.length - Integer.BYTES) != (int) crc.getValue() || in.getInt() != MAGIC) {
        throw new IllegalArgumentException("damaged, or something else");
      }
      List<Content> contents = contents(in, format(in.getInt()));
      return new Positions(files(in, contents), contents);
    } catch (IndexOutOfBoundsException
        | BufferUnderflowException
        | NegativeArraySizeException
        | DateTimeException e) {
      throw new IllegalArgumentException("damaged", e);
    }
  }

  private static int format(int format) {
    if (format != FORMAT && format != FORMAT_BEFORE) {
      throw new IllegalArgumentException("of another format");
    }
    return format;
  }

  private static List<Content> contents(ByteBuffer in, int format) {
    int count = in.getInt();
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contents.add(content(in, format));
    }
    return contents;
  }

  private static Content content(ByteBuffer in, int format) {
    long head = in.getLong();
    long end = in.getLong();
    TextHash hash = new TextHash(in.getLong(), in.getLong());
    boolean array = format == FORMAT && in.get() == 1;
    long goneSince = in.getLong();
    long[] keys = new long[in.getInt()];
    in.asLongBuffer().get(keys);
    in.position(in.position() + keys.length * Long.BYTES);
    return new Content(head, end, hash, array, keys, parts(in), goneSince);
  }

  private static List<Part> parts(ByteBuffer in) {
    int count = in.getInt();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new Part(in.getLong(), in.getInt(), done(in)));
    }
    return parts;
  }

  private static Done done(ByteBuffer in) {
    int flags = in.get();
    @Nullable Instant before = (flags & BEFORE) == 0 ? null : instant(in);
    int count = in.getInt();
    if ((flags & ALL) != 0) {
      return Done.ALL;
    }
    List<TimeWindow> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(new TimeWindow(instant(in), instant(in)));
    }
    return new Done(false, windows, before);
  }

  private static Instant instant(ByteBuffer in) {
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  private static Map<String, Located> files(ByteBuffer in, List<Content> contents) {
    int count = in.getInt();
    Map<String, Located> files = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String path = text(in);
      Stamp stamp = new Stamp(text(in), in.getLong(), in.getLong(), in.getLong(), in.get() == 1);
      int content = in.getInt();
      files.put(path, new Located(path, stamp, content < 0 ? null : contents.get(content)));
    }
    return files;
  }

  private static String text(ByteBuffer in) {
    byte[] utf8 = new byte[in.getInt()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
