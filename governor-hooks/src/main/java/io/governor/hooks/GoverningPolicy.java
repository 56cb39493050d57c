package io.governor.hooks;

import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.RuleHit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The governor that holds, with its sessions. A policy that is there from the start is followed by
 * the governor itself; one that appears later brings another governor, once nobody uses the one
 * before. Safe for use by several threads.
 */
final class GoverningPolicy {

  /** How often it is looked whether there is a policy by now. */
  private static final long LOOK_NANOS = 1_000_000_000L;

  private final Path file;
  private final HookSettings settings;
  private final Supplier<GovernorBuilder> governors;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicLong lastLook = new AtomicLong(System.nanoTime());

  // Guarded by lock.
  private Governing governing;
  private boolean hasPolicy;

  /**
   * A governor and its sessions.
   *
   * @param told what has been told of losses that no trace will tell
   */
  record Governing(Governor governor, HookSessions sessions, SortedMap<String, Long> told) {

    /** Losses that no trace will tell and that were not asked for before, by reason. */
    SortedMap<String, Long> untold() {
      synchronized (told) {
        SortedMap<String, Long> all = governor.health().untold();
        SortedMap<String, Long> untold = Losses.since(told, all);
        told.putAll(all);
        return untold;
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the policy is refused
   */
  GoverningPolicy(Path file, HookSettings settings, Supplier<GovernorBuilder> governors) {
    this.file = file;
    this.settings = settings;
    this.governors = governors;
    this.hasPolicy = settings.policy() != null || Files.exists(file);
    this.governing = build(hasPolicy);
  }

  private Governing build(boolean withPolicy) {
    GovernorBuilder builder = governors.get();
    Governor governor = (withPolicy ? builder.policyFile(file) : builder).build();
    return new Governing(governor, new HookSessions(governor, settings), new TreeMap<>());
  }

  <T> T use(Function<Governing, T> work) {
    lookForPolicy();
    lock.readLock().lock();
    try {
      return work.apply(governing);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void lookForPolicy() {
    long now = System.nanoTime();
    long last = lastLook.get();
    boolean due = now - last >= LOOK_NANOS && lastLook.compareAndSet(last, now);
    if (due && !hasPolicy() && Files.exists(file)) {
      adopt();
    }
  }

  private boolean hasPolicy() {
    lock.readLock().lock();
    try {
      return hasPolicy;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Whether a policy holds, be it that its file is gone by now. */
  boolean isThere() {
    lookForPolicy();
    return hasPolicy();
  }

  /** Whether the file of the policy that holds is gone. */
  boolean isOrphaned() {
    return hasPolicy() && Files.notExists(file);
  }

  /** A policy that is refused changes nothing; it is tried again, and status tells why. */
  private void adopt() {
    Governing next;
    try {
      next = build(true);
    } catch (IllegalArgumentException e) {
      return;
    }
    lock.writeLock().lock();
    try {
      governing.governor().close();
      governing = next;
      hasPolicy = true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Whether anything that holds is acted on. */
  boolean enforces() {
    return use(
        held ->
            held.governor().mode() == Mode.ENFORCE
                || held.governor().rules().stream().anyMatch(RuleHit::enforced));
  }

  /** Frees everything; returns the losses that no trace will tell. */
  SortedMap<String, Long> close() {
    lock.writeLock().lock();
    try {
      governing.governor().close();
      return Collections.unmodifiableSortedMap(governing.untold());
    } finally {
      lock.writeLock().unlock();
    }
  }
}
