package io.governor.sync.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only in sleeps, which take none; chance that always draws the most. */
final class FakePace implements Pace {

  static final Instant START = Instant.parse("2026-04-14T12:00:00Z");

  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final AtomicLong passed = new AtomicLong();

  void pass(Duration time) {
    passed.addAndGet(time.toNanos());
  }

  @Override
  public long nanoTime() {
    return passed.get();
  }

  @Override
  public Instant now() {
    return START.plusNanos(passed.get());
  }

  @Override
  public void sleep(Duration pause) {
    pauses.add(pause);
    pass(pause);
  }

  @Override
  public Duration upTo(Duration most) {
    return most;
  }
}
