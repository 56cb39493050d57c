package io.governor.hooks;

import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.GovernorHealth;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code governor hook AGENT}: reads the one payload on standard input and puts it on
 * record, continuing the session where the process before stopped (execution record, sections 9.5
 * and 10.3). Safe for use by several threads.
 *
 * <p>It observes, so the agent must not notice it: nothing is written to standard output, and the
 * exit code is 0 whatever the payload or the disk is like. What could not be done is named in at
 * most one line on the error stream, which never holds anything of the payload; what the library
 * logs besides is up to the logging of the process, and a hook does well to keep that quiet. What
 * no later event will tell is left for {@link HookFailures}.
 */
public final class HookCommand {

  private static final int DONE = 0;
  private static final int USAGE = 2;

  private final HookSettings settings;
  private final Supplier<GovernorBuilder> governors;
  private final InstantSource clock;

  /** The command with the default settings. */
  public HookCommand() {
    this(HookSettings.DEFAULT);
  }

  /** The command with an operator's settings. */
  public HookCommand(HookSettings settings) {
    this(settings, Governor::builder, InstantSource.system());
  }

  HookCommand(HookSettings settings, Supplier<GovernorBuilder> governors, InstantSource clock) {
    this.settings = settings;
    this.governors = governors;
    this.clock = clock;
  }

  /** The names of the agents whose hooks are understood. */
  public static List<String> agents() {
    return HookAgent.names();
  }

  /**
   * Records one payload.
   *
   * @param agent the name of the coding agent, one of {@link #agents()}
   * @param stdin the payload; read to its end, and left open
   * @param stderr takes at most one line
   * @param stateRoot where traces are kept
   * @param environment the variables of the process; only {@code USER} is looked at
   * @return the exit code: 0, or 2 for an agent that is not known
   */
  public int run(
      String agent,
      InputStream stdin,
      PrintStream stderr,
      Path stateRoot,
      Map<String, String> environment) {
    HookAgent known = HookAgent.named(agent);
    if (known == null) {
      stderr.println(
          "governor hook: unknown agent: expected one of " + String.join(", ", agents()));
      return USAGE;
    }
    Outcome outcome = observe(known, stdin, stateRoot, environment.get("USER"));
    if (outcome.problem() != null) {
      stderr.println("governor hook " + agent + ": " + outcome.problem());
    }
    count(agent, outcome, stateRoot);
    return DONE;
  }

  /**
   * What came of a payload.
   *
   * @param problem what to say on the error stream, or null
   * @param failures what no trace will tell, by reason
   */
  private record Outcome(@Nullable String problem, SortedMap<String, Long> failures) {
    private static final Outcome WELL = new Outcome(null, Collections.emptySortedMap());

    static Outcome failed(String reason, String problem) {
      return new Outcome(problem, new TreeMap<>(Map.of(reason, 1L)));
    }
  }

  private Outcome observe(
      HookAgent agent, InputStream stdin, Path stateRoot, @Nullable String user) {
    try {
      Map<String, @Nullable Object> members = new HookInput(stdin).read();
      HookPayload payload = members == null ? null : agent.normaliser().normalise(members);
      return payload == null ? Outcome.WELL : record(agent, payload, stateRoot, user);
    } catch (HookProblem e) {
      return Outcome.failed(e.reason(), e.text());
    } catch (Throwable e) {
      // Out of memory included: the process ends here anyway, and the agent must go on.
      return Outcome.failed(
          "error",
          "the payload could not be recorded: internal error " + e.getClass().getSimpleName());
    }
  }

  private Outcome record(
      HookAgent agent, HookPayload payload, Path stateRoot, @Nullable String user) {
    String owner = user == null || user.isEmpty() ? null : user;
    HookProblem problem = null;
    Governor governor = governors.get().stateRoot(stateRoot).build();
    try (governor) {
      new HookRecorder(governor, agent, settings, owner).record(payload);
    } catch (HookProblem e) {
      problem = e;
    }
    // Only a closed governor knows what the session's state keeps for the next process.
    return outcome(governor.health(), problem);
  }

  private static Outcome outcome(GovernorHealth health, @Nullable HookProblem problem) {
    SortedMap<String, Long> failures = new TreeMap<>(health.untold());
    if (problem != null) {
      failures.merge(problem.reason(), 1L, Long::sum);
    }
    String text = problem == null ? null : problem.text();
    return new Outcome(health.lost().isEmpty() ? text : losses(health.lost()), failures);
  }

  /** Leaves what went wrong for {@code governor status}; the agent goes on if that fails too. */
  private void count(String agent, Outcome outcome, Path stateRoot) {
    if (outcome.failures().isEmpty()) {
      return;
    }
    try {
      HookFailures.at(stateRoot).add(agent, outcome.failures(), clock.instant());
    } catch (IOException | RuntimeException e) {
      // Said on the error stream already, and there is nowhere else to put it.
    }
  }

  private static String losses(SortedMap<String, Long> lost) {
    long events = lost.values().stream().mapToLong(Long::longValue).sum();
    return "events that could not be recorded: "
        + events
        + " ("
        + String.join(", ", lost.keySet())
        + "); the agent goes on";
  }
}
