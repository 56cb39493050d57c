package io.governor.sync.count;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records by eight bits of their keys, in pieces of one size: in memory as long as there is room,
 * afterwards in a file. Threads add through a {@link Writer} each; when all of them are done, they
 * take the partitions.
 */
final class Partitions {

  static final int BITS = 8;
  static final int COUNT = 1 << BITS;

  /** What takes the records of a partition. */
  interface Visitor {
    /**
     * @param piece records one behind the other; used again afterwards
     * @param end where they end
     */
    void visit(long[] piece, int end) throws IOException;
  }

  private static final class Part {
    final List<long[]> inMemory = new ArrayList<>();
    int[] inFile = new int[4];
    int inFileCount;

    void addInFile(int place) {
      if (inFileCount == inFile.length) {
        inFile = Arrays.copyOf(inFile, 2 * inFileCount);
      }
      inFile[inFileCount++] = place;
    }
  }

  private final Records form;
  private final int shift;
  private final SpillFile file;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock, until nobody adds any more.
  private final Part[] parts = new Part[COUNT];
  private final List<Writer> writers = new ArrayList<>();
  private long roomInMemory;

  /**
   * @param level how many times the records were parted before
   * @param bytesInMemory what full pieces may take
   */
  Partitions(Records form, int level, long bytesInMemory, SpillFile file) {
    this.form = form;
    this.shift = Long.SIZE - BITS * (level + 1);
    this.roomInMemory = bytesInMemory;
    this.file = file;
    Arrays.setAll(parts, i -> new Part());
  }

  Writer writer() {
    Writer writer = new Writer();
    lock.lock();
    try {
      writers.add(writer);
    } finally {
      lock.unlock();
    }
    return writer;
  }

  /** Shows a partition's records, which are then no longer kept in memory. */
  void take(int partition, SpillFile.Page page, Visitor visitor) throws IOException {
    Part part = parts[partition];
    for (long[] piece : part.inMemory) {
      visitor.visit(piece, form.fullEnd(piece));
    }
    part.inMemory.clear();
    long[] piece = new long[part.inFileCount == 0 ? 0 : file.longs()];
    for (int i = 0; i < part.inFileCount; i++) {
      page.read(part.inFile[i], piece);
      visitor.visit(piece, form.fullEnd(piece));
    }
    for (Writer writer : writers) {
      writer.take(partition, visitor);
    }
  }

  /** Adds records. Confined to one thread. */
  final class Writer {

    private final long[][] pieces = new long[COUNT][];
    private final int[] ends = new int[COUNT];
    private SpillFile.@Nullable Page page;

    private long[] piece = new long[0];

    /** Makes room for the record of this key and tells where in {@link #piece} it is. */
    int next(long high) throws IOException {
      int partition = (int) (high >>> shift) & (COUNT - 1);
      long[] open = pieces[partition];
      int end = ends[partition];
      if (open == null) {
        open = new long[file.longs()];
        pieces[partition] = open;
      } else if (end + form.width() > open.length) {
        open = full(partition, open);
        pieces[partition] = open;
        end = 0;
      }
      ends[partition] = end + form.width();
      piece = open;
      return end;
    }

    long[] piece() {
      return piece;
    }

    private long[] full(int partition, long[] full) throws IOException {
      int place;
      lock.lock();
      try {
        if (roomInMemory >= (long) full.length * Long.BYTES) {
          roomInMemory -= (long) full.length * Long.BYTES;
          parts[partition].inMemory.add(full);
          return new long[full.length];
        }
        place = file.place();
        parts[partition].addInFile(place);
      } finally {
        lock.unlock();
      }
      if (page == null) {
        page = file.new Page();
      }
      page.write(place, full);
      return full;
    }

    private void take(int partition, Visitor visitor) throws IOException {
      long[] open = pieces[partition];
      if (open != null) {
        visitor.visit(open, ends[partition]);
        pieces[partition] = null;
      }
    }
  }
}
