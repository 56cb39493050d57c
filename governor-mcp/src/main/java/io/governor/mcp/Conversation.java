package io.governor.mcp;

import io.governor.Action;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.mcp.Unfinished.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a client and a server say to each other, whatever the transport: each frame is handed in as
 * it came, and comes out as it may go on. Nothing that is not understood waits or is lost. Safe for
 * use by several threads; frames that nobody is asked about are settled when the call returns.
 */
final class Conversation {

  private final SessionParts parts;
  private final GovernedSession session;
  private final ServerTools tools;
  private final ClientQuestions questions;
  private final CallRequests requests;
  private final CallAnswers answers;
  private final TaskReports tasks;
  private final Waiting waiting = new Waiting();

  Conversation(GovernedSession session, ServerTools tools, boolean denialsAsErrors) {
    this(new SessionParts(session, tools, denialsAsErrors), ClientQuestions.none());
  }

  Conversation(SessionParts parts, ClientQuestions questions) {
    this.parts = parts;
    this.session = parts.session();
    this.tools = parts.tools();
    this.questions = questions;
    this.requests = new CallRequests(parts);
    this.answers = new CallAnswers(parts);
    this.tasks = new TaskReports(parts);
  }

  /** What it shares with the other conversations of its session. */
  SessionParts parts() {
    return parts;
  }

  /** A frame came from one side; the stage never completes exceptionally. */
  CompletionStage<Passage> pass(Side sender, byte[] utf8) {
    return pass(sender, utf8, null);
  }

  /**
   * The same.
   *
   * @param line where the client can be asked about it meanwhile; null when it cannot
   */
  CompletionStage<Passage> pass(Side sender, byte[] utf8, @Nullable ClientLine line) {
    Frame frame;
    try {
      frame = Frame.read(utf8);
    } catch (RefusedFrame refused) {
      return CompletableFuture.completedFuture(refused(sender, refused));
    }
    List<CompletableFuture<Passage>> passages = new ArrayList<>(frame.parts().size());
    for (Frame.Part part : frame.parts()) {
      passages.add(pass(sender, frame, part, line).toCompletableFuture());
    }
    if (!frame.batch()) {
      return passages.get(0);
    }
    return CompletableFuture.allOf(passages.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> Batch.join(frame, passages.stream().map(CompletableFuture::join).toList()));
  }

  /** A frame came that was too long to be kept. */
  CompletionStage<Passage> tooLong(Side sender) {
    RefusedFrame refused = RefusedFrame.tooLong(Frame.LIMITS.maxDocumentLength());
    return CompletableFuture.completedFuture(refused(sender, refused));
  }

  /**
   * What could not be read goes nowhere. Whoever sent a request is told; whoever waits for what a
   * broken answer would have been gets an error in its place. The half of an answer answers nobody:
   * servers whose lines run into each other write the whole one behind it.
   */
  private Passage refused(Side sender, RefusedFrame refused) {
    List<byte[]> answers = waiting.broken(sender, refused);
    if (!answers.isEmpty()) {
      return new Passage(Batch.array(answers), List.of());
    }
    return sender == Side.CLIENT
        ? new Passage(null, Answers.unread(refused))
        : Passage.unread(refused.reason());
  }

  private CompletionStage<Passage> pass(
      Side sender, Frame frame, Frame.Part part, @Nullable ClientLine line) {
    if (part.message() instanceof Message.Request request) {
      return request(sender, frame, part, request, line);
    }
    if (part.message() instanceof Message.Answer answer) {
      return answer(sender, frame, part, answer);
    }
    if (part.message() instanceof Message.Notification notification) {
      if (GovernedMethod.of(sender, notification.method()) != null) {
        // A call that asks for no answer could not be refused to whom it came from.
        return CompletableFuture.completedFuture(Passage.NOTHING);
      }
      waiting.heard(sender, notification);
      return notification(sender, frame, part, notification);
    }
    return onward(frame, part);
  }

  private CompletionStage<Passage> request(
      Side sender,
      Frame frame,
      Frame.Part part,
      Message.Request request,
      @Nullable ClientLine line) {
    GovernedMethod governed = GovernedMethod.of(sender, request.method());
    Exchange exchange = new Exchange(request, governed, frame.rawId(part));
    if (sender == Side.CLIENT && request.method().equals("initialize")) {
      questions.offered(request.params());
    }
    byte[] answer = waiting.add(sender, request.id(), exchange);
    if (answer != null) {
      return back(answer);
    }
    CompletionStage<Passage> judged =
        requests.judged(
            sender, frame, part, request, exchange, questions.about(sender, exchange, line));
    return judged == null
        ? onward(frame, part)
        : judged.thenApply(passage -> decided(sender, request.id(), exchange, passage));
  }

  private Passage decided(Side sender, RequestId id, Exchange exchange, Passage judged) {
    if (!exchange.cancelled() && judged.onward() != null) {
      return judged;
    }
    waiting.remove(sender, id);
    return exchange.cancelled() ? Passage.NOTHING : judged;
  }

  private CompletionStage<Passage> answer(
      Side sender, Frame frame, Frame.Part part, Message.Answer answer) {
    if (sender == Side.CLIENT && questions.answered(answer)) {
      return CompletableFuture.completedFuture(Passage.NOTHING);
    }
    Exchange exchange = waiting.answered(sender, answer.id());
    if (exchange == null) {
      // An error without an id speaks of no request; an answer that nobody waits for is dropped.
      return answer.id() == null
          ? onward(frame, part)
          : CompletableFuture.completedFuture(Passage.NOTHING);
    }
    if (sender == Side.SERVER) {
      heard(exchange, answer);
    }
    return answers.passage(sender, frame, part, exchange, answer);
  }

  private void heard(Exchange exchange, Message.Answer answer) {
    if (exchange.method().equals("initialize")) {
      questions.agreed(answer.result());
    } else if (exchange.method().equals("prompts/list")
        && answer.result() instanceof Map<?, ?> result) {
      tools.heardPrompts(exchange, result);
    }
  }

  /** What a server tells about its tasks unasked may hold results. */
  private CompletionStage<Passage> notification(
      Side sender, Frame frame, Frame.Part part, Message.Notification told) {
    JsonBytes.Span params = frame.json().member(part.place(), "params");
    boolean ofTask = sender == Side.SERVER && told.method().startsWith("notifications/tasks");
    if (!ofTask || params == null || !TaskReports.isTelling(told.params())) {
      return onward(frame, part);
    }
    return tasks
        .judged(told.params())
        .thenApply(
            after ->
                Passage.onward(
                    frame.with(part, TreeEdits.of(frame.json(), params, told.params(), after))));
  }

  /**
   * The client's requests that a large answer may belong to, if it may go on as it comes because
   * nothing looks at the results of any of them; else none.
   *
   * @param id the answer's id, or null when it is not known yet
   */
  Set<Exchange> unwatched(@Nullable RequestId id) {
    Set<Exchange> asked = waiting.asked(id);
    return asked.stream().allMatch(this::isUnwatched) ? asked : Set.of();
  }

  private boolean isUnwatched(Exchange exchange) {
    ToolCall call = exchange.call();
    return call != null && exchange.notes().isEmpty() && !session.looksAtResults(call.name());
  }

  /**
   * A large answer was handed on, but for its end.
   *
   * @param asked the requests it may belong to
   * @return what becomes of it when the end may not follow; null when it may
   */
  @Nullable Passage wentOn(@Nullable RequestId id, Set<Exchange> asked, long bytes) {
    Exchange exchange = waiting.answered(Side.SERVER, id);
    Started started = exchange == null ? null : exchange.started();
    if (exchange == null || started == null || !asked.contains(exchange)) {
      return exchange == null ? Passage.NOTHING : Passage.onward(Waiting.unreadable(exchange));
    }
    Decision decision = session.after(started.finishing(), ToolResult.ofSize(bytes));
    return decision.action() == Action.PROCEED
        ? null
        : Passage.onward(Answers.refused(exchange, decision, parts.denialsAsErrors()));
  }

  /** A large answer turned out to be none, or ended in the middle. */
  Passage brokeOff(@Nullable RequestId id) {
    Exchange exchange = waiting.answered(Side.SERVER, id);
    return exchange == null ? Passage.NOTHING : Passage.onward(Waiting.unreadable(exchange));
  }

  private static CompletionStage<Passage> onward(Frame frame, Frame.Part part) {
    return CompletableFuture.completedFuture(Passage.onward(frame.bytes(part)));
  }

  private static CompletionStage<Passage> back(byte[] answer) {
    return CompletableFuture.completedFuture(Passage.back(answer));
  }

  /**
   * The server had a client's frame and gave no answer to it: the client gets one all the same.
   * Nothing for what was answered meanwhile.
   */
  List<byte[]> unanswered(byte[] sent) {
    try {
      return waiting.unanswered(Frame.read(sent));
    } catch (RefusedFrame e) {
      return List.of();
    }
  }

  /** Waits until the client was answered everything, or for so long. */
  void settled(Duration patience) throws InterruptedException {
    waiting.settled(Side.CLIENT, patience);
  }

  /** The client says nothing more, so it answers no question. */
  void clientLeft() {
    questions.left();
  }

  /** One side is gone: everybody who still waits for it gets an answer. */
  List<byte[]> gone(Side gone) {
    return waiting.gone(gone);
  }
}
