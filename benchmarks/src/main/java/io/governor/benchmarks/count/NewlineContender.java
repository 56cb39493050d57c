package io.governor.benchmarks.count;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** The limit: every byte is looked at once, to count the ends of lines, and nothing else. */
final class NewlineContender implements Contender {

  private final int threads;

  NewlineContender(int threads) {
    this.threads = threads;
  }

  @Override
  public Counted count(List<Path> directories) throws Exception {
    long lines = 0;
    for (long some : Split.inThreads(threads, directories, Lines::new)) {
      lines += some;
    }
    return new Counted(lines, null);
  }

  private static final class Lines implements Split.Work<Long> {

    private final byte[] buffer = new byte[1 << 18];
    private long lines;

    @Override
    public void take(Split split) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(split.file().toFile(), "r")) {
        file.seek(split.from());
        long left = split.to() - split.from();
        while (left > 0) {
          int read = file.read(buffer, 0, (int) Math.min(buffer.length, left));
          lines += linesIn(read);
          left -= read;
        }
      }
    }

    private int linesIn(int length) {
      int found = 0;
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          found++;
        }
      }
      return found;
    }

    @Override
    public Long result() {
      return lines;
    }
  }
}
