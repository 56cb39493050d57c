package io.governor.sync.count;

import io.governor.sync.CountProgress;
import io.governor.trace.Position;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Turns positions into {@link CountProgress}. Confined to one thread. */
final class CountingProgress {

  private static final long UNKNOWN = -1;
  private static final long STEP = 1 << 20;

  private final CountProgress listener;
  private final long total;
  private String source = "";
  private long before;
  private long here;
  private long told;

  CountingProgress(CountProgress listener, List<TraceSource> sources) {
    this.listener = listener;
    // Sizing looks at every file once more; not for someone who does not listen.
    this.total = listener == CountProgress.NONE ? UNKNOWN : size(sources);
  }

  void at(Position at) {
    // A source that is named twice begins again.
    if (at.byteOffset() < here || !at.source().equals(source)) {
      before += here;
      source = at.source();
    }
    here = at.byteOffset() + at.byteLength();
    if (before + here - told >= STEP) {
      tell(before + here);
    }
  }

  void done() {
    tell(Math.max(total, before + here));
  }

  private void tell(long read) {
    told = read;
    // A file that is being written may have grown since.
    listener.at(read, total == UNKNOWN ? UNKNOWN : Math.max(total, read));
  }

  private static long size(List<TraceSource> sources) {
    long size = 0;
    for (TraceSource source : sources) {
      long one = source instanceof TraceSource.OnDisk onDisk ? size(onDisk.path()) : UNKNOWN;
      if (one == UNKNOWN) {
        return UNKNOWN;
      }
      size += one;
    }
    return size;
  }

  private static long size(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return sizeBelow(path);
      }
      return attributes.isRegularFile() ? attributes.size() : UNKNOWN;
    } catch (IOException | UncheckedIOException e) {
      // Reading will come upon the same trouble and say so.
      return UNKNOWN;
    }
  }

  private static long sizeBelow(Path directory) throws IOException {
    try (Stream<Path> files =
        Files.find(
            directory,
            Integer.MAX_VALUE,
            (file, attributes) -> attributes.isRegularFile() && file.toString().endsWith(".jsonl"),
            FileVisitOption.FOLLOW_LINKS)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
