package io.governor.approval;

import io.governor.file.StateRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The questions that {@link FileApprover}s have left below a state root, for whoever answers them.
 * Safe for use by several threads and processes. A folder that is a link, belongs to somebody else
 * or can be written to by others is refused with an {@link IOException} that names it.
 */
public final class PendingApprovals {

  /** The fewest digits that name a question: fewer could be guessed by whoever wants a yes. */
  public static final int SHORTEST_PREFIX = 8;

  private final ApprovalFolder folder;
  private final InstantSource clock;

  private PendingApprovals(ApprovalFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * What is open.
   *
   * @param questions the questions, the oldest first
   * @param problems files that cannot be read as questions, each with its path and what is wrong
   */
  public record Listing(List<PendingApproval> questions, List<ApprovalProblem> problems) {
    public Listing {
      questions = List.copyOf(questions);
      problems = List.copyOf(problems);
    }
  }

  /** The questions below the state root of this process, see {@link StateRoot}. */
  public static PendingApprovals open() {
    return at(StateRoot.locate(), InstantSource.system());
  }

  /**
   * The questions below a state root.
   *
   * @param clock says which have expired
   */
  public static PendingApprovals at(Path stateRoot, InstantSource clock) {
    return new PendingApprovals(ApprovalFolder.below(stateRoot), clock);
  }

  /** Everything that is open; what has expired is removed on the way. */
  public Listing list() throws IOException {
    List<PendingApproval> questions = new ArrayList<>();
    List<ApprovalProblem> problems = new ArrayList<>();
    if (folder.isThere()) {
      folder.check();
      folder.sweep(clock.instant());
      read(questions, problems);
    }
    questions.sort(
        Comparator.comparing(PendingApproval::time).thenComparing(PendingApproval::digest));
    return new Listing(questions, problems);
  }

  private void read(List<PendingApproval> questions, List<ApprovalProblem> problems)
      throws IOException {
    for (String id : ApprovalFolder.questions(folder.names())) {
      try {
        PendingApproval question = folder.question(id);
        if (question != null) {
          questions.add(question);
        }
      } catch (ApprovalProblem e) {
        problems.add(e);
      }
    }
  }

  /**
   * The question whose id begins so.
   *
   * @param prefix at least {@value #SHORTEST_PREFIX} of its hex digits
   * @throws ApprovalProblem if none or several begin so, it has expired or its file is malformed
   */
  public PendingApproval find(String prefix) throws IOException, ApprovalProblem {
    String id = id(prefix);
    PendingApproval question = folder.question(id);
    if (question == null) {
      throw unknown(prefix);
    }
    Instant now = clock.instant();
    if (!now.isBefore(question.expires())) {
      folder.sweep(now);
      throw new ApprovalProblem(
          "the question " + prefix + " expired at " + question.expires() + ": nobody waits for it");
    }
    return question;
  }

  /**
   * Lets the call run, once, if it waits or is asked again before the question expires. The last
   * answer counts, as long as none was taken.
   *
   * @param prefix as in {@link #find}
   * @return the question
   */
  public PendingApproval allow(String prefix) throws IOException, ApprovalProblem {
    return answer(prefix, true);
  }

  /** Keeps the call from running; otherwise as {@link #allow}. */
  public PendingApproval deny(String prefix) throws IOException, ApprovalProblem {
    return answer(prefix, false);
  }

  private PendingApproval answer(String prefix, boolean allowed)
      throws IOException, ApprovalProblem {
    PendingApproval question = find(prefix);
    folder.write(Answer.to(question, allowed));
    if (isGone(question.id()) && folder.deleteAnswer(question.id())) {
      throw new ApprovalProblem(
          "the question " + prefix + " was withdrawn just now: nobody waits for it");
    }
    return question.answered(allowed);
  }

  private boolean isGone(String id) throws IOException {
    return !folder.names().contains(ApprovalFolder.questionName(id));
  }

  private String id(String prefix) throws IOException, ApprovalProblem {
    if (prefix.length() < SHORTEST_PREFIX || !prefix.chars().allMatch(ApprovalFolder::isDigit)) {
      throw new ApprovalProblem(
          "not the id of a question: expected at least "
              + SHORTEST_PREFIX
              + " hex digits in lower case, as the list shows them");
    }
    String found = found(prefix);
    if (found == null) {
      throw unknown(prefix);
    }
    return found;
  }

  private @Nullable String found(String prefix) throws IOException, ApprovalProblem {
    if (!folder.isThere()) {
      return null;
    }
    folder.check();
    Set<String> ids = ApprovalFolder.questions(folder.names());
    List<String> fitting = ids.stream().filter(id -> matches(id, prefix)).toList();
    if (fitting.size() > 1) {
      throw new ApprovalProblem(
          fitting.size() + " questions begin with " + prefix + ": write more digits");
    }
    return fitting.isEmpty() ? null : fitting.get(0);
  }

  /** The whole digest may be given, too. */
  private static boolean matches(String id, String prefix) {
    return id.startsWith(prefix) || prefix.startsWith(id);
  }

  private static ApprovalProblem unknown(String prefix) {
    String shown = BoundedText.shown(prefix, 64);
    return new ApprovalProblem(
        "no open question begins with " + shown + "; list them to see what is open");
  }
}
