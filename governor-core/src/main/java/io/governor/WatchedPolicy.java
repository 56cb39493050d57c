package io.governor;

import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A policy file that is read again when it has changed. Whoever asks for the rules looks, once a
 * second at most, whether the file is another one; it is then read by a thread that lives for that
 * long, so no call waits for it and an idle governor has none. Safe for use by several threads.
 */
final class WatchedPolicy {

  private static final long PERIOD = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private final PolicyLoader loader;
  private final LongSupplier nanoTime;
  private final Health health;
  private final AtomicLong lastLook;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile @Nullable State seen;

  /** What tells one state of a file from another. */
  private record State(@Nullable Object key, long size, long modified) {

    static @Nullable State of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new State(now.fileKey(), now.size(), now.lastModifiedTime().toMillis());
      } catch (IOException e) {
        return null;
      }
    }
  }

  WatchedPolicy(Path file, PolicyLoader loader, LongSupplier nanoTime, Health health) {
    this.file = file;
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.health = health;
    this.lastLook = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * Reads the file for the first time.
   *
   * @throws IllegalArgumentException with everything that is wrong with it, or why it cannot be
   *     read
   */
  Policy first() {
    seen = State.of(file);
    try {
      return loader.load(file).policy();
    } catch (PolicyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(unreadable(e), e);
    }
  }

  /** Has the file read again if it is another one than before, and hands on what it holds. */
  void look(Consumer<Policy> changed) {
    long now = nanoTime.getAsLong();
    long last = lastLook.get();
    if (now - last < PERIOD || !lastLook.compareAndSet(last, now)) {
      return;
    }
    State state = State.of(file);
    if (!Objects.equals(state, seen) && reading.compareAndSet(false, true)) {
      seen = state;
      Thread reader = new Thread(() -> read(changed), "governor-policy-reader");
      reader.setDaemon(true);
      reader.start();
    }
  }

  private void read(Consumer<Policy> changed) {
    try {
      changed.accept(loader.load(file).policy());
      health.policyAccepted();
    } catch (PolicyException e) {
      health.policyRefused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      health.policyRefused(unreadable(e));
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      health.policyRefused(file + ": " + failure.getMessage());
    } finally {
      reading.set(false);
    }
  }

  private String unreadable(IOException e) {
    return file + ": the policy cannot be read: " + Failures.reason(e);
  }
}
