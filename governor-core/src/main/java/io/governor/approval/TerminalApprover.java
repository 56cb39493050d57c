package io.governor.approval;

import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.Approver;
import io.governor.approval.PendingApproval.Asking;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks on the terminal, one question at a time: tool, agent, rules with their reasons, and the
 * arguments with everything made visible that a terminal would obey. {@code y} or {@code yes} lets
 * the call run; anything else, and the end of the input, keeps it from running. Safe for use by
 * several threads.
 *
 * <p>Reads in a daemon thread of its own that ends a second after the last question. A line that is
 * typed after its question has timed out counts for no other question. The stage it gives fails
 * where there is no terminal, where it cannot be read, and when {@value #MOST_QUESTIONS} questions
 * wait their turn.
 */
public final class TerminalApprover implements Approver {

  private static final int MOST_QUESTIONS = 100;
  private static final int MOST_CHARACTERS = 4_000;
  private static final int MOST_RULES = 20;

  private final @Nullable BufferedReader in;
  private final @Nullable Writer out;
  private final boolean dropsWhatWasTypedBefore;
  private final ReentrantLock writing = new ReentrantLock();
  private final ThreadPoolExecutor turns;

  private TerminalApprover(@Nullable Reader in, @Nullable Writer out, boolean drops) {
    this.in = in == null ? null : new BufferedReader(in);
    this.out = out;
    this.dropsWhatWasTypedBefore = drops;
    this.turns =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_QUESTIONS),
            TerminalApprover::thread);
    turns.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "governor-terminal-approver");
    thread.setDaemon(true);
    return thread;
  }

  /** Asks on the terminal this process runs in, if there is one. */
  @SuppressWarnings("SystemConsoleNull") // up to Java 21 null says that there is no terminal
  public static TerminalApprover console() {
    Console console = System.console();
    return console == null || !isTerminal(console)
        ? new TerminalApprover(null, null, false)
        : new TerminalApprover(console.reader(), console.writer(), true);
  }

  /** Since Java 22 there is a console even where no person is, and it can tell. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * Asks through these; they stay open.
   *
   * @param in where lines with answers come from
   * @param out where questions are written
   */
  public static TerminalApprover on(Reader in, Writer out) {
    return new TerminalApprover(in, out, false);
  }

  @Override
  public CompletionStage<Approval> ask(ApprovalRequest request) {
    CompletableFuture<Approval> approval = new CompletableFuture<>();
    if (in == null || out == null) {
      approval.completeExceptionally(new IOException("there is no terminal to ask on"));
      return approval;
    }
    Turn turn = new Turn(in, out, request, approval);
    turns.execute(turn);
    CompletionStage<Approval> stage = approval;
    stage.whenComplete(
        (answer, failure) -> {
          if (failure instanceof CancellationException) {
            turn.withdraw();
          }
        });
    return stage;
  }

  /** One question. */
  private final class Turn implements Runnable {
    private final BufferedReader in;
    private final Writer out;
    private final ApprovalRequest request;
    private final CompletableFuture<Approval> approval;

    // Guarded by writing.
    private boolean shown;

    Turn(
        BufferedReader in,
        Writer out,
        ApprovalRequest request,
        CompletableFuture<Approval> approval) {
      this.in = in;
      this.out = out;
      this.request = request;
      this.approval = approval;
    }

    @Override
    public void run() {
      try {
        if (show()) {
          String line = in.readLine();
          approval.complete(isYes(line) ? request.allow() : request.deny());
        }
      } catch (IOException | RuntimeException e) {
        approval.completeExceptionally(e);
      }
    }

    private boolean show() throws IOException {
      writing.lock();
      try {
        if (approval.isDone()) {
          return false;
        }
        while (dropsWhatWasTypedBefore && in.ready()) {
          in.read();
        }
        out.write(question(request));
        out.flush();
        shown = true;
        return true;
      } finally {
        writing.unlock();
      }
    }

    /** The person may still be about to answer: the next line is spent on this question. */
    private void withdraw() {
      writing.lock();
      try {
        if (shown) {
          out.write("\nNobody waits for this answer any more. Press Enter to go on.\n");
          out.flush();
        }
      } catch (IOException e) {
        // The terminal is gone, and so is the question.
      } finally {
        writing.unlock();
      }
    }
  }

  private static boolean isYes(@Nullable String line) {
    if (line == null) {
      return false;
    }
    String answer = line.strip();
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }

  private static String question(ApprovalRequest request) {
    PendingApproval question = PendingApproval.of(request);
    StringBuilder text = new StringBuilder("\nA tool call needs your approval.\n");
    text.append("Tool       ").append(question.tool()).append('\n');
    text.append("Agent      ").append(question.agent()).append('\n');
    appendRules(question, text);
    text.append("Arguments\n").append(arguments(question)).append('\n');
    // Long arguments have moved the first lines out of sight.
    text.append("Let ").append(question.agent()).append(" run ").append(question.tool());
    return text.append("? [y/N] ").toString();
  }

  private static void appendRules(PendingApproval question, StringBuilder text) {
    for (Asking rule : question.rules().subList(0, Math.min(question.rules().size(), MOST_RULES))) {
      text.append("Rule       ").append(rule.id());
      text.append(rule.reason() == null ? "" : "  " + rule.reason()).append('\n');
    }
    int more = question.rules().size() - MOST_RULES;
    text.append(more > 0 ? "and " + more + " more rules\n" : "");
  }

  private static String arguments(PendingApproval question) {
    String arguments = question.arguments();
    if (arguments.length() <= MOST_CHARACTERS && question.leftOut() == 0) {
      return arguments;
    }
    int end = Math.min(arguments.length(), MOST_CHARACTERS);
    end -= Character.isHighSurrogate(arguments.charAt(end - 1)) ? 1 : 0;
    long leftOut = arguments.length() - end + question.leftOut();
    return arguments.substring(0, end) + "\n... " + leftOut + " MORE CHARACTERS ARE NOT SHOWN";
  }

  @Override
  public String toString() {
    return "TerminalApprover[" + (in == null ? "no terminal" : "ready") + "]";
  }
}
