package io.governor.trace;

import io.governor.config.ConfigException;
import io.governor.file.ProcessLock;
import io.governor.trace.PruneStamp.Due;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prunes the traces of a state root without being asked: at most once a day, by whichever process
 * comes along, and with no thread of its own. It does what {@link TraceRetention} would, in steps
 * that are bounded; a step that a process does not get to do is done by the next one. Nothing of it
 * is felt by who calls: it never throws, and what went wrong is in {@link #last()}. Where {@code
 * config.yaml} says {@code traces: {prune: manual}} nothing is done.
 *
 * <p>A registered installation needs its traces until they are counted, and who governs cannot tell
 * which are: there only {@link #prune}, which is told, removes anything. Safe for use by several
 * threads.
 */
public final class AutomaticPruning {

  private static final Duration ROUND = Duration.ofDays(1);
  private static final int MOST_AT_ONCE = 256;

  private final Path stateRoot;
  private final InstantSource clock;
  private final PruneStamp stamp;

  private AutomaticPruning(Path stateRoot, InstantSource clock) {
    this.stateRoot = stateRoot.toAbsolutePath().normalize();
    this.clock = clock;
    this.stamp = new PruneStamp(PruneFiles.of(this.stateRoot).stamp());
  }

  /**
   * The pruning of a state root.
   *
   * @param clock what files are dated by, and so the system's
   */
  public static AutomaticPruning of(Path stateRoot, InstantSource clock) {
    return new AutomaticPruning(stateRoot, clock);
  }

  /** How it went last; null when it never did, or nobody may see it. */
  public @Nullable LastPrune last() {
    return stamp.read();
  }

  /**
   * Removes all that is to go, if it is time; for who knows which traces are needed. Takes as long
   * as that takes.
   *
   * @param use says which; asked for only if it is time
   */
  public void prune(Supplier<TraceUse> use) {
    Instant now = clock.instant();
    if (isTime(now)) {
      attempt(now, () -> pruneAll(now, use));
    }
  }

  /** Does one step, if it is time; where the installation is registered, nothing. */
  void step(PruneEffort effort) {
    Instant now = clock.instant();
    if (isTime(now)) {
      attempt(now, () -> stepUnlessRegistered(now, effort));
    }
  }

  private boolean isTime(Instant now) {
    return stamp.due(now) != Due.NO && Files.exists(traces());
  }

  private Path traces() {
    return TraceDirectory.traces(stateRoot);
  }

  private PruneRoundFile rounds() {
    return new PruneRoundFile(PruneFiles.of(stateRoot).round(), traces());
  }

  private interface Work {
    void run() throws IOException, ConfigException;
  }

  private void attempt(Instant now, Work work) {
    try {
      if (stamp.due(now) == Due.CLOCK_LEAPT) {
        stamp.renew(LastPrune.nothing(now));
      } else {
        work.run();
      }
    } catch (IOException e) {
      failed(now, IoReason.of(e));
    } catch (ConfigException | RuntimeException e) {
      failed(now, String.valueOf(e.getMessage()));
    }
  }

  /** Not before tomorrow again: who finds it impossible once would find it so at every call. */
  private void failed(Instant now, String problem) {
    try {
      rounds().remove();
      stamp.renew(LastPrune.nothing(now).withProblem(problem));
    } catch (IOException | RuntimeException e) {
      // Nothing can be written here, so nothing can be removed either.
    }
  }

  private void pruneAll(Instant now, Supplier<TraceUse> use) throws IOException, ConfigException {
    TraceConfig config = TraceConfig.read(stateRoot);
    if (!config.automatic()) {
      return;
    }
    TraceRetention retention = TraceRetention.of(stateRoot, config, use.get());
    LastPrune sum = LastPrune.nothing(now);
    boolean more = true;
    while (more) {
      PruneReport report = retention.tryPrune(now, MOST_AT_ONCE);
      if (report == null) {
        // Somebody else does it.
        return;
      }
      sum = sum.plus(report);
      more = report.more();
    }
    stamp.renew(sum);
  }

  private void stepUnlessRegistered(Instant now, PruneEffort effort)
      throws IOException, ConfigException {
    if (RegisteredInstallation.isAt(stateRoot)) {
      return;
    }
    ProcessLock lock = ProcessLock.tryAcquire(PruneFiles.of(stateRoot).lock());
    if (lock == null) {
      return;
    }
    try (lock) {
      // Whoever held the lock until now may have come to the end.
      if (stamp.due(now) == Due.YES) {
        stepAlone(now, effort);
      }
    }
  }

  private void stepAlone(Instant now, PruneEffort effort) throws IOException, ConfigException {
    PruneRound round = round(now);
    if (round == null) {
      stamp.renew(LastPrune.nothing(now));
    } else if (advance(round, effort)) {
      rounds().remove();
      stamp.renew(round.progress().outcome(now));
    } else {
      rounds().write(round);
    }
  }

  private boolean advance(PruneRound round, PruneEffort effort) throws IOException {
    HeadLog heads = new HeadLog(stateRoot);
    try {
      return round.advance(traces(), effort, heads);
    } finally {
      heads.close();
    }
  }

  /** The round that is under way, or a new one; null where nothing is to be removed unasked. */
  private @Nullable PruneRound round(Instant now) throws IOException, ConfigException {
    PruneRound underWay = rounds().read();
    if (underWay != null) {
      Duration age = Duration.between(underWay.rule().now(), now);
      if (!age.isNegative() && age.compareTo(ROUND) < 0) {
        return underWay;
      }
    }
    TraceConfig config = TraceConfig.read(stateRoot);
    return config.automatic() ? PruneRound.begin(RetentionRule.of(config, now), traces()) : null;
  }
}
