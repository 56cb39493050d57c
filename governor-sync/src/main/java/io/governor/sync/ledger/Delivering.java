package io.governor.sync.ledger;

import io.governor.sync.SentBody;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Stores a window with all that follows from it, sends it, and takes it for counted once it is
 * accepted. Used with the lock held.
 *
 * @param files where everything is
 * @param disk writes it
 * @param clock says when now is
 */
record Delivering(
    LedgerFiles files, SyncStateFile stateFile, History history, Disk disk, InstantSource clock) {

  /** Stores a window and all that follows from it; the state does not know of it yet. */
  PendingWindow store(LedgerState ledger, Preparation made) throws SyncException {
    PendingWindow pending = pending(ledger.accepted() + 1, made);
    Positions after = made.tally().after();
    try {
      if (after != null) {
        disk.replace(
            files.positions(LedgerFiles.positionsOf(pending.number())),
            PositionsCodec.write(after));
      }
      disk.replace(files.window(pending.number()), HistoryEntry.beginning(pending, made));
    } catch (IOException e) {
      throw SyncException.localFiles(
          "cannot write to " + files.directory() + "; nothing was sent", e);
    }
    return pending;
  }

  private PendingWindow pending(long number, Preparation made) {
    byte[] body = made.payload().toJson();
    return new PendingWindow(
        number,
        new String(body, StandardCharsets.US_ASCII),
        PendingWindow.sha256(body),
        made.window(),
        made.asked(),
        made.tally().after() == null ? null : LedgerFiles.positionsOf(number),
        made.carried(),
        made.noise(),
        clock.instant(),
        0,
        null);
  }

  /** What holds once a window is accepted, and what was sent. */
  record Accepted(SyncState state, SentBody sent) {}

  /** Sends a window until it is accepted, and takes it for counted. */
  Accepted deliver(SyncState state, PendingWindow window, Sender sender) throws SyncException {
    byte[] body = window.verified();
    byte[] beginning = beginning(window);
    Instant now = clock.instant();
    // On the disk before the first byte leaves. A crash in the middle counts as one attempt.
    stateFile.write(waiting(state, window.attempted(1, now)));
    int attempts = attempts(body, sender, state, window, now);
    PendingWindow sent = window.attempted(attempts, now);
    Instant accepted = clock.instant();
    SyncState after = state.with(accept(state.ledger(), sent, accepted, beginning));
    stateFile.write(after);
    forget(after.ledger());
    return new Accepted(after, sent.told(accepted));
  }

  private static SyncState waiting(SyncState state, PendingWindow window) {
    return state.with(state.ledger().waitingFor(window));
  }

  private int attempts(
      byte[] body, Sender sender, SyncState state, PendingWindow window, Instant now)
      throws SyncException {
    try {
      return sender.send(body);
    } catch (SyncException e) {
      SyncException told = failed(e, window);
      if (e.attempts() != 1) {
        remember(waiting(state, window.attempted(e.attempts(), now)), told);
      }
      throw told;
    }
  }

  private static SyncException failed(SyncException e, PendingWindow window) {
    SyncException told =
        SyncException.exchange(
            e.kind(),
            e.delivery(),
            e.attempts(),
            e.getMessage()
                + "; the window "
                + window.window()
                + " waits, and the next run sends it first");
    told.initCause(e);
    return told;
  }

  /** What is told of the exchange matters more than how often it was tried. */
  private void remember(SyncState state, SyncException told) {
    try {
      stateFile.write(state);
    } catch (SyncException e) {
      told.addSuppressed(e);
    }
  }

  /** What the line of a window in the history begins with. */
  byte[] beginning(PendingWindow window) throws SyncException {
    Path file = files.window(window.number());
    try {
      return files.read(file);
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + file, e);
    }
  }

  private LedgerState accept(
      LedgerState ledger, PendingWindow window, Instant accepted, byte[] beginning)
      throws SyncException {
    try {
      byte[] line = HistoryEntry.line(beginning, window.attempts(), accepted);
      long bytes = history.add(beginning, line, ledger.historyBytes());
      return ledger.accepted(window, bytes);
    } catch (IOException e) {
      throw SyncException.localFiles(
          "the window "
              + window.window()
              + " was accepted, but that cannot be written to "
              + files.directory()
              + "; the next run sends the same bytes again, and they count once",
          e);
    }
  }

  /** Removes what a run left behind that did not come to its end. */
  void tidy(LedgerState ledger) throws IOException {
    for (Path file : files.unnamed(ledger)) {
      disk.delete(file);
    }
  }

  /** As {@link #tidy}; what cannot be removed now is removed by the next run. */
  private void forget(LedgerState ledger) {
    try {
      tidy(ledger);
    } catch (IOException e) {
      // Nothing names these files, so they do no harm.
    }
  }
}
