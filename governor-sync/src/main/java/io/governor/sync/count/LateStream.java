package io.governor.sync.count;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A pipe or device, opened when it is first read, because opening may wait for a writer. Closes
 * itself at its end. Confined to one thread.
 */
final class LateStream extends InputStream {

  private final Path path;
  private @Nullable InputStream in;

  LateStream(Path path) {
    this.path = path;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    InputStream opened = in == null ? Files.newInputStream(path) : in;
    in = opened;
    int read = opened.read(into, from, length);
    if (read < 0) {
      opened.close();
      in = InputStream.nullInputStream();
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
