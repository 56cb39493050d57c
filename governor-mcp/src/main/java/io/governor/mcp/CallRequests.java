package io.governor.mcp;

import io.governor.Action;
import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.CallHint;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.mcp.CallForms.Form;
import io.governor.mcp.Unfinished.Inputs;
import io.governor.mcp.Unfinished.Round;
import io.governor.mcp.Unfinished.Started;
import io.governor.mcp.Unfinished.Task;
import io.governor.seam.CallMarks;
import io.governor.seam.MarkedCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the requests that rules look at. A call that was counted before is counted no
 * more: one that another governed seam has marked, one that is made again with what its server
 * asked for, and what its task is told while it runs. Safe for use by several threads.
 */
final class CallRequests {

  private static final String UPDATE = "tasks/update";

  private final GovernedSession session;
  private final ServerTools tools;
  private final Unfinished unfinished;
  private final CallForms forms;
  private final InputRequests inputs;
  private final TaskReports tasks;
  private final @Nullable CallMarks marks;
  private final boolean denialsAsErrors;

  CallRequests(SessionParts parts) {
    this.session = parts.session();
    this.tools = parts.tools();
    this.unfinished = parts.unfinished();
    this.forms = unfinished.forms();
    this.inputs = new InputRequests(session, tools);
    this.tasks = new TaskReports(parts);
    this.marks = parts.marks();
    this.denialsAsErrors = parts.denialsAsErrors();
  }

  /** A call on its way to be judged. */
  private record Asking(
      AskedCall asked, Inputs inputs, ToolCall call, boolean elsewhere, Exchange exchange) {}

  /**
   * Judges a request.
   *
   * @param caller how whoever sent it can be asked
   * @return null for a request that no rule looks at
   */
  @Nullable CompletionStage<Passage> judged(
      Side sender,
      Frame frame,
      Frame.Part part,
      Message.Request request,
      Exchange exchange,
      Caller caller) {
    if (sender == Side.CLIENT && request.method().equals(UPDATE)) {
      return judged(update(frame, part, request, exchange), caller);
    }
    GovernedMethod governed = exchange.governed();
    if (governed == null) {
      return null;
    }
    if (governed == GovernedMethod.TOOLS_CALL && FormAnswers.areIn(request.params(), forms)) {
      return repeated(frame, part, request, exchange, caller);
    }
    String name = tools.nameOf(governed, request.params());
    return name == null
        ? answered(Answers.error(exchange.rawId(), -32602, "expected the name of a tool", Map.of()))
        : judged(call(frame, part, request, exchange, governed, name), caller);
  }

  /** A call that holds what its client was given with a form of ours. */
  private CompletionStage<Passage> repeated(
      Frame frame, Frame.Part part, Message.Request request, Exchange exchange, Caller caller) {
    Form form =
        exchange.stateless()
            ? forms.answered(Unfinished.key(request.method(), request.params()), request.params())
            : null;
    if (form != null) {
      return answered(form, frame, part, request, exchange);
    }
    Frame cleaned = FormAnswers.takenOut(frame, part, request.params(), forms);
    Frame.Part only = cleaned.parts().get(0);
    CompletionStage<Passage> judged =
        only.message() instanceof Message.Request again
            ? judged(Side.CLIENT, cleaned, only, again, exchange, caller)
            : null;
    if (judged == null) {
      throw new IllegalStateException("expected the call that it was");
    }
    return judged;
  }

  /** Nothing but a form that was accepted with a yes lets the call go on, as it came at first. */
  private CompletionStage<Passage> answered(
      Form form, Frame frame, Frame.Part part, Message.Request request, Exchange exchange) {
    Object response =
        request.params().get(AskedCall.RESPONSES) instanceof Map<?, ?> responses
            ? responses.get(form.key())
            : null;
    form.call().again(exchange.rawId(), meta(frame, part, request));
    boolean yes = ApprovalForm.isYes(response);
    form.answer().complete(new Approval(yes, form.digest(), ClientQuestions.CLIENT));
    return form.decided()
        .thenApply(decision -> decided(form.call(), form.elsewhere(), exchange, decision));
  }

  private String meta(Frame frame, Frame.Part part, Message.Request request) {
    JsonBytes json = frame.json();
    JsonBytes.Span place = json.member(json.member(part.place(), "params"), "_meta");
    if (place == null) {
      throw new IllegalStateException("expected a request of 2026-07-28");
    }
    boolean isMarked =
        marks != null
            && request.params().get("_meta") instanceof Map<?, ?> meta
            && meta.containsKey(CallMarks.KEY);
    if (!isMarked) {
      return json.text(place);
    }
    JsonBytes meta = new JsonBytes(json.bytes(place));
    JsonBytes.Edit unmarked = new JsonBytes.Edit(meta.hole(meta.document(), CallMarks.KEY), "");
    return new String(meta.with(List.of(unmarked)), StandardCharsets.UTF_8);
  }

  private Asking call(
      Frame frame,
      Frame.Part part,
      Message.Request request,
      Exchange exchange,
      GovernedMethod governed,
      String name) {
    AskedCall asked = new AskedCall(frame, part, request, governed);
    CallHint hint = tools.hint(governed, request.params());
    ToolCall call =
        ToolCall.of(name, asked.sent())
            .withAnnotations(tools.annotations(governed, request.params()))
            .withHint(hint);
    Round round = round(request, exchange);
    MarkedCall marked = marked(frame, part, request, governed, asked);
    if (round != null) {
      Started before = round.started();
      ToolCall again = identified(call, before.call(), hint.counted(before.counted()));
      return new Asking(asked, round.inputs(), again, before.elsewhere(), exchange);
    }
    if (marked != null) {
      ToolCall counted = call.withId(marked.callId()).withHint(hint.counted(marked.counted()));
      return new Asking(asked, new Inputs(), counted, true, exchange);
    }
    return new Asking(asked, new Inputs(), call, false, exchange);
  }

  private static ToolCall identified(ToolCall call, ToolCall before, CallHint hint) {
    return new ToolCall(
        call.name(), call.arguments(), before.id(), call.annotations(), hint, before.idIsOurs());
  }

  /** The round before, of a call that its client makes again because its server asked for that. */
  private @Nullable Round round(Message.Request request, Exchange exchange) {
    Map<String, @Nullable Object> params = request.params();
    boolean again =
        exchange.stateless()
            && (params.containsKey("inputResponses") || params.containsKey("requestState"));
    return again
        ? unfinished.goesOn(Unfinished.key(request.method(), params), params.get("requestState"))
        : null;
  }

  /** A mark that is ours goes no further: to the server it would only be of use for a replay. */
  private @Nullable MarkedCall marked(
      Frame frame,
      Frame.Part part,
      Message.Request request,
      GovernedMethod governed,
      AskedCall asked) {
    if (marks == null
        || governed != GovernedMethod.TOOLS_CALL
        || !(request.params().get("_meta") instanceof Map<?, ?> meta)
        || !(request.params().get("name") instanceof String tool)) {
      return null;
    }
    MarkedCall marked = marks.read(meta.get(CallMarks.KEY), tool, asked.sent());
    if (marked != null) {
      JsonBytes json = frame.json();
      JsonBytes.Span place = json.member(json.member(part.place(), "params"), "_meta");
      asked.without(new JsonBytes.Edit(json.hole(place, CallMarks.KEY), ""));
    }
    return marked;
  }

  /** What a client tells a task is one more argument of the call that began it. */
  private Asking update(Frame frame, Frame.Part part, Message.Request request, Exchange exchange) {
    Task task = tasks.task(Side.SERVER, request.params().get("taskId"), UPDATE);
    Started before = task.started();
    AskedCall asked = AskedCall.update(frame, part, request, before.call().arguments());
    return new Asking(asked, task.inputs(), before.again(), before.elsewhere(), exchange);
  }

  private CompletionStage<Passage> judged(Asking asking, Caller caller) {
    AskedCall asked = asking.asked();
    InputRequests.Judged responses = inputs.responses(asked.responses(), asking.inputs());
    Decision refusal = responses.refusal();
    if (refusal != null) {
      return answered(refused(asking.exchange(), refusal));
    }
    if (!responses.values().equals(asked.responses())) {
      asked.answers(responses.values());
    }
    ToolCall call = withArguments(asking.call(), asked.seen());
    ClientQuestions showing = caller.inResult();
    return showing == null
        ? session
            .beforeAsync(call, caller.meanwhile())
            .thenApply(decision -> decided(asking, decision))
        : shown(asking, call, showing);
  }

  /**
   * A call whose client gets a form for its result if it has to be asked; what is decided then is
   * for the call that it makes again.
   */
  private CompletionStage<Passage> shown(Asking asking, ToolCall call, ClientQuestions client) {
    CompletableFuture<Passage> passage = new CompletableFuture<>();
    CompletableFuture<Decision> decided = new CompletableFuture<>();
    CompletionStage<Decision> deciding =
        session.beforeAsync(call, request -> shown(asking, request, client, passage, decided));
    deciding.thenAccept(
        decision -> {
          if (!passage.isDone()) {
            passage.complete(decided(asking, decision));
          }
          decided.complete(decision);
        });
    return passage;
  }

  private CompletionStage<Approval> shown(
      Asking asking,
      ApprovalRequest request,
      ClientQuestions client,
      CompletableFuture<Passage> passage,
      CompletableFuture<Decision> decided) {
    Exchange exchange = asking.exchange();
    String about = Unfinished.key(exchange.method(), exchange.params());
    Form form = forms.form(about, asking.asked(), asking.elsewhere(), request.digest(), decided);
    byte[] result = ApprovalForm.result(exchange.rawId(), form.key(), form.state(), request);
    forms.opened(form);
    client.waitsFor(form.answer());
    exchange.whenCancelled(() -> ClientQuestions.unanswered(form.answer()));
    passage.complete(Passage.back(result));
    return form.answer();
  }

  private static ToolCall withArguments(ToolCall call, ToolArguments arguments) {
    return new ToolCall(
        call.name(), arguments, call.id(), call.annotations(), call.hint(), call.idIsOurs());
  }

  private Passage decided(Asking asking, Decision decision) {
    return decided(asking.asked(), asking.elsewhere(), asking.exchange(), decision);
  }

  private Passage decided(
      AskedCall asked, boolean elsewhere, Exchange exchange, Decision decision) {
    if (decision.action() != Action.PROCEED && decision.action() != Action.REWRITE) {
      return Passage.back(refused(exchange, decision));
    }
    if (exchange.governed() != null) {
      exchange.judged(decision, elsewhere);
    }
    return Passage.onward(asked.onward(decision));
  }

  private byte[] refused(Exchange exchange, Decision decision) {
    return Answers.refused(exchange, decision, denialsAsErrors);
  }

  private static CompletionStage<Passage> answered(byte[] answer) {
    return CompletableFuture.completedFuture(Passage.back(answer));
  }
}
