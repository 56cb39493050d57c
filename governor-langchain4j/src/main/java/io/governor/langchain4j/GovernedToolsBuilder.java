package io.governor.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.Agent;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.ResultHint;
import io.governor.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds {@link GovernedTools}. Not safe for use by several threads. */
public final class GovernedToolsBuilder {

  private final Governor governor;
  private @Nullable Agent agent;
  private Function<@Nullable InvocationContext, @Nullable Intent> intent = context -> null;
  private boolean words;
  private Function<InvocationContext, @Nullable String> key = context -> null;
  private final List<Classifiers.Classifier> classifiers = new ArrayList<>();
  private boolean perMemory;
  private UnaryOperator<ToolExecutor> around = UnaryOperator.identity();
  private boolean strict;

  GovernedToolsBuilder(Governor governor) {
    this.governor = governor;
  }

  /** Who runs; the governor's agent otherwise. */
  public GovernedToolsBuilder agent(Agent newAgent) {
    agent = newAgent;
    return this;
  }

  /** What every session is for; otherwise it is taken from the user's message. */
  public GovernedToolsBuilder intent(Intent newIntent) {
    intent = context -> newIntent;
    return this;
  }

  /**
   * What a session is for, from its first invocation.
   *
   * @param newIntent may return null where the user's message should count; not called for calls
   *     without a context
   */
  public GovernedToolsBuilder intentOf(Function<InvocationContext, @Nullable Intent> newIntent) {
    intent = context -> context == null ? null : newIntent.apply(context);
    return this;
  }

  /**
   * Records the user's message, up to 2000 characters of it, as the session's objective. By default
   * only the number of its words is recorded, because prompts do not belong in a trace.
   */
  public GovernedToolsBuilder recordUserMessages() {
    words = true;
    return this;
  }

  /**
   * One session per chat memory instead of one per invocation, for services with {@code @MemoryId}.
   * Such a session ends by being idle, and goes on when the memory is used again.
   */
  public GovernedToolsBuilder sessionPerMemory() {
    perMemory = true;
    return this;
  }

  /**
   * The host's own id for sessions, from the method's arguments or the invocation parameters. Such
   * a session ends by being idle.
   *
   * @param newKey may return null where the default applies
   */
  public GovernedToolsBuilder sessionOf(Function<InvocationContext, @Nullable String> newKey) {
    key = newKey;
    return this;
  }

  /**
   * Says what can be known about a result only when it is there: its classifications, provenance,
   * retention and authorization. Asked once per call that returned, before anything is redacted;
   * the first entry that matches the tool answers. What it leaves open, each value by itself, comes
   * from {@link Governed} on the tool's method, then from what the governor was told, then from the
   * policy's {@code tools}, and so does everything when it throws; that is logged once.
   *
   * @param nameOrGlob a tool's name, or a glob over names
   * @param newClassifier called by many threads, must not block, may return null
   * @throws IllegalArgumentException if the glob is malformed
   */
  public GovernedToolsBuilder classify(
      String nameOrGlob, Function<ToolResult, @Nullable ResultHint> newClassifier) {
    classifiers.add(Classifiers.Classifier.of(nameOrGlob, newClassifier));
    return this;
  }

  /**
   * Requires that every AI service with these tools is given to {@link GovernedTools#check} before
   * it is used, so that a tool which was added without the governor stops the program where it
   * starts. Until then the service's calls of these tools are refused, and with {@link
   * GovernedTools#listeners()} registered the service itself: its methods throw an {@link
   * AssertionError}. Services of one interface count as one; check each. LangChain4j leaves a
   * builder connected to the service it built: one that is changed afterwards changes the service,
   * unseen. Calls that come with no invocation of a service are not affected.
   */
  public GovernedToolsBuilder strict() {
    strict = true;
    return this;
  }

  /**
   * Puts something around every governed call, such as a span: it begins before the call is judged
   * and ends after its result was. What it is given is governed; a call that it does not hand on to
   * that is the host's own, which no rule sees and {@link GovernedTools#coverage} cannot tell.
   *
   * @param newAround called once per tool; its executor must hand on both ways of executing as the
   *     same way, or contexts and attachments are lost
   */
  public GovernedToolsBuilder around(UnaryOperator<ToolExecutor> newAround) {
    around = newAround;
    return this;
  }

  /** Builds the governed tools. No session is opened before the first call. */
  public GovernedTools build() {
    return new GovernedTools(runs(false), around, new Checks(strict));
  }

  /** Builds listeners that only observe, see {@link GovernedTools#observing}. */
  public List<AiServiceListener<?>> observing() {
    Recorded.want();
    return InvocationListeners.observing(runs(true));
  }

  private Runs runs(boolean observing) {
    Agent who = agent == null ? governor.agent() : agent;
    return new Runs(
        governor,
        new SessionKeys(key, perMemory),
        new Intents(who, intent, words),
        new Classifiers(classifiers),
        observing);
  }
}
