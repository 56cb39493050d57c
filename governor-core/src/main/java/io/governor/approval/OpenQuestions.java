package io.governor.approval;

import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.GovernorClosedException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The questions this process waits for, and the thread that looks for their answers while there are
 * any. Safe for use by several threads.
 *
 * <p>Whoever takes an answer removes the question too. Somebody else who waits for the same one, in
 * this process or another, finds it missing and puts it back: every call needs an answer of its
 * own.
 */
final class OpenQuestions {

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private final ApprovalFolder folder;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final List<Waiting> waiting = new ArrayList<>();
  private @Nullable Thread thread;

  /** A call that waits. */
  private record Waiting(ApprovalRequest request, CompletableFuture<Approval> approval) {

    String id() {
      return PendingApproval.id(request.digest());
    }

    private boolean hasExpired(Instant now) {
      return !now.isBefore(PendingApproval.expires(request));
    }

    /** Whether its governor was closed meanwhile: the next one may ask about the same call. */
    boolean outlivesItsGovernor(Instant now) {
      return !hasExpired(now)
          && approval
              .handle((answer, failure) -> failure instanceof GovernorClosedException)
              .getNow(false);
    }

    boolean isOver(Instant now) {
      if (hasExpired(now)) {
        approval.completeExceptionally(new TimeoutException());
      }
      return approval.isDone();
    }
  }

  OpenQuestions(ApprovalFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The answer to the request if there is one, with which the question is done; else null. */
  @Nullable Answer take(ApprovalRequest request) throws IOException {
    String id = PendingApproval.id(request.digest());
    Instant now = clock.instant();
    Answer seen = folder.answer(ApprovalFolder.answerName(id));
    if (seen == null) {
      return null;
    }
    if (seen.hasExpired(now)) {
      folder.deleteAnswer(id);
    }
    if (!seen.answers(request, now)) {
      return null;
    }
    Answer taken = folder.take(id);
    if (taken == null || !taken.answers(request, now)) {
      return null;
    }
    folder.deleteQuestion(id);
    return taken;
  }

  /** Asks, and waits. */
  CompletionStage<Approval> await(ApprovalRequest request) throws IOException {
    makeRoom();
    folder.write(PendingApproval.of(request));
    Waiting added = new Waiting(request, new CompletableFuture<>());
    lock.lock();
    try {
      waiting.add(added);
      if (thread == null) {
        thread = new Thread(this::run, "governor-approvals");
        thread.setDaemon(true);
        thread.start();
      }
    } finally {
      lock.unlock();
    }
    CompletionStage<Approval> stage = added.approval;
    stage.whenComplete((approval, failure) -> look());
    return stage;
  }

  private void makeRoom() throws IOException {
    if (isIdle()) {
      folder.sweep(clock.instant());
    }
    if (open() >= FileApprover.MOST_QUESTIONS) {
      folder.sweep(clock.instant());
      if (open() >= FileApprover.MOST_QUESTIONS) {
        throw new IOException(
            folder + ": " + FileApprover.MOST_QUESTIONS + " questions are open; answer some first");
      }
    }
  }

  /** Questions below the state root; calls of ours that are the same share one. */
  private int open() throws IOException {
    int files = ApprovalFolder.questions(folder.names()).size();
    lock.lock();
    try {
      return Math.max(files, waiting.size());
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    lock.lock();
    try {
      return thread == null;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody does not wait any more. */
  private void look() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Map<String, List<Waiting>> open = open(List.of());
    while (!open.isEmpty()) {
      List<Waiting> done = new ArrayList<>();
      settle(open, done);
      open = pause(open(done));
    }
  }

  /** What is open after these are done, by id; when there is nothing the thread is to end. */
  private Map<String, List<Waiting>> open(List<Waiting> done) {
    lock.lock();
    try {
      waiting.removeAll(done);
      Map<String, List<Waiting>> open = new LinkedHashMap<>();
      waiting.forEach(each -> open.computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each));
      if (open.isEmpty()) {
        thread = null;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  private Map<String, List<Waiting>> pause(Map<String, List<Waiting>> open) {
    if (open.isEmpty()) {
      return open;
    }
    lock.lock();
    try {
      long rest = PERIOD_NANOS;
      while (rest > 0 && waiting.stream().noneMatch(each -> each.approval.isDone())) {
        rest = changed.awaitNanos(rest);
      }
    } catch (InterruptedException e) {
      // Nobody who means well interrupts this thread; it goes on for those who wait.
    } finally {
      lock.unlock();
    }
    return open(List.of());
  }

  private void settle(Map<String, List<Waiting>> open, List<Waiting> done) {
    Set<String> names;
    try {
      names = folder.names();
    } catch (IOException e) {
      open.values().forEach(group -> fail(group, e, done));
      return;
    }
    open.forEach((id, group) -> settle(id, group, names, done));
  }

  private void settle(String id, List<Waiting> group, Set<String> names, List<Waiting> done) {
    try {
      Instant now = clock.instant();
      List<Waiting> left = stillWaiting(group, now, done);
      if (left.isEmpty()) {
        if (group.stream().noneMatch(each -> each.outlivesItsGovernor(now))) {
          withdraw(id);
        }
      } else if (names.contains(ApprovalFolder.answerName(id))) {
        hand(left, done);
      } else if (!names.contains(ApprovalFolder.questionName(id))) {
        askAgain(left.get(0));
      }
    } catch (IOException | RuntimeException e) {
      fail(group, e, done);
    }
  }

  private static List<Waiting> stillWaiting(List<Waiting> group, Instant now, List<Waiting> done) {
    List<Waiting> left = new ArrayList<>();
    for (Waiting each : group) {
      (each.isOver(now) ? done : left).add(each);
    }
    return left;
  }

  /** Nobody here waits any more; if another process does, it puts the question back. */
  private void withdraw(String id) throws IOException {
    folder.deleteQuestion(id);
    folder.deleteAnswer(id);
  }

  private void hand(List<Waiting> group, List<Waiting> done) throws IOException {
    for (Waiting each : group) {
      Answer answer = take(each.request);
      if (answer != null && giveBackUnlessTaken(each, answer)) {
        done.add(each);
        return;
      }
    }
  }

  /** Who gives up at this very moment uses up no answer: another call may wait, or come. */
  private boolean giveBackUnlessTaken(Waiting one, Answer answer) throws IOException {
    if (one.approval.complete(new Approval(answer.allowed(), answer.digest()))) {
      return true;
    }
    folder.write(PendingApproval.of(one.request));
    folder.write(answer);
    return false;
  }

  private void askAgain(Waiting first) throws IOException {
    if (!folder.isThere()) {
      throw new IOException(folder + ": the state root was removed");
    }
    folder.write(PendingApproval.of(first.request));
  }

  private static void fail(List<Waiting> group, Exception reason, List<Waiting> done) {
    group.forEach(each -> each.approval.completeExceptionally(reason));
    done.addAll(group);
  }
}
