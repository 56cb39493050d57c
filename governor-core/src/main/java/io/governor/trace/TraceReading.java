package io.governor.trace;

import io.governor.crypt.ClearText;
import io.governor.crypt.DecryptionException;
import io.governor.crypt.KeyProvider;
import io.governor.event.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** One reading of one source. Confined to one thread. */
final class TraceReading<T> {

  interface Decoder<T> {
    T decode(byte[] line, int offset, int length) throws MalformedEventException;
  }

  private final Decoder<T> decoder;
  private final TraceVisitor<T> visitor;
  private final Predicate<Path> known;
  private final ReadTally tally = new ReadTally();
  private boolean stopped;

  TraceReading(Decoder<T> decoder, TraceVisitor<T> visitor) {
    this(decoder, visitor, file -> false);
  }

  /**
   * @param known says of a file below a directory that it need not be read
   */
  TraceReading(Decoder<T> decoder, TraceVisitor<T> visitor, Predicate<Path> known) {
    this.decoder = decoder;
    this.visitor = visitor;
    this.known = known;
  }

  ReadReport read(TraceSource source) throws IOException {
    if (source instanceof TraceSource.OnDisk onDisk) {
      path(onDisk.path(), onDisk.keys());
    } else if (source instanceof TraceSource.Stream stream) {
      try {
        stream(stream.name(), ClearText.of(stream.in(), stream.keys()));
      } catch (IOException e) {
        throw IoReason.at(stream.name(), e);
      }
    }
    return tally.report();
  }

  ReadReport read(Path file, InputStream text) throws IOException {
    try {
      file(file, text);
    } catch (IOException e) {
      throw IoReason.at(file.toString(), e);
    }
    return tally.report();
  }

  private void path(Path path, KeyProvider keys) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isDirectory()) {
        open(path, keys, attributes.isRegularFile());
        return;
      }
    } catch (IOException e) {
      throw IoReason.at(path.toString(), e);
    }
    directory(path, keys);
  }

  private void open(Path path, KeyProvider keys, boolean regular) throws IOException {
    try (InputStream in = ClearText.of(Files.newInputStream(path), keys)) {
      if (regular) {
        file(path, in);
      } else {
        stream(path.toString(), in);
      }
    }
  }

  private void directory(Path directory, KeyProvider keys) throws IOException {
    for (Path file : TraceFiles.below(directory, tally)) {
      if (stopped) {
        return;
      }
      if (known.test(file)) {
        continue;
      }
      InputStream opened;
      try {
        opened = Files.newInputStream(file);
      } catch (IOException e) {
        tally.unreadable(file.toString(), IoReason.of(e));
        continue;
      }
      try (InputStream in = ClearText.of(opened, keys)) {
        file(file, in);
      } catch (DecryptionException e) {
        passOver(file, e);
      } catch (IOException e) {
        throw IoReason.at(file.toString(), e);
      }
    }
  }

  /** What nobody here can open is as a file that nobody may open. */
  private void passOver(Path file, DecryptionException e) throws IOException {
    if (e.reason() != DecryptionException.Reason.NO_KEY) {
      throw IoReason.at(file.toString(), e);
    }
    tally.unreadable(file.toString(), IoReason.of(e));
  }

  private void file(Path file, InputStream in) throws IOException {
    LineReader lines = new LineReader(in);
    if (lines.skipToFirstByte() == '[' && JsonArrayFile.is(file)) {
      try (InputStream again = Files.newInputStream(file)) {
        records(file.toString(), ArrayItems.of(again));
      }
    } else {
      records(file.toString(), lines);
    }
  }

  private void stream(String name, InputStream in) throws IOException {
    LineReader lines = new LineReader(in);
    if (lines.skipToFirstByte() != '[') {
      records(name, lines);
      return;
    }
    long offset = lines.nextOffset();
    long line = lines.nextLine();
    // Owner-only, as files of this method are unless told otherwise.
    Path copy = Files.createTempFile("governor-", ".jsonl");
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        lines.spool(out);
      }
      try (InputStream spooled = Files.newInputStream(copy)) {
        records(
            name,
            JsonArrayFile.is(copy)
                ? ArrayItems.of(spooled, offset, line)
                : new LineReader(spooled, offset, line));
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void records(String name, Records records) throws IOException {
    tally.beginSource(name);
    try {
      while (!stopped && records.next()) {
        record(name, records);
      }
    } finally {
      tally.endSource();
    }
  }

  private void record(String name, Records in) {
    byte[] bytes = in.buffer();
    int from = in.start();
    int to = from + in.length();
    while (from < to && Blank.is(bytes[to - 1])) {
      to--;
    }
    while (from < to && Blank.is(bytes[from])) {
      from++;
    }
    if (from == to && !in.tooLong()) {
      return;
    }
    T event;
    try {
      if (in.tooLong()) {
        throw MalformedEventException.tooLong();
      }
      event = decoder.decode(bytes, from, to - from);
    } catch (MalformedEventException e) {
      if (in.ended() || e.isOverBound()) {
        tally.malformed(in.line(), e.reason());
      } else {
        tally.torn(in.line());
      }
      return;
    }
    tally.event();
    long offset = in.offset() + from - in.start();
    stopped = !visitor.visit(event, new Position(name, in.line(), offset, to - from));
  }
}
