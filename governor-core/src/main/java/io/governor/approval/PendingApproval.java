package io.governor.approval;

import io.governor.ApprovalRequest;
import io.governor.RuleHit;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that waits for a person below the state root. Immutable; its toString shows sizes
 * only. Its texts hold nothing that a terminal would obey or hide.
 *
 * @param digest what the answer holds for, see {@link ApprovalRequest#digest()}: it covers all of
 *     the arguments, also what is left out here
 * @param tool the tool
 * @param agent who calls it
 * @param session the session it belongs to
 * @param rules the rules that ask, ascending by id
 * @param time when it was asked
 * @param expires from when on no answer counts
 * @param arguments the arguments as JSON over several lines, at most {@value
 *     #MOST_ARGUMENT_CHARACTERS} characters of it
 * @param leftOut how many more characters they have
 * @param answer what a person has said that the waiting process has not taken yet, or null
 */
public record PendingApproval(
    String digest,
    String tool,
    String agent,
    String session,
    List<Asking> rules,
    Instant time,
    Instant expires,
    String arguments,
    long leftOut,
    @Nullable Boolean answer) {

  /** How many UTF-16 characters of the arguments a question keeps. */
  public static final int MOST_ARGUMENT_CHARACTERS = 256 * 1024;

  /** How many digits of the digest name a question. */
  static final int ID_LENGTH = 32;

  private static final int MOST_NAME_CHARACTERS = 500;
  private static final int MOST_REASONS = 32;

  /**
   * A rule that asks.
   *
   * @param id the rule
   * @param reason why, or null if it says nothing or many rules ask
   */
  public record Asking(String id, @Nullable String reason) {}

  public PendingApproval {
    rules = List.copyOf(rules);
  }

  static PendingApproval of(ApprovalRequest request) {
    BoundedText arguments = ShownArguments.of(request.call().arguments(), MOST_ARGUMENT_CHARACTERS);
    return new PendingApproval(
        request.digest(),
        name(request.call().name()),
        name(request.agent().id()),
        name(request.sessionId()),
        asking(request.rules()),
        request.time(),
        expires(request),
        arguments.text(),
        arguments.leftOut(),
        null);
  }

  static Instant expires(ApprovalRequest request) {
    try {
      return request.time().plus(request.timeout());
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MAX;
    }
  }

  private static List<Asking> asking(List<RuleHit> hits) {
    List<Asking> rules = new ArrayList<>();
    for (RuleHit hit : hits) {
      String reason = rules.size() < MOST_REASONS ? hit.reason() : null;
      rules.add(new Asking(hit.id().value(), reason == null ? null : name(reason)));
    }
    return rules;
  }

  private static String name(String text) {
    return BoundedText.shown(text, MOST_NAME_CHARACTERS);
  }

  static String id(String digest) {
    return digest.substring(0, ID_LENGTH);
  }

  /** What names the question: the first {@value #ID_LENGTH} digits of the digest. */
  public String id() {
    return id(digest);
  }

  PendingApproval answered(@Nullable Boolean newAnswer) {
    return new PendingApproval(
        digest, tool, agent, session, rules, time, expires, arguments, leftOut, newAnswer);
  }

  /** Names the question without its arguments. */
  @Override
  public String toString() {
    return "PendingApproval["
        + id()
        + ", "
        + tool
        + " by "
        + agent
        + ", "
        + (arguments.length() + leftOut)
        + " characters of arguments]";
  }
}
