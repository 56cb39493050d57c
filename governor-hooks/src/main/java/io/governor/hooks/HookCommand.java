package io.governor.hooks;

import io.governor.Governor;
import io.governor.GovernorBuilder;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
 * logs besides is up to the logging of the process, and a hook does well to keep that quiet.
 */
public final class HookCommand {

  private static final int DONE = 0;
  private static final int USAGE = 2;

  private final HookSettings settings;
  private final Supplier<GovernorBuilder> governors;

  /** The command with the default settings. */
  public HookCommand() {
    this(HookSettings.DEFAULT);
  }

  /** The command with an operator's settings. */
  public HookCommand(HookSettings settings) {
    this(settings, Governor::builder);
  }

  HookCommand(HookSettings settings, Supplier<GovernorBuilder> governors) {
    this.settings = settings;
    this.governors = governors;
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
    String problem = observe(known, stdin, stateRoot, environment.get("USER"));
    if (problem != null) {
      stderr.println("governor hook " + agent + ": " + problem);
    }
    return DONE;
  }

  private @Nullable String observe(
      HookAgent agent, InputStream stdin, Path stateRoot, @Nullable String user) {
    try {
      Map<String, @Nullable Object> members = new HookInput(stdin).read();
      HookPayload payload = members == null ? null : agent.normaliser().normalise(members);
      return payload == null ? null : record(agent, payload, stateRoot, user);
    } catch (HookProblem e) {
      return e.text();
    } catch (Throwable e) {
      // Out of memory included: the process ends here anyway, and the agent must go on.
      return "the payload could not be recorded: internal error " + e.getClass().getSimpleName();
    }
  }

  private @Nullable String record(
      HookAgent agent, HookPayload payload, Path stateRoot, @Nullable String user)
      throws HookProblem {
    String owner = user == null || user.isEmpty() ? null : user;
    try (Governor governor = governors.get().stateRoot(stateRoot).build()) {
      HookProblem problem = null;
      try {
        new HookRecorder(governor, agent, settings, owner).record(payload);
      } catch (HookProblem e) {
        problem = e;
      }
      SortedMap<String, Long> lost = governor.health().lost();
      if (!lost.isEmpty()) {
        return losses(lost);
      }
      if (problem != null) {
        throw problem;
      }
      return null;
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
