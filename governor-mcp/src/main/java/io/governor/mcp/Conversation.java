package io.governor.mcp;

import io.governor.Action;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
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

  private final GovernedSession session;
  private final ServerTools tools;
  private final boolean denialsAsErrors;
  private final ClientQuestions questions;
  private final Waiting waiting = new Waiting();

  Conversation(GovernedSession session, ServerTools tools, boolean denialsAsErrors) {
    this(session, tools, denialsAsErrors, ClientQuestions.none());
  }

  Conversation(
      GovernedSession session,
      ServerTools tools,
      boolean denialsAsErrors,
      ClientQuestions questions) {
    this.session = session;
    this.tools = tools;
    this.denialsAsErrors = denialsAsErrors;
    this.questions = questions;
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
    List<CompletableFuture<Passage>> parts = new ArrayList<>(frame.parts().size());
    for (Frame.Part part : frame.parts()) {
      parts.add(pass(sender, frame, part, line).toCompletableFuture());
    }
    if (!frame.batch()) {
      return parts.get(0);
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(done -> Batch.join(frame, parts.stream().map(CompletableFuture::join).toList()));
  }

  /** A frame came that was too long to be kept. */
  CompletionStage<Passage> tooLong(Side sender) {
    RefusedFrame refused =
        RefusedFrame.notJson(
            "expected at most " + Frame.LIMITS.maxDocumentLength() + " bytes", List.of());
    return CompletableFuture.completedFuture(refused(sender, refused));
  }

  /**
   * What could not be read goes nowhere. Whoever sent a request is told; whoever waits for what a
   * broken answer would have been gets an error in its place.
   */
  private Passage refused(Side sender, RefusedFrame refused) {
    List<byte[]> answers = waiting.broken(sender, refused);
    List<byte[]> back = sender == Side.CLIENT ? Answers.unread(refused) : List.of();
    return answers.isEmpty()
        ? new Passage(null, back)
        : new Passage(Batch.array(answers), List.of());
  }

  private CompletionStage<Passage> pass(
      Side sender, Frame frame, Frame.Part part, @Nullable ClientLine line) {
    if (part.message() instanceof Message.Request request) {
      return request(sender, frame, part, request, line);
    }
    if (part.message() instanceof Message.Answer answer) {
      return CompletableFuture.completedFuture(answer(sender, frame, part, answer));
    }
    if (part.message() instanceof Message.Notification notification) {
      waiting.heard(sender, notification);
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
    byte[] rawId = frame.rawId(part);
    Exchange exchange =
        new Exchange(request.method(), governed, rawId, Era.stateless(request.params()));
    exchange.asksFrom(request.params().get("cursor"));
    if (sender == Side.CLIENT && request.method().equals("initialize")) {
      questions.offered(request.params());
    }
    byte[] answer = waiting.add(sender, request.id(), exchange);
    if (answer != null) {
      return back(answer);
    }
    return governed == null
        ? onward(frame, part)
        : governed(sender, frame, part, request, exchange, governed, line);
  }

  private CompletionStage<Passage> governed(
      Side sender,
      Frame frame,
      Frame.Part part,
      Message.Request request,
      Exchange exchange,
      GovernedMethod governed,
      @Nullable ClientLine line) {
    ToolCall call = call(frame, part, request, governed);
    if (call == null) {
      waiting.remove(sender, request.id());
      return back(Answers.error(exchange.rawId(), -32602, "expected the name of a tool", Map.of()));
    }
    return session
        .beforeAsync(call, questions.about(exchange, line))
        .thenApply(decision -> decided(sender, frame, part, request.id(), exchange, decision));
  }

  private @Nullable ToolCall call(
      Frame frame, Frame.Part part, Message.Request request, GovernedMethod governed) {
    String name = tools.nameOf(governed, request.params());
    if (name == null) {
      return null;
    }
    JsonBytes.Span place = argumentsPlace(frame, part, governed);
    ToolArguments arguments =
        place == null ? ToolArguments.empty() : ToolArguments.ofJson(frame.json().text(place));
    return ToolCall.of(name, arguments)
        .withAnnotations(tools.annotations(governed, request.params()))
        .withHint(tools.hint(governed, request.params()));
  }

  private static JsonBytes.@Nullable Span argumentsPlace(
      Frame frame, Frame.Part part, GovernedMethod governed) {
    JsonBytes.Span params = frame.json().member(part.place(), "params");
    String member = governed.argumentsMember();
    return member == null ? params : frame.json().member(params, member);
  }

  private Passage decided(
      Side sender,
      Frame frame,
      Frame.Part part,
      RequestId id,
      Exchange exchange,
      Decision decision) {
    boolean proceeds = decision.action() == Action.PROCEED || decision.action() == Action.REWRITE;
    if (exchange.cancelled() || !proceeds) {
      waiting.remove(sender, id);
      return exchange.cancelled()
          ? Passage.NOTHING
          : Passage.back(Answers.refused(exchange, decision, denialsAsErrors));
    }
    exchange.judged(decision.call(), decision.warnings());
    GovernedMethod governed = exchange.governed();
    JsonBytes.Span place = governed == null ? null : argumentsPlace(frame, part, governed);
    if (decision.action() == Action.PROCEED || place == null) {
      return Passage.onward(frame.bytes(part));
    }
    return Passage.onward(
        frame.with(part, List.of(new JsonBytes.Edit(place, decision.arguments().json()))));
  }

  private Passage answer(Side sender, Frame frame, Frame.Part part, Message.Answer answer) {
    if (sender == Side.CLIENT && questions.answered(answer)) {
      return Passage.NOTHING;
    }
    Exchange exchange = waiting.answered(sender, answer.id());
    if (exchange == null) {
      // An error without an id speaks of no request; an answer that nobody waits for is dropped.
      return answer.id() == null ? Passage.onward(frame.bytes(part)) : Passage.NOTHING;
    }
    if (sender == Side.SERVER) {
      heard(exchange, answer);
    }
    ToolCall call = exchange.call();
    if (call == null) {
      return sender == Side.SERVER && exchange.method().equals("tools/list")
          ? Passage.onward(toolList(frame, part, exchange, answer))
          : Passage.onward(frame.bytes(part));
    }
    ToolResult result = answer.failed() ? ToolResult.failure() : ResultShape.of(answer.result());
    return returned(frame, part, exchange, answer, session.after(call, result));
  }

  private void heard(Exchange exchange, Message.Answer answer) {
    if (exchange.method().equals("initialize")) {
      questions.agreed(answer.result());
    } else if (exchange.method().equals("prompts/list")
        && answer.result() instanceof Map<?, ?> result) {
      tools.heardPrompts(exchange, result);
    }
  }

  private byte[] toolList(Frame frame, Frame.Part part, Exchange exchange, Message.Answer answer) {
    JsonBytes.Span place = frame.json().member(part.place(), "result");
    if (place == null || !(answer.result() instanceof Map<?, ?> result)) {
      return frame.bytes(part);
    }
    tools.heard(exchange, result);
    return frame.with(
        part,
        OfferedTools.edits(
            frame.json(), place, result, name -> session.offers(tools.nameOf(name))));
  }

  private Passage returned(
      Frame frame, Frame.Part part, Exchange exchange, Message.Answer answer, Decision decision) {
    if (decision.action() == Action.REFUSE || decision.action() == Action.ASK) {
      return Passage.onward(Answers.refused(exchange, decision, denialsAsErrors));
    }
    JsonBytes.Span place = frame.json().member(part.place(), "result");
    if (place == null) {
      return Passage.onward(frame.bytes(part));
    }
    ToolResult rewritten = decision.action() == Action.REWRITE ? decision.result() : null;
    Object value =
        rewritten == null ? answer.result() : ResultShape.rewritten(answer.result(), rewritten);
    Object told = Notes.beside(value, exchange.notes(), decision.warnings());
    return Passage.onward(
        frame.with(part, TreeEdits.of(frame.json(), place, answer.result(), told)));
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
    ToolCall call = exchange == null ? null : exchange.call();
    if (exchange == null || call == null || !asked.contains(exchange)) {
      return exchange == null ? Passage.NOTHING : Passage.onward(Waiting.unreadable(exchange));
    }
    Decision decision = session.after(call, ToolResult.ofSize(bytes));
    return decision.action() == Action.PROCEED
        ? null
        : Passage.onward(Answers.refused(exchange, decision, denialsAsErrors));
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
