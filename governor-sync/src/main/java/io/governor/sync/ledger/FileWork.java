package io.governor.sync.ledger;

import io.governor.sync.CountedRange;
import io.governor.sync.DeclaredLoss;
import io.governor.sync.count.EventTimes;
import io.governor.sync.count.TraceSlice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to do with one file that was read, and what holds afterwards. Immutable.
 *
 * @param stamp how the file looked before it was read
 */
record FileWork(Path file, Stamp stamp, Recognised text, Asked asked) {

  List<TraceSlice> slices() {
    List<TraceSlice> slices = new ArrayList<>();
    for (Piece piece : text.pieces()) {
      EventTimes times = times(piece);
      if (times != null) {
        slices.add(new TraceSlice(file, piece.from(), piece.to(), times, text.form()));
      }
    }
    return slices;
  }

  private @Nullable EventTimes times(Piece piece) {
    return piece.lost() && !asked.again() ? null : asked.times(piece.done());
  }

  /**
   * How far the text was dealt with, given how far each of its slices was; negative when that is
   * nowhere the text could be known by.
   */
  long end(List<Long> consumed) {
    long end = 0;
    int slice = 0;
    for (Piece piece : text.pieces()) {
      long reached = times(piece) == null ? piece.to() : consumed.get(slice++);
      if (reached != piece.to() && piece.to() != text.scan().size()) {
        return -1;
      }
      end = reached;
    }
    return end <= 0 || text.scan().canEndAt(end) ? end : -1;
  }

  /** The text as it is known from now on, or null when nothing of it was dealt with. */
  @Nullable Content after(long end) {
    if (end == 0) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    for (Piece piece : text.pieces()) {
      if (piece.from() < end) {
        long to = Math.min(piece.to(), end);
        Done done = piece.lost() ? Done.ALL : asked.after(piece);
        Part.add(parts, new Part(to, text.keysUntil(to), done));
      }
    }
    return text.content(end, parts);
  }

  List<DeclaredLoss> losses() {
    List<DeclaredLoss> losses = new ArrayList<>();
    for (Piece piece : text.pieces()) {
      if (piece.lost()) {
        add(losses, new DeclaredLoss(file.toString(), piece.from(), piece.to(), piece.lines()));
      }
    }
    return losses;
  }

  /** Lines are lost together when no event that counts stands between them. */
  private void add(List<DeclaredLoss> losses, DeclaredLoss loss) {
    int last = losses.size() - 1;
    if (last >= 0 && text.keysUntil(losses.get(last).to()) == text.keysUntil(loss.from())) {
      DeclaredLoss before = losses.get(last);
      losses.set(
          last,
          new DeclaredLoss(loss.file(), before.from(), loss.to(), before.lines() + loss.lines()));
    } else {
      losses.add(loss);
    }
  }

  /**
   * What was counted.
   *
   * @param events how many each of its slices had of those that the run was to deal with
   */
  List<CountedRange> ranges(long end, List<Long> events) {
    List<TraceSlice> slices = slices();
    List<CountedRange> ranges = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      TraceSlice slice = slices.get(i);
      long to = Math.min(slice.to(), end);
      if (to > slice.from() && events.get(i) > 0) {
        ranges.add(new CountedRange(file.toString(), slice.from(), to));
      }
    }
    return ranges;
  }
}
