package io.governor;

import io.governor.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A question for a person: may this call run? Immutable; its toString shows sizes only.
 *
 * @param call the call
 * @param agent who makes it
 * @param sessionId the session it belongs to
 * @param rules the enforced rules that ask, ascending by id
 * @param time when it is asked
 * @param timeout how long the answer is waited for
 * @param digest SHA-256 of agent, tool and arguments, 64 hex digits: the answer holds for exactly
 *     these. Arguments that are equal as JSON have one digest, however they are written; numbers
 *     count with every digit
 */
public record ApprovalRequest(
    ToolCall call,
    Agent agent,
    String sessionId,
    List<RuleHit> rules,
    Instant time,
    Duration timeout,
    String digest) {

  public ApprovalRequest {
    rules = List.copyOf(rules);
  }

  /**
   * @throws IllegalArgumentException if the host built the arguments of what is no JSON
   */
  static ApprovalRequest of(Decision decision, ApprovalDesk.Asker asker, Duration timeout) {
    ToolCall call = decision.call();
    return new ApprovalRequest(
        call,
        asker.agent(),
        asker.sessionId(),
        asking(decision),
        asker.time(),
        timeout,
        digest(asker.agent().id(), call));
  }

  /** The rules a person is to be asked about. */
  static List<RuleHit> asking(Decision decision) {
    return decision.rules().stream()
        .filter(hit -> hit.enforced() && hit.effect() == Verdict.ASK)
        .toList();
  }

  /** The answer that lets exactly this call run. */
  public Approval allow() {
    return new Approval(true, digest);
  }

  /** The answer that keeps it from running. */
  public Approval deny() {
    return new Approval(false, digest);
  }

  private static String digest(String agent, ToolCall call) {
    ToolArguments arguments = call.arguments();
    if (arguments.problem() != null && arguments.text() == null) {
      throw new IllegalArgumentException("nobody can be shown arguments that are not JSON values");
    }
    Object content = arguments.problem() == null ? arguments.asMap() : arguments.json();
    String text = CanonicalJson.text(List.of(agent, call.name(), content));
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Names the call without its arguments. */
  @Override
  public String toString() {
    return "ApprovalRequest[" + call + " by " + agent.id() + "]";
  }
}
