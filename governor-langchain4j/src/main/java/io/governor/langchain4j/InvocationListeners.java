package io.governor.langchain4j;

import dev.langchain4j.observability.api.listener.AiServiceCompletedListener;
import dev.langchain4j.observability.api.listener.AiServiceErrorListener;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.observability.api.listener.AiServiceRequestIssuedListener;
import dev.langchain4j.observability.api.listener.AiServiceResponseReceivedListener;
import dev.langchain4j.observability.api.listener.AiServiceStartedListener;
import dev.langchain4j.observability.api.listener.ToolExecutedEventListener;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows AI services from start to end. LangChain4j marks this part of its interface experimental,
 * so nothing else here touches it. What goes wrong stays here: an error thrown by a listener would
 * reach the service's caller.
 */
final class InvocationListeners {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private InvocationListeners() {}

  static List<AiServiceListener<?>> of(Runs runs) {
    ToolExecutedEventListener executed =
        event -> guarded(() -> runs.executed(event.invocationContext(), event.request()));
    List<AiServiceListener<?>> listeners = new ArrayList<>(common(runs));
    listeners.add(executed);
    return List.copyOf(listeners);
  }

  private static List<AiServiceListener<?>> common(Runs runs) {
    AiServiceStartedListener started =
        event -> guarded(() -> runs.started(event.invocationContext(), event.userMessage()));
    AiServiceRequestIssuedListener issued =
        event -> guarded(() -> runs.asking(event.invocationContext(), event.request()));
    AiServiceResponseReceivedListener received =
        event -> guarded(() -> runs.answered(event.invocationContext(), event.response()));
    AiServiceCompletedListener completed =
        event -> guarded(() -> runs.ended(event.invocationContext()));
    AiServiceErrorListener failed = event -> guarded(() -> runs.ended(event.invocationContext()));
    return List.of(started, issued, received, completed, failed);
  }

  /**
   * Lets no service run that was not checked. LangChain4j swallows exceptions of listeners and
   * hands errors on to the caller, which is what is wanted here and nowhere else.
   */
  static AiServiceListener<?> requiring(Checks checks) {
    AiServiceStartedListener started =
        event -> {
          String objection = checks.objection(event.invocationContext().interfaceName());
          if (objection != null) {
            throw new AssertionError(objection);
          }
        };
    return started;
  }

  /** As {@link #of}, and records tools that have run. */
  static List<AiServiceListener<?>> observing(Runs runs) {
    ToolExecutedEventListener executed =
        event ->
            guarded(
                () ->
                    runs.observed(
                        event.invocationContext(), event.request(), event.resultContents()));
    List<AiServiceListener<?>> listeners = new ArrayList<>(common(runs));
    listeners.add(executed);
    return List.copyOf(listeners);
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      LOG.warn("an event of an AI service was not understood: {}", failure.getClass().getName());
    }
  }
}
