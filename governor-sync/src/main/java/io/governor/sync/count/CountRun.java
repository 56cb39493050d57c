package io.governor.sync.count;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One count. Threads take units, read them side by side, and add them up in order, one at a time:
 * whoever finishes the unit that is next adds it, and those that wait behind it. Nobody reads far
 * ahead, so that little waits.
 *
 * <p>The thread that counts takes part, and others are started when there is work for them, so a
 * small count has none. They are daemons, and gone when the count returns.
 */
final class CountRun {

  private static final int LONGEST_END_MILLIS = 200;

  private final Units units;
  private final RunTally tally;
  private final RuleTable rules;
  private final ProgressMeter progress;
  private final int threads;
  private final int ahead;

  // What follows is guarded by this.
  private final Map<Long, Unit> read = new HashMap<>();
  private final Deque<FoundEvents> spare = new ArrayDeque<>();
  private final List<Thread> helpers = new ArrayList<>();
  private long dealt;
  private long added;
  private boolean adding;
  private int working = 1;
  private @Nullable Throwable failure;

  CountRun(Units units, RunTally tally, RuleTable rules, ProgressMeter progress, int threads) {
    this.units = units;
    this.tally = tally;
    this.rules = rules;
    this.progress = progress;
    this.threads = threads;
    this.ahead = 2 * threads + 2;
  }

  /** Thrown through a reading whose run has failed elsewhere. */
  private static final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Stopped() {
      super(null, null, false, false);
    }
  }

  void run() throws IOException {
    work();
    awaitHelpers();
    Throwable failed = failure();
    if (failed instanceof IOException e) {
      throw e;
    }
    if (failed instanceof RuntimeException e) {
      throw e;
    }
    if (failed instanceof Error e) {
      throw e;
    }
    progress.done();
  }

  private synchronized @Nullable Throwable failure() {
    return failure;
  }

  private void work() {
    try {
      readUnits();
    } finally {
      leave();
    }
  }

  private void readUnits() {
    try (PieceReader reader = new PieceReader(rules, progress, this::drain)) {
      for (Unit unit = take(); unit != null; unit = take()) {
        reader.read(unit);
        give(unit);
      }
    } catch (Stopped e) {
      // Whoever failed has said why.
    } catch (InterruptedException e) {
      fail(interrupted());
    } catch (Throwable e) {
      fail(e);
    }
  }

  private synchronized void leave() {
    working--;
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** The next unit, when its turn is not too far off; null when there is nothing left to do. */
  private synchronized @Nullable Unit take() throws InterruptedException {
    while (dealt - added >= ahead && failure == null) {
      wait();
    }
    List<Piece> pieces = failure == null ? units.next() : null;
    if (pieces == null) {
      return null;
    }
    if (units.hasMore() && helpers.size() < threads - 1) {
      help();
    }
    FoundEvents found = spare.poll();
    return new Unit(dealt++, pieces, found == null ? new FoundEvents() : found);
  }

  private void help() {
    Thread helper = new Thread(this::work, "governor-count-" + (helpers.size() + 1));
    helper.setDaemon(true);
    helper.start();
    helpers.add(helper);
    working++;
  }

  /** Hands in a unit that was read, and adds up those whose turn it is. */
  private void give(Unit unit) throws IOException {
    synchronized (this) {
      read.put(unit.number, unit);
    }
    for (Unit next = begin(); next != null; next = begin()) {
      tally.add(next);
      end(next);
    }
  }

  private synchronized @Nullable Unit begin() {
    if (adding || failure != null) {
      return null;
    }
    Unit next = read.remove(added);
    adding = next != null;
    return next;
  }

  private synchronized void end(Unit unit) {
    adding = false;
    added++;
    spare.push(unit.found);
    notifyAll();
  }

  /** Waits for the turn of a unit that is being read, and adds what it holds so far. */
  private void drain(Unit unit, PieceTally current) {
    try {
      awaitTurn(unit);
      tally.addSoFar(unit, current.piece);
    } catch (InterruptedException e) {
      fail(interrupted());
      throw new Stopped();
    } catch (IOException e) {
      fail(e);
      throw new Stopped();
    }
  }

  private synchronized void awaitTurn(Unit unit) throws InterruptedException {
    while ((added != unit.number || adding) && failure == null) {
      wait();
    }
    if (failure != null) {
      throw new Stopped();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the count was interrupted");
  }

  /** One that waits for a stream cannot be ended; it finds out when the stream goes on. */
  private void awaitHelpers() {
    try {
      awaitReaders();
      for (Thread helper : helpers()) {
        helper.join(LONGEST_END_MILLIS);
      }
    } catch (InterruptedException e) {
      fail(interrupted());
    }
  }

  private synchronized void awaitReaders() throws InterruptedException {
    while (working > 0 && failure == null) {
      wait();
    }
  }

  private synchronized List<Thread> helpers() {
    return List.copyOf(helpers);
  }
}
