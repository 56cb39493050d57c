package io.governor.sync.count;

import io.governor.crypt.ClearText;
import io.governor.crypt.KeyProvider;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file's text from its beginning to an end, decompressed and decrypted if need be. Confined to
 * one thread.
 */
public final class TextStream extends FilterInputStream {

  private static final int ZIP_CHUNK = 1 << 16;

  private final long end;
  private long count;

  private TextStream(InputStream in, long end) {
    super(in);
    this.end = end;
  }

  static boolean isGzip(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(2);
    int read = channel.read(start, 0);
    return TextStart.isGzip(start.array(), 0, read);
  }

  /**
   * Opens a file.
   *
   * @param end where the text ends for the reader
   * @param keys open what is encrypted
   * @param progress hears how much of the file, as it lies there, was read
   */
  static TextStream open(
      Path file, boolean zipped, long end, KeyProvider keys, ProgressMeter progress)
      throws IOException {
    InputStream in = new CountedStream(Files.newInputStream(file), progress);
    try {
      return new TextStream(ClearText.of(zipped ? unzipped(in) : in, keys), end);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * A whole text, decompressed (RFC 1952) if it begins as such.
   *
   * @param in at its beginning, able to go back there
   */
  public static InputStream text(BufferedInputStream in) throws IOException {
    byte[] start = new byte[2];
    in.mark(start.length);
    int read = in.readNBytes(start, 0, start.length);
    in.reset();
    return TextStart.isGzip(start, 0, read) ? unzipped(in) : in;
  }

  static InputStream unzipped(InputStream in) throws IOException {
    return new GZIPInputStream(new Honest(in), ZIP_CHUNK);
  }

  /** How far it was read. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (count >= end) {
      return -1;
    }
    int read = in.read(into, from, (int) Math.min(length, end - count));
    count += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = in.skip(Math.min(bytes, end - count));
    count += skipped;
    return skipped;
  }

  /**
   * Says that nothing is available only at the end. A file may be several gzip files one after the
   * other, and that is how the JDK decides whether there is another.
   */
  private static final class Honest extends PushbackInputStream {

    Honest(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      int next = read();
      if (next < 0) {
        return 0;
      }
      unread(next);
      return 1;
    }
  }
}
