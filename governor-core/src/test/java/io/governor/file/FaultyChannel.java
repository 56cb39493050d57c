package io.governor.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A channel of {@link FaultyFiles}: reading, locking, forcing and closing fail as they are told.
 */
final class FaultyChannel extends FileChannel {

  private static final String DEVICE = "Input/output error";

  private final FileChannel channel;
  private final Path path;
  private final Faults faults;

  FaultyChannel(FileChannel channel, Path path, Faults faults) {
    this.channel = channel;
    this.path = path;
    this.faults = faults;
    faults.opened();
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    faults.call("read", path, DEVICE);
    return channel.read(to);
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    faults.call("read", path, DEVICE);
    return channel.read(to, offset, length);
  }

  @Override
  public int read(ByteBuffer to, long position) throws IOException {
    faults.call("read", path, DEVICE);
    return channel.read(to, position);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    faults.call("write", path, "No space left on device");
    return channel.write(from);
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    faults.call("write", path, "No space left on device");
    return channel.write(from, offset, length);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    faults.call("write", path, "No space left on device");
    return channel.write(from, position);
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    channel.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    faults.call("force", path, DEVICE);
    channel.force(metaData);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return channel.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return channel.transferFrom(source, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return channel.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    faults.call("lock", path, DEVICE);
    return channel.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    faults.call("lock", path, DEVICE);
    return channel.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    channel.close();
    faults.closed();
    faults.call("close", path, DEVICE);
  }
}
