package io.governor.approval;

import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.Approver;
import io.governor.file.StateRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves each question as a file below the state root, in {@code approvals}, and waits for the
 * answer that {@code governor approvals allow} or {@code deny} puts beside it ({@link
 * PendingApprovals} does the same in Java). Safe for use by several threads, and by several
 * processes with one state root. While questions are open one daemon thread looks for answers,
 * about six times a second; without any there is none.
 *
 * <p>Question and answer are files that only their owner can read, and the folder must be the
 * owner's alone: a link, a folder of somebody else's or one that others can write to is refused.
 * The arguments stand in the question and nowhere else; it is removed together with the answer when
 * that is taken, and when nobody waits for it any more.
 *
 * <p>An answer is taken once, by one call. If the process that asked has ended, or its governor was
 * closed, the question stays: the same call (agent, tool and arguments) asked again before it
 * expires gets the answer at once. It expires when the time-out of the request is over, and the
 * next use of the folder removes it then. An answer does not count for a call about which more
 * rules ask than the person was told of.
 *
 * <p>The stage it gives fails with an {@link IOException} when the question cannot be written, or
 * when {@value #MOST_QUESTIONS} are open already, and with a time-out when the question expires.
 * Cancelling the stage withdraws the question, unless by a {@link
 * io.governor.GovernorClosedException}.
 */
public final class FileApprover implements Approver {

  /** How many questions may be open below one state root. */
  public static final int MOST_QUESTIONS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger("io.governor.approval");

  private final ApprovalFolder folder;
  private final OpenQuestions open;
  private final AtomicBoolean told = new AtomicBoolean();

  private FileApprover(ApprovalFolder folder, InstantSource clock) {
    this.folder = folder;
    this.open = new OpenQuestions(folder, clock);
  }

  /** An approver below the state root of this process, see {@link StateRoot}. Touches no file. */
  public static FileApprover create() {
    return at(StateRoot.locate(), InstantSource.system());
  }

  /**
   * An approver below a state root. Touches no file.
   *
   * @param clock says when questions expire; the governor's own
   */
  public static FileApprover at(Path stateRoot, InstantSource clock) {
    return new FileApprover(ApprovalFolder.below(stateRoot), clock);
  }

  @Override
  public CompletionStage<Approval> ask(ApprovalRequest request) {
    try {
      folder.create();
      Answer known = open.take(request);
      CompletionStage<Approval> approval =
          known == null
              ? open.await(request)
              : CompletableFuture.completedFuture(new Approval(known.allowed(), known.digest()));
      told.set(false);
      return approval;
    } catch (IOException e) {
      tell(e);
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Once, until it works again: what is wrong with a folder stays wrong for many calls. */
  private void tell(IOException problem) {
    if (told.compareAndSet(false, true)) {
      LOG.warn("nobody can be asked through files: {}", problem.getMessage());
    }
  }

  @Override
  public String toString() {
    return "FileApprover[" + folder + "]";
  }
}
