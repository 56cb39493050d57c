package io.governor.mcp;

import io.governor.Approval;
import io.governor.ApprovalRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a client that can show forms (elicitation, from 2025-06-18 on) whether a call of its may
 * run, and keeps its answers from the server. The ids are of our own and cannot be guessed, so that
 * no server has a request under way with one of them. Safe for use by several threads.
 */
final class ClientQuestions {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  /** What the record calls the client. */
  static final String CLIENT = "client";

  private static final String SINCE = "2025-06-18";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final boolean wanted;
  private final Map<RequestId, Open> open = new ConcurrentHashMap<>();
  private final Set<Runnable> returned = ConcurrentHashMap.newKeySet();
  private volatile boolean declared;
  private volatile boolean agreed;
  private volatile boolean left;

  private record Open(String digest, CompletableFuture<Approval> answer) {}

  private ClientQuestions(boolean wanted) {
    this.wanted = wanted;
  }

  /** Asks nobody. */
  static ClientQuestions none() {
    return new ClientQuestions(false);
  }

  static ClientQuestions of(boolean wanted) {
    return new ClientQuestions(wanted);
  }

  /** The client said what it can do. */
  void offered(Map<String, @Nullable Object> params) {
    declared = showsForms(params.get("capabilities"));
  }

  private static boolean showsForms(@Nullable Object capabilities) {
    return capabilities instanceof Map<?, ?> named
        && named.get("elicitation") instanceof Map<?, ?> modes
        && (modes.isEmpty() || modes.containsKey("form"));
  }

  /** The server said which version they speak. */
  void agreed(@Nullable Object result) {
    agreed =
        result instanceof Map<?, ?> members
            && members.get("protocolVersion") instanceof String version
            && version.compareTo(SINCE) >= 0;
  }

  /**
   * How the client can be asked about a request of its. One without a session says in each request
   * what it can do, and is asked inside a result, of the one kind that tools have.
   *
   * @param line where it can be spoken to; null when it cannot
   */
  Caller about(Side sender, Exchange exchange, @Nullable ClientLine line) {
    if (!wanted) {
      return Caller.NOT_ASKED;
    }
    if (exchange.stateless()) {
      boolean shown =
          sender == Side.CLIENT
              && exchange.governed() == GovernedMethod.TOOLS_CALL
              && showsForms(Era.capabilities(exchange.params()));
      return shown ? new Caller(null, this) : Caller.NOT_ASKED;
    }
    return line == null || !declared || !agreed
        ? Caller.NOT_ASKED
        : new Caller(request -> ask(request, exchange, line), null);
  }

  /** The client was asked inside a result, and has answered when this is complete. */
  void waitsFor(CompletableFuture<Approval> answer) {
    Runnable withdrawal = () -> unanswered(answer);
    returned.add(withdrawal);
    CompletionStage<Approval> end = answer;
    end.whenComplete((approval, failure) -> returned.remove(withdrawal));
    if (left) {
      unanswered(answer);
    }
  }

  private CompletionStage<Approval> ask(
      ApprovalRequest request, Exchange exchange, ClientLine line) {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    String id = "governor-" + HexFormat.of().formatHex(bits);
    RequestId key = new RequestId(id);
    CompletableFuture<Approval> answer = new CompletableFuture<>();
    open.put(key, new Open(request.digest(), answer));
    CompletionStage<Approval> end = answer;
    end.whenComplete((approval, failure) -> over(key, id, failure != null, line));
    try {
      line.send(ApprovalForm.request(id, request));
    } catch (IOException e) {
      LOG.debug("a client could not be asked: {}", e.getClass().getName());
      unanswered(answer);
    }
    exchange.whenCancelled(() -> unanswered(answer));
    if (left) {
      unanswered(answer);
    }
    return answer;
  }

  static void unanswered(CompletableFuture<Approval> answer) {
    answer.completeExceptionally(new TimeoutException());
  }

  private void over(RequestId key, String id, boolean takenBack, ClientLine line) {
    if (open.remove(key) == null || !takenBack) {
      return;
    }
    try {
      line.send(ApprovalForm.withdrawn(id));
    } catch (IOException e) {
      LOG.debug("a client was gone before its question: {}", e.getClass().getName());
    }
  }

  /** Whether the client's answer is one to us; then it is no news to the server. */
  boolean answered(Message.Answer answer) {
    Open question = answer.id() == null ? null : open.remove(answer.id());
    if (question == null) {
      return false;
    }
    if (answer.failed()) {
      // Its user has not spoken: it cannot ask, or ends.
      unanswered(question.answer());
    } else {
      boolean yes = ApprovalForm.isYes(answer.result());
      question.answer().complete(new Approval(yes, question.digest(), CLIENT));
    }
    return true;
  }

  /** The client will answer nothing any more. */
  void left() {
    left = true;
    List.copyOf(open.values()).forEach(question -> unanswered(question.answer()));
    List.copyOf(returned).forEach(Runnable::run);
  }
}
