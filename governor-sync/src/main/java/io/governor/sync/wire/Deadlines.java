package io.governor.sync.wire;

import java.time.Duration;

/**
 * How long things may take. Immutable; safe to share between threads.
 *
 * @param connect until there is a connection
 * @param attempt until one attempt has its whole answer, however slowly it drips
 * @param total until the caller knows, retries and pauses included
 */
record Deadlines(Duration connect, Duration attempt, Duration total) {

  static final Deadlines DEFAULT =
      new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(25));
}
