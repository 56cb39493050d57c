package io.governor.sync.count;

import io.governor.event.EventDecoder;
import io.governor.event.MalformedEventException;
import io.governor.sync.CountProgress;
import io.governor.sync.RuleCounts;
import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Counts slices of trace files in one run: an event that stands in several of them counts once, and
 * of copies that differ the one in the first slice counts. A file that cannot be read, or no longer
 * has the slice, is reported and passed over. Immutable; any thread may use it.
 */
public final class SliceCounter {

  private final RuleCounts zero;
  private final CountProgress progress;

  /**
   * @param zero a zero for each rule to be counted
   */
  public SliceCounter(RuleCounts zero) {
    this(zero, CountProgress.NONE);
  }

  private SliceCounter(RuleCounts zero, CountProgress progress) {
    this.zero = zero;
    this.progress = progress;
  }

  /** Tells how far it has come. */
  public SliceCounter reportingTo(CountProgress newProgress) {
    return new SliceCounter(zero, newProgress);
  }

  /**
   * Reads the slices.
   *
   * @throws IOException if what must be remembered to find copies cannot be kept
   */
  public SliceCount count(List<TraceSlice> slices) throws IOException {
    try (SeenEvents seen = new HashedEvents()) {
      CountTally tally = new CountTally(zero, seen, new CountingProgress(progress, List.of()));
      List<Long> consumed = new ArrayList<>();
      ReadReport read = ReadReport.EMPTY;
      for (TraceSlice slice : slices) {
        tally.use(slice.times());
        Reading reading = new Reading(slice, tally);
        reading.run();
        read = read.plus(reading.report());
        consumed.add(reading.consumed);
      }
      return new SliceCount(tally.report(read), consumed);
    }
  }

  private static final class Reading {

    private final TraceSlice slice;
    private final CountTally tally;
    private final List<ReadProblem> problems = new ArrayList<>();
    private long events;
    private long malformed;
    private long torn;
    private long unreadable;
    private long consumed;
    private long number;

    Reading(TraceSlice slice, CountTally tally) {
      this.slice = slice;
      this.tally = tally;
      this.consumed = slice.from();
    }

    ReadReport report() {
      return new ReadReport(events, malformed, torn, unreadable, problems);
    }

    void run() {
      try (InputStream in = open()) {
        in.skipNBytes(slice.from());
        lines(in);
      } catch (IOException e) {
        unreadable++;
        problems.add(new ReadProblem(slice.file().toString(), 0, "cannot be read"));
      }
    }

    private InputStream open() throws IOException {
      InputStream in = new BufferedInputStream(Files.newInputStream(slice.file()));
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }

    private void lines(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (long at = slice.from(); at < slice.to(); at++) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        if (b == '\n') {
          number++;
          line(line.toByteArray(), true);
          line.reset();
          consumed = at + 1;
        } else {
          line.write(b);
        }
      }
      number++;
      if (line.size() > 0 && line(line.toByteArray(), false)) {
        consumed += line.size();
      }
    }

    private boolean line(byte[] line, boolean ended) {
      if (new String(line, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
        return true;
      }
      try {
        tally.visit(EventDecoder.head(line, 0, line.length));
        events++;
        return true;
      } catch (MalformedEventException e) {
        if (ended || e.isOverBound()) {
          malformed++;
        } else {
          torn++;
        }
        String reason = ended ? e.reason() : "torn last line";
        problems.add(new ReadProblem(slice.file().toString(), number, reason));
        return ended || e.isOverBound();
      }
    }
  }
}
