package io.governor.hooks;

import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code governor hook AGENT}: reads the one payload on standard input, has an engine
 * of its own answer it, and continues the session where the process before stopped (execution
 * record, sections 9.5 and 10.3). Safe for use by several threads.
 *
 * <p>Where nothing is enforced the agent must not notice it: nothing is written to standard output,
 * and the exit code is 0 whatever the payload or the disk is like. What could not be done is named
 * in at most one line on the error stream, which never holds anything of the payload; what the
 * library logs besides is up to the logging of the process, and a hook does well to keep that
 * quiet. What no later event will tell is left for {@link HookFailures}.
 */
public final class HookCommand {

  /** What an engine may be given; longer payloads are refused by it, unread. */
  private static final int MOST_BYTES = (64 << 20) + 1;

  /** Beyond this nobody is worth waiting for. */
  private static final long MOST_DRAINED = 1L << 30;

  private final Settings settings;
  private final Supplier<GovernorBuilder> governors;
  private final InstantSource clock;

  /** Where the settings come from. */
  @FunctionalInterface
  private interface Settings {
    HookSettings of(Path stateRoot) throws IOException, ConfigException;
  }

  /** The command with the settings that the state root's {@code config.yaml} has. */
  public HookCommand() {
    this((Path) null);
  }

  /**
   * The command with the settings that the state root's {@code config.yaml} has, but for the
   * policy.
   *
   * @param policy the file of the policy that decides; null for the one of the settings
   */
  public HookCommand(@Nullable Path policy) {
    this(
        stateRoot -> {
          HookSettings read = HookConfig.read(stateRoot).settings();
          return policy == null ? read : read.withPolicy(policy);
        },
        Governor::builder,
        InstantSource.system());
  }

  /** The command with an operator's settings. */
  public HookCommand(HookSettings settings) {
    this(settings, Governor::builder, InstantSource.system());
  }

  HookCommand(HookSettings settings, Supplier<GovernorBuilder> governors, InstantSource clock) {
    this(stateRoot -> settings, governors, clock);
  }

  private HookCommand(Settings settings, Supplier<GovernorBuilder> governors, InstantSource clock) {
    this.settings = settings;
    this.governors = governors;
    this.clock = clock;
  }

  /** The names of the agents whose hooks are understood. */
  public static List<String> agents() {
    return HookEngine.agents();
  }

  /**
   * Answers one payload.
   *
   * @param agent the name of the coding agent, one of {@link #agents()}
   * @param stdin the payload; read to its end, and left open
   * @param stdout takes the answer, where there is one
   * @param stderr takes at most one line
   * @param stateRoot where traces are kept
   * @param environment the variables of the process; see {@link HookRequest#environment()}
   * @return the exit code, in the agent's language
   */
  public int run(
      String agent,
      InputStream stdin,
      PrintStream stdout,
      PrintStream stderr,
      Path stateRoot,
      Map<String, String> environment) {
    HookReply reply = answer(agent, stdin, stateRoot, environment);
    stdout.write(reply.stdout(), 0, reply.stdout().length);
    stdout.flush();
    if (!reply.stderr().isEmpty()) {
      stderr.println(reply.stderr());
    }
    return reply.exitCode();
  }

  private HookReply answer(
      String agent, InputStream stdin, Path stateRoot, Map<String, String> environment) {
    HookSettings known = null;
    try {
      byte[] payload = read(stdin);
      known = settings.of(stateRoot);
      try (HookEngine engine = HookEngine.open(stateRoot, known, governors, clock)) {
        return engine.answer(new HookRequest(agent, payload, environment));
      }
    } catch (Throwable e) {
      // Out of memory included: the process ends here anyway, and the agent must be answered.
      return new Undecided(agent, stateRoot, known).answer(HookProblem.of(e), clock);
    }
  }

  /**
   * The payload as far as anybody would read it. The rest is read too, because an agent whose pipe
   * breaks may take that for a failure of the hook.
   */
  private static byte[] read(InputStream stdin) throws HookProblem {
    try {
      byte[] payload = stdin.readNBytes(MOST_BYTES);
      if (payload.length == MOST_BYTES) {
        drain(stdin);
      }
      return payload;
    } catch (IOException e) {
      throw HookProblem.payload("the payload cannot be read: standard input failed");
    }
  }

  private static void drain(InputStream stdin) throws IOException {
    byte[] rest = new byte[1 << 16];
    long drained = 0;
    for (int count = 0; count >= 0 && drained < MOST_DRAINED; drained += count) {
      count = stdin.read(rest);
    }
  }
}
