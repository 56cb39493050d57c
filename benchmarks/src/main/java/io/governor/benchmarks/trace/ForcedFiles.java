package io.governor.benchmarks.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file for each caller, who forces every line to the disk. */
final class ForcedFiles implements Stage {

  private final Path folder;
  private final byte[] line;
  private final List<FileChannel> open = new ArrayList<>();

  ForcedFiles(Path folder, byte[] line) {
    this.folder = folder;
    this.line = line;
  }

  @Override
  public synchronized Append caller() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("forced-" + open.size()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.APPEND);
    open.add(channel);
    return () -> {
      channel.write(ByteBuffer.wrap(line));
      channel.force(false);
    };
  }

  @Override
  public synchronized void close() throws IOException {
    for (FileChannel channel : open) {
      channel.close();
    }
  }
}
