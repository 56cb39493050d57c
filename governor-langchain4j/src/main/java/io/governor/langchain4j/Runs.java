package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.governor.CallHint;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Origin;
import io.governor.RuleHit;
import io.governor.SessionBuilder;
import io.governor.ToolAnnotations;
import io.governor.ToolResult;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the run a tool call belongs to. A run is kept for as long as LangChain4j holds its
 * invocation's id, so an invocation that never says that it ended costs nothing for long. Safe for
 * use by several threads.
 */
final class Runs {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private final Governor governor;
  private final SessionKeys keys;
  private final Intents intents;
  private final Classifiers classifiers;
  private final Map<UUID, Run> byInvocation = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<LangChain4jManaged, Run> byScope =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final CallIds callIds = new CallIds();
  private final boolean observing;

  private volatile boolean modelsAreHeard;

  /** Calls that say nothing about where they come from. */
  private final Run anonymous;

  /**
   * @param classifiers the host's functions that say what results are
   * @param observing whether calls are only heard of after they ran: then nobody is asked, and an
   *     invocation's session is not the one that its governed tools have
   */
  Runs(
      Governor governor,
      SessionKeys keys,
      Intents intents,
      Classifiers classifiers,
      boolean observing) {
    this.classifiers = classifiers;
    this.observing = observing;
    this.governor = governor;
    this.keys = keys;
    this.intents = intents;
    // An id made beforehand, so that two calls that come first at once open the same session.
    SessionBuilder session = session(UUID.randomUUID().toString(), intents.of(null, null)).unique();
    this.anonymous = Run.within(governor, () -> open(session));
  }

  Governor governor() {
    return governor;
  }

  Classifiers classifiers() {
    return classifiers;
  }

  CallIds callIds() {
    return callIds;
  }

  /**
   * The run of a call that came with nothing but itself: the one whose model asked for it in its
   * latest answer, else the one that this thread is inside of.
   */
  Run of(ToolExecutionRequest request) {
    List<Run> live;
    synchronized (byInvocation) {
      live = List.copyOf(byInvocation.values());
    }
    for (Run run : live) {
      if (run.turns().askedFor(request)) {
        return run;
      }
    }
    return ofMemory(null);
  }

  /** The run of a call that came with a context. */
  Run of(@Nullable InvocationContext context) {
    if (context == null) {
      return ofMemory(null);
    }
    try {
      return find(context);
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      LOG.warn("an invocation was not understood: {}", failure.getClass().getName());
      return anonymous;
    }
  }

  private Run find(InvocationContext context) {
    UUID invocation = context.invocationId();
    if (invocation == null) {
      return ofMemory(context.chatMemoryId());
    }
    Run known = byInvocation.get(invocation);
    return known != null ? known : started(context, context.userMessage());
  }

  /** The run of a call that came with a memory id alone. */
  Run ofMemory(@Nullable Object memoryId) {
    Run calling = Run.calling(governor);
    if (calling != null) {
      return calling;
    }
    String key = SessionKeys.ofMemory(memoryId);
    return key == null ? anonymous : Run.within(governor, opening(key, intents.of(null, null)));
  }

  /** An invocation began, as far as we know; the first to say so settles where it belongs. */
  Run started(InvocationContext context, @Nullable UserMessage message) {
    Run run = run(context, message);
    Run earlier = byInvocation.putIfAbsent(context.invocationId(), run);
    return earlier == null ? run : earlier;
  }

  /** From now on model listeners ask whose question a model was asked. */
  void hearModels() {
    modelsAreHeard = true;
  }

  /** The service is about to ask its model, on this thread. */
  void asking(InvocationContext context, ChatRequest request) {
    Run run = of(context);
    if (!observing) {
      run.asking();
    }
    if (modelsAreHeard) {
      Question.ask(run, request);
    }
  }

  void answered(InvocationContext context, ChatResponse response) {
    Question.forget();
    of(context).turns().answered(response, null);
  }

  /** LangChain4j has run a tool, governed or not. */
  void executed(InvocationContext context, ToolExecutionRequest request) {
    of(context).awaited().executed(request);
  }

  /** A tool has run that nobody governs: it is recorded, and nothing can be done about it. */
  void observed(
      InvocationContext context, ToolExecutionRequest request, @Nullable List<Content> contents) {
    if (!Recorded.first(governor, request)) {
      return;
    }
    Run run = of(context);
    try (GovernedCall call =
        GovernedCall.begin(this, run, request, ToolAnnotations.NONE, CallHint.NONE)) {
      ToolResult result = ToolResult.of(ContentTree.tree(contents));
      call.judge(result, classifiers.about(call.tool(), result));
    }
  }

  void ended(InvocationContext context) {
    Question.forget();
    UUID invocation = context.invocationId();
    Run run = byInvocation.get(invocation);
    if (run == null) {
      return;
    }
    if (observing) {
      // Calls are heard of by the thread that has just said that it is done.
      run.awaited().nothing();
    }
    if (run.end()) {
      byInvocation.remove(invocation, run);
    }
  }

  private Run run(InvocationContext context, @Nullable UserMessage message) {
    String given = keys.given(context);
    if (given != null) {
      return Run.within(governor, opening(given, intents.of(context, message)));
    }
    Run calling = Run.calling(governor);
    if (calling != null) {
      return calling.nested();
    }
    LangChain4jManaged scope = scope(context);
    if (scope != null) {
      return byScope
          .computeIfAbsent(scope, key -> Run.within(governor, invocation(context, message)))
          .nested();
    }
    String remembered = keys.remembered(context);
    return remembered != null
        ? Run.within(governor, opening(remembered, intents.of(context, message)))
        : Run.ofInvocation(governor, invocation(context, message));
  }

  /** The scope that the agents of one agentic system share. */
  private static @Nullable LangChain4jManaged scope(InvocationContext context) {
    Map<?, LangChain4jManaged> managed = context.managedParameters();
    Collection<LangChain4jManaged> scopes =
        managed == null ? Collections.emptyList() : managed.values();
    return scopes.isEmpty() ? null : scopes.iterator().next();
  }

  /**
   * An invocation's id is a random UUID of its own: no other process can hold it. Only its text is
   * kept, never the context: a run that led to its own id or scope would never be forgotten.
   */
  private Supplier<GovernedSession> invocation(
      InvocationContext context, @Nullable UserMessage message) {
    String sessionId = (observing ? UUID.randomUUID() : context.invocationId()).toString();
    Intent intent = intents.of(context, message);
    return () -> open(session(sessionId, intent).unique());
  }

  private Supplier<GovernedSession> opening(String sessionId, Intent intent) {
    return () -> open(session(sessionId, intent));
  }

  /** The rules that could touch calls of a tool in these runs. */
  List<RuleHit> rulesFor(String tool) {
    return governor.rulesFor(intents.agent(), tool);
  }

  /** The rules that could touch calls of some tool in these runs. */
  List<RuleHit> rules() {
    return governor.rules();
  }

  private SessionBuilder session(String sessionId, Intent intent) {
    SessionBuilder session =
        governor
            .session()
            .id(sessionId)
            .agent(intents.agent())
            .intent(intent)
            .origin(Origin.LANGCHAIN4J);
    return observing ? session.hostAsks() : session;
  }

  /** Rules hold although the governor was closed too early. */
  private static GovernedSession open(SessionBuilder session) {
    try {
      return session.open();
    } catch (IllegalStateException closed) {
      return session.ended();
    }
  }
}
