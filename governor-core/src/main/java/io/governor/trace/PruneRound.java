package io.governor.trace;

import io.governor.trace.TraceRemoval.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One automatic pruning on its way, in steps that may be those of several processes: first all
 * traces are looked at, part by part, then the oldest go, one by one. It remembers the {@value
 * #MOST} oldest only; when those went and more are to go, it looks again. Confined to one thread.
 */
final class PruneRound {

  static final int MOST = 128;

  private final RetentionRule rule;
  private final TreeSet<PruneCandidate> oldest = new TreeSet<>(PruneCandidate.OLDEST_FIRST);
  private Progress progress;

  /**
   * How far it has come.
   *
   * @param parts in how many parts the traces are looked at
   * @param seen how many parts of these were
   * @param bytes how many bytes the traces have that were seen and are there
   * @param more whether there were more that may go than are remembered
   * @param any whether any of those that were remembered went
   * @param removedFiles how many files went so far
   * @param removedBytes how many bytes those had
   * @param problem why something stayed that should have gone; empty when nothing did
   */
  record Progress(
      int parts,
      int seen,
      long bytes,
      boolean more,
      boolean any,
      long removedFiles,
      long removedBytes,
      String problem) {

    static Progress begin(int parts) {
      return new Progress(parts, 0, 0, false, false, 0, 0, "");
    }

    boolean isSeen() {
      return seen == parts;
    }

    Progress afterPart(long partBytes, boolean overflowed) {
      return new Progress(
          parts,
          seen + 1,
          bytes + partBytes,
          more || overflowed,
          any,
          removedFiles,
          removedBytes,
          problem);
    }

    Progress gone(PruneCandidate trace) {
      return new Progress(
          parts, seen, bytes - trace.bytes(), more, any, removedFiles, removedBytes, problem);
    }

    Progress removed(PruneCandidate trace) {
      return new Progress(
          parts,
          seen,
          bytes - trace.bytes(),
          more,
          true,
          removedFiles + 1,
          removedBytes + trace.bytes(),
          problem);
    }

    Progress stuck(String newProblem) {
      return new Progress(
          parts,
          seen,
          bytes,
          more,
          any,
          removedFiles,
          removedBytes,
          problem.isEmpty() ? newProblem : problem);
    }

    Progress anew(int newParts) {
      return new Progress(newParts, 0, 0, false, false, removedFiles, removedBytes, problem);
    }

    LastPrune outcome(Instant at) {
      return new LastPrune(at, removedFiles, removedBytes, problem);
    }
  }

  PruneRound(RetentionRule rule, Progress progress, Collection<PruneCandidate> oldest) {
    this.rule = rule;
    this.progress = progress;
    this.oldest.addAll(oldest);
  }

  static PruneRound begin(RetentionRule rule, Path traces) throws IOException {
    return new PruneRound(rule, Progress.begin(PruneSurvey.parts(traces)), List.of());
  }

  RetentionRule rule() {
    return rule;
  }

  Progress progress() {
    return progress;
  }

  /** What may go, oldest first, as far as it is remembered. */
  List<PruneCandidate> oldest() {
    return List.copyOf(oldest);
  }

  /**
   * Does as much as the effort allows.
   *
   * @return whether there is nothing left to do
   * @throws IOException if the traces cannot be listed, or the heads cannot be put on record
   */
  boolean advance(Path traces, PruneEffort effort, HeadLog heads) throws IOException {
    for (int part = 0; part < effort.parts() && !progress.isSeen(); part++) {
      look(traces);
    }
    TraceRemoval removal = new TraceRemoval(heads, this::stuck, effort.mostRead());
    if (!progress.isSeen() || !remove(removal, effort.removals())) {
      return false;
    }
    if (oldest.isEmpty() && progress.more() && progress.any()) {
      progress = progress.anew(PruneSurvey.parts(traces));
      return false;
    }
    return true;
  }

  private void look(Path traces) throws IOException {
    List<PruneCandidate> found = new ArrayList<>();
    PruneSurvey.look(traces, progress.seen(), progress.parts(), found::add);
    boolean overflowed = false;
    long bytes = 0;
    for (PruneCandidate each : found) {
      bytes += each.bytes();
      if (mayGo(each) && oldest.add(each) && oldest.size() > MOST) {
        oldest.pollLast();
        overflowed = true;
      }
    }
    progress = progress.afterPart(bytes, overflowed);
  }

  private boolean mayGo(PruneCandidate trace) {
    return rule.reason(trace.last(), Long.MAX_VALUE) != null && !rule.isLively(trace.last());
  }

  /** Whether all went that are to go, of those that are remembered; whatever is left is younger. */
  private boolean remove(TraceRemoval removal, int most) throws IOException {
    for (int tried = 0; isToGo(oldest.isEmpty() ? null : oldest.first()); tried++) {
      if (tried == most) {
        return false;
      }
      remove(oldest.first(), removal);
    }
    return true;
  }

  private boolean isToGo(@Nullable PruneCandidate trace) {
    return trace != null && rule.reason(trace.last(), progress.bytes()) != null;
  }

  private void remove(PruneCandidate trace, TraceRemoval removal) throws IOException {
    Outcome outcome = removal.remove(trace);
    oldest.remove(trace);
    if (outcome == Outcome.REMOVED) {
      progress = progress.removed(trace);
    } else if (outcome == Outcome.GONE) {
      progress = progress.gone(trace);
    }
  }

  private void stuck(String problem) {
    progress = progress.stuck(problem);
  }
}
