package io.governor.sync.count;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The events with violations of one count, each identified by ({@code session_id}, {@code
 * event_id}). What a copy says does not count: only what the event says that was read first, in the
 * order of the sources and not of time. Which one that is, is found out at the end, so that nothing
 * has to be looked up while reading: every event becomes a record of a few longs, kept with those
 * of similar keys, and such a part is small enough to be gone through in memory. What does not fit
 * into the memory that is set aside goes to a temporary file, which says nothing about the events.
 *
 * <p>Threads add through a {@link Recorder} each; when all have done so, one asks for the {@link
 * #occurrences}, once.
 */
final class FirstOccurrences implements Closeable {

  private static final int PIECE_LONGS = 1 << 10;
  private static final long MOST_MEMORY = 64L << 20;

  /** Below so many events a second thread costs more than it helps. */
  private static final long WORTH_A_THREAD = 1 << 15;

  private final Records form;
  private final long memory;
  private final SpillFile file;
  private final Partitions partitions;

  /** Drawn for the first event: a count of nothing needs none, and drawing takes its time. */
  private EventHash.@Nullable Secret secret;

  private final List<Recorder> recorders = new ArrayList<>();

  /**
   * @param rules how many rules are published; they are numbered from 0
   * @param directory where a temporary file may be made
   */
  FirstOccurrences(int rules, Path directory) {
    this(new Records(rules, false), directory, usual(), PIECE_LONGS);
  }

  /** As the other one, for events that are told apart by groups, numbered from 0. */
  static FirstOccurrences grouped(int rules, Path directory) {
    return new FirstOccurrences(new Records(rules, true), directory, usual(), PIECE_LONGS);
  }

  /** With so many bytes of memory and pieces of so many longs. */
  FirstOccurrences(Records form, Path directory, long memory, int pieceLongs) {
    this.form = form;
    this.memory = memory;
    this.file = new SpillFile(directory, Math.max(pieceLongs, form.width()));
    this.partitions = new Partitions(form, 0, memory / 2, file);
  }

  private static long usual() {
    return Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4);
  }

  /** For one thread. */
  synchronized Recorder recorder() {
    Recorder recorder = new Recorder();
    recorders.add(recorder);
    return recorder;
  }

  private synchronized EventHash.Secret secret() {
    EventHash.Secret drawn = secret == null ? EventHash.Secret.random() : secret;
    secret = drawn;
    return drawn;
  }

  /** How many events were added, copies included. */
  synchronized long added() {
    return recorders.stream().mapToLong(recorder -> recorder.added).sum();
  }

  /**
   * Adds up the first occurrence of every event.
   *
   * @param threads how many may be used for it
   * @throws IOException if the temporary file cannot be read or written any more
   */
  Occurrences occurrences(int threads) throws IOException {
    if (added() == 0) {
      return new Occurrences(form);
    }
    int used = (int) Math.max(1, Math.min(threads, added() / WORTH_A_THREAD));
    AtomicInteger next = new AtomicInteger();
    List<FutureTask<Occurrences>> others = new ArrayList<>();
    for (int i = 1; i < used; i++) {
      FutureTask<Occurrences> task = new FutureTask<>(() -> some(next, used));
      others.add(task);
      Thread thread = new Thread(task, "governor-count-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    Occurrences all = some(next, used);
    for (FutureTask<Occurrences> other : others) {
      all.add(result(other));
    }
    return all;
  }

  private static Occurrences result(FutureTask<Occurrences> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("adding up the occurrences failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while counting", e);
    }
  }

  /** Goes through partitions as long as there is one that nobody has taken. */
  private Occurrences some(AtomicInteger next, int threads) throws IOException {
    Occurrences found = new Occurrences(form);
    Resolving resolving = new Resolving(found, memory / 2 / threads);
    for (int i = next.getAndIncrement(); i < Partitions.COUNT; i = next.getAndIncrement()) {
      resolving.one(partitions, 0, i);
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Adds the events that one thread reads. Confined to that thread. */
  final class Recorder {

    private @Nullable EventHash keys;
    private final Partitions.Writer writer = partitions.writer();
    private final long[] ruleWords = new long[form.ruleWords()];
    private int group;
    private long added;

    /** The event that will be added next violated the published rule of this number. */
    void violated(int rule) {
      Records.set(ruleWords, rule);
    }

    /** The event that will be added next violated a rule that is not published. */
    void violatedUnpublished() {
      ruleWords[0]++;
    }

    /** The events that are added from here on are in this group. */
    void in(int newGroup) {
      group = newGroup;
    }

    /** Adds the event that was gone to. */
    void add(FoundEvents found, long order) throws IOException {
      for (int i = 0; i < found.ruleCount(); i++) {
        Records.set(ruleWords, found.rule(i));
      }
      ruleWords[0] += found.unpublished();
      add(
          found.ids(),
          found.sessionFrom(),
          found.sessionLength(),
          found.eventFrom(),
          found.eventLength(),
          order);
    }

    /**
     * Adds an event with the violations named since the last one.
     *
     * @param bytes holds both ids, without their escapes, as {@link IdBytes} has them; the caller
     *     goes on to use the array
     * @param order says which of two copies was read first: a number that no other event has
     */
    void add(
        byte[] bytes,
        int sessionFrom,
        int sessionLength,
        int eventFrom,
        int eventLength,
        long order)
        throws IOException {
      EventHash hash = keys();
      hash.make(bytes, sessionFrom, sessionLength, eventFrom, eventLength);
      int at = writer.next(hash.high());
      long[] piece = writer.piece();
      piece[at + Records.HIGH] = hash.high();
      piece[at + Records.LOW] = hash.low();
      piece[at + Records.ORDER] = order;
      for (int i = 0; i < ruleWords.length; i++) {
        piece[at + Records.RULES + i] = ruleWords[i];
        ruleWords[i] = 0;
      }
      form.setGroup(piece, at, group);
      added++;
    }

    private EventHash keys() {
      EventHash made = keys == null ? new EventHash(secret()) : keys;
      keys = made;
      return made;
    }
  }

  /** Finds the first occurrences of one partition after the other. Confined to one thread. */
  private final class Resolving {

    private final Occurrences found;
    private final RecordTable table;
    private final SpillFile.Page page = file.new Page();

    Resolving(Occurrences found, long bytes) {
      this.found = found;
      this.table = new RecordTable(form, bytes);
    }

    void one(Partitions from, int level, int partition) throws IOException {
      Overflow overflow = new Overflow(level + 1);
      from.take(partition, page, overflow);
      if (overflow.parted == null) {
        found.add(table.records(), table.end());
        table.clear();
      } else {
        for (int i = 0; i < Partitions.COUNT; i++) {
          one(overflow.parted, level + 1, i);
        }
      }
    }

    /** Takes records into the table, and once that is full, all of them into a finer division. */
    private final class Overflow implements Partitions.Visitor {

      private final int level;
      private @Nullable Partitions parted;
      private Partitions.@Nullable Writer writer;

      Overflow(int level) {
        this.level = level;
      }

      @Override
      public void visit(long[] piece, int end) throws IOException {
        for (int at = 0; at < end; at += form.width()) {
          if (writer != null) {
            add(writer, piece, at);
          } else if (!table.add(piece, at)) {
            divide(piece, at);
          }
        }
      }

      private void divide(long[] piece, int at) throws IOException {
        Partitions finer = new Partitions(form, level, 0, file);
        Partitions.Writer to = finer.writer();
        for (int kept = 0; kept < table.end(); kept += form.width()) {
          add(to, table.records(), kept);
        }
        table.clear();
        add(to, piece, at);
        parted = finer;
        writer = to;
      }

      private void add(Partitions.Writer to, long[] piece, int at) throws IOException {
        int place = to.next(piece[at + Records.HIGH]);
        System.arraycopy(piece, at, to.piece(), place, form.width());
      }
    }
  }
}
