package io.governor.spring.boot;

import io.governor.Mode;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the application's configuration says about governing. A key below {@code governor} that is
 * not listed here stops the start.
 *
 * @param enabled Whether tools are governed at all.
 * @param policy The policy that decides: a file, which is read again when it changes, or
 *     "classpath:" and a resource, or "starter:" and the name of a starter policy.
 * @param mode How far rules without a mode of their own reach. Observe unless set; not beside a
 *     policy, which has its own.
 * @param allowWithoutPolicy Whether the mode "enforce" is accepted where there is nothing to
 *     enforce.
 * @param requireTrace Whether calls that cannot be recorded are refused, where the mode is
 *     "enforce".
 * @param stateRoot The directory of the trace and everything else that is kept; the user's
 *     otherwise.
 * @param sharedLimits Whether limits count the calls of all processes that use the state root.
 * @param cache How many answers of rules are remembered for equal calls; none unless set.
 * @param idleTimeout How long a session may be idle before it is closed.
 * @param agent Who runs.
 * @param approval Who is asked where an enforced rule says so.
 * @param langchain4j How AI services are governed.
 */
@ConfigurationProperties(prefix = "governor", ignoreUnknownFields = false)
record GovernorProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String policy,
    @Nullable Mode mode,
    @DefaultValue("false") boolean allowWithoutPolicy,
    @DefaultValue("false") boolean requireTrace,
    @Nullable Path stateRoot,
    @DefaultValue("false") boolean sharedLimits,
    @Nullable Integer cache,
    @DefaultValue("10m") Duration idleTimeout,
    @DefaultValue Agent agent,
    @DefaultValue Approval approval,
    @DefaultValue LangChain4j langchain4j) {

  /**
   * Who runs.
   *
   * @param name The agent's name on record and in policies; "spring.application.name" unless set.
   * @param version The agent's version.
   * @param owner On whose behalf it runs.
   */
  record Agent(@Nullable String name, @Nullable String version, @Nullable String owner) {}

  /**
   * Who is asked where an enforced rule says so.
   *
   * @param by Who is asked; a bean of type Approver comes first.
   * @param timeout How long an answer is waited for. None in time means no.
   */
  record Approval(@DefaultValue("nobody") By by, @DefaultValue("5m") Duration timeout) {

    /** Who is asked. */
    enum By {
      /** Such calls are refused. */
      NOBODY,
      /** Questions are files in the state root; "governor approvals" answers them. */
      FILES
    }
  }

  /**
   * How AI services are governed.
   *
   * @param strict Whether the application refuses to start with an AI service that could reach a
   *     tool without the governor, whoever built it. Otherwise a warning names it.
   * @param session What makes calls belong to one session.
   * @param recordUserMessages Whether the user's message is recorded as the objective of a session,
   *     rather than the number of its words.
   */
  record LangChain4j(
      @DefaultValue("true") boolean strict,
      @DefaultValue("invocation") Session session,
      @DefaultValue("false") boolean recordUserMessages) {

    /** What makes calls belong to one session. */
    enum Session {
      /** One invocation of an AI service. */
      INVOCATION,
      /** One chat memory. */
      MEMORY
    }
  }
}
