package io.governor.sync.count;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how much of a stream was read. Confined to one thread. */
final class CountedStream extends FilterInputStream {

  private final ProgressMeter progress;

  CountedStream(InputStream in, ProgressMeter progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    progress.advance(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = in.read(into, from, length);
    progress.advance(read);
    return read;
  }
}
