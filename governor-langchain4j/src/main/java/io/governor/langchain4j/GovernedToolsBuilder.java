package io.governor.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import io.governor.Agent;
import io.governor.Governor;
import io.governor.Intent;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds {@link GovernedTools}. Not safe for use by several threads. */
public final class GovernedToolsBuilder {

  private final Governor governor;
  private @Nullable Agent agent;
  private Function<@Nullable InvocationContext, @Nullable Intent> intent = context -> null;
  private boolean words;
  private Function<InvocationContext, @Nullable String> key = context -> null;
  private boolean perMemory;

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

  /** Builds the governed tools. No session is opened before the first call. */
  public GovernedTools build() {
    return new GovernedTools(runs(false));
  }

  /** Builds listeners that only observe, see {@link GovernedTools#observing}. */
  public List<AiServiceListener<?>> observing() {
    Recorded.want();
    return InvocationListeners.observing(runs(true));
  }

  private Runs runs(boolean observing) {
    Agent who = agent == null ? governor.agent() : agent;
    return new Runs(
        governor, new SessionKeys(key, perMemory), new Intents(who, intent, words), observing);
  }
}
