package io.governor.sync.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, as retries see them. Safe to share between threads. */
interface Pace {

  /** The clocks, the sleep and the chance of this process. */
  Pace REAL =
      new Pace() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
          Thread.sleep(pause.toMillis());
        }

        @Override
        public Duration upTo(Duration most) {
          return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1));
        }
      };

  /** A clock that never goes back, whose zero means nothing. */
  long nanoTime();

  /** What the time is, for dates that a server names. */
  Instant now();

  void sleep(Duration pause) throws InterruptedException;

  /** A time between zero and the given one, both included, each as likely. */
  Duration upTo(Duration most);
}
