package io.governor.sync.count;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a part of a file. Confined to one thread; several may read one channel. */
final class ChannelBytes implements ByteSource {

  private final FileChannel channel;
  private final long end;
  private long position;
  private boolean isShort;

  ChannelBytes(FileChannel channel, long from, long end) {
    this.channel = channel;
    this.position = from;
    this.end = end;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (position >= end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - position);
    int read = channel.read(ByteBuffer.wrap(into, from, wanted), position);
    isShort = read < 0;
    position += Math.max(0, read);
    return read;
  }

  /** Whether the file ended before the part did. */
  boolean isShort() {
    return isShort;
  }
}
