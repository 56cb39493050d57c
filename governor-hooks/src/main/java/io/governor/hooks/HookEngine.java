package io.governor.hooks;

import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.hooks.HookJudge.Judgement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges and records the payloads of coding agents and says what to answer. One per state root and
 * process; safe for use by several threads.
 *
 * <p>What nothing matches is answered with silence, never with a permission. At most 256 sessions
 * are held in memory; others go on from their files, and so does a session that another process has
 * written to meanwhile. With a valid state file the cost of a payload does not grow with the length
 * of its session.
 *
 * <p>The policy is {@link HookSettings#policy()}, or {@code policy.yaml} in the state root, read
 * again when it has changed; without one the standard rules observe. What becomes of a call that
 * cannot be decided says {@link HookSettings#onFailure()}; every such failure is counted in {@link
 * HookFailures}. Where the agent was set up to have calls refused and there is no policy, no call
 * can be decided.
 */
public final class HookEngine implements AutoCloseable {

  private static final String POLICY = "policy.yaml";

  /** What the daemon keeps of a payload. */
  private static final int MOST_KEPT = 16 << 20;

  private final Path stateRoot;
  private final HookSettings settings;
  private final InstantSource clock;
  private final GoverningPolicy policy;

  private HookEngine(
      Path stateRoot, HookSettings settings, InstantSource clock, GoverningPolicy policy) {
    this.stateRoot = stateRoot;
    this.settings = settings;
    this.clock = clock;
    this.policy = policy;
  }

  /**
   * Opens the engine of a state root; nothing is created there before the first payload.
   *
   * @throws IllegalArgumentException if the policy is refused, with everything that is wrong with
   *     it, located
   */
  public static HookEngine open(Path stateRoot, HookSettings settings) {
    return open(stateRoot, settings, Governor::builder, InstantSource.system());
  }

  static HookEngine open(
      Path stateRoot,
      HookSettings settings,
      Supplier<GovernorBuilder> governors,
      InstantSource clock) {
    Supplier<GovernorBuilder> shared = () -> governors.get().stateRoot(stateRoot).sharedLimits();
    return new HookEngine(
        stateRoot,
        settings,
        clock,
        new GoverningPolicy(policyFile(stateRoot, settings), settings, shared));
  }

  /** The file of the policy that decides, whether or not it is there. */
  static Path policyFile(Path stateRoot, HookSettings settings) {
    return settings.policy() == null ? stateRoot.resolve(POLICY) : settings.policy();
  }

  /** The names of the agents whose hooks are understood. */
  public static List<String> agents() {
    return HookAgent.names();
  }

  /** Judges and records one payload. Never throws; several may be under way at once. */
  public HookReply answer(HookRequest request) {
    HookAgent agent = HookAgent.named(request.agent());
    Answering answering = new Answering(request, agent);
    try {
      return answering.answer(agent, request);
    } catch (HookProblem e) {
      return answering.undecided(e);
    } catch (Throwable e) {
      // Out of memory included: the agent must be answered whatever happens here.
      return answering.undecided(HookProblem.internal(e));
    }
  }

  /** Whether only its beginning arrived: the daemon then ends it with a zero byte. */
  private static boolean isCut(byte[] payload) {
    return payload.length > MOST_KEPT && payload[payload.length - 1] == 0;
  }

  /** One payload on its way to an answer. */
  private final class Answering {

    private final String agentName;
    private final boolean enforced;
    private final AnswerWriter writer;
    private @Nullable HookPayload payload;

    Answering(HookRequest request, @Nullable HookAgent agent) {
      this.agentName = agent == null ? "unknown" : request.agent();
      this.enforced = request.enforced();
      this.writer = agent == null ? new ExitCodeAnswers() : agent.answers();
    }

    HookReply answer(@Nullable HookAgent agent, HookRequest request) throws HookProblem {
      if (agent == null) {
        throw HookProblem.agent(agents());
      }
      if (isCut(request.payload())) {
        throw HookProblem.payload("the payload cannot be read: it is longer than 16 MiB");
      }
      Map<String, @Nullable Object> members =
          new HookInput(new ByteArrayInputStream(request.payload())).read();
      HookPayload known =
          members == null ? null : agent.normaliser().normalise(new Members(members));
      if (known == null) {
        return nothingNamed();
      }
      payload = known;
      tally(known);
      if (isAbandoned()
          && settings.onFailure() != HookSettings.OnFailure.OPEN
          && known.event().asksForDecision()) {
        throw HookProblem.noPolicy(policyFile(stateRoot, settings));
      }
      HookSessions.Caller caller =
          new HookSessions.Caller(agent, user(request), project(agent, request));
      return policy.use(governing -> answer(governing, caller, known));
    }

    /** Whether calls should be refused by a policy, and there is none. */
    private boolean isAbandoned() {
      return enforced && !policy.isThere();
    }

    private boolean isClosed() {
      return switch (settings.onFailure()) {
        case OPEN -> false;
        case CLOSED -> true;
        case BY_MODE -> isAbandoned() || policy.enforces();
      };
    }

    /** A payload that names no event or session, or is blank: there is nothing to record. */
    private HookReply nothingNamed() {
      return isClosed()
          ? writer.refusal(refused("the payload names no event of a session"))
          : HookReply.SILENCE;
    }

    private HookReply answer(
        GoverningPolicy.Governing governing, HookSessions.Caller caller, HookPayload known) {
      return governing
          .sessions()
          .use(
              caller,
              known,
              handle -> {
                SortedMap<String, Long> before = governing.governor().health().lost();
                Judgement judgement = HookJudge.judge(handle.session(), known.event());
                if (known.event() instanceof HookEvent.SessionEnd) {
                  handle.close();
                }
                SortedMap<String, Long> lost =
                    Losses.since(before, governing.governor().health().lost());
                if (!lost.isEmpty()) {
                  // What no file keeps for the session's next event is told of at once.
                  handle.leave();
                  count(governing.untold());
                }
                return reply(judgement, lost);
              });
    }

    private HookReply reply(Judgement judgement, SortedMap<String, Long> lost) {
      HookProblem problem = judgement.problem();
      HookPayload known = payload;
      if (problem != null && known != null && known.event().asksForDecision()) {
        return undecided(problem);
      }
      if (problem != null) {
        count(problem);
      }
      HookReply reply = known == null ? HookReply.SILENCE : writer.write(known, judgement.answer());
      String remark = lost.isEmpty() ? null : Losses.told(lost);
      if (remark == null && problem != null) {
        remark = problem.text();
      }
      return remark == null || !reply.stderr().isEmpty()
          ? reply
          : new HookReply(reply.exitCode(), reply.stdout(), line(remark));
    }

    /** What is answered about something that could not be decided. */
    HookReply undecided(HookProblem problem) {
      count(problem);
      HookPayload known = payload;
      boolean decides = known == null || known.event().asksForDecision();
      if (!decides || !isClosed()) {
        return HookReply.remark(line(problem.text()));
      }
      String reason = refused(problem.text());
      return known == null
          ? writer.refusal(reason)
          : writer.write(known, new HookAnswer.Refuse(reason));
    }

    private String line(String problem) {
      return "governor hook " + agentName + ": " + problem;
    }

    private void count(HookProblem problem) {
      count(new TreeMap<>(Map.of(problem.reason(), 1L)));
    }

    private void count(SortedMap<String, Long> failures) {
      if (failures.isEmpty()) {
        return;
      }
      try {
        HookFailures.at(stateRoot).add(agentName, failures, clock.instant());
      } catch (IOException | RuntimeException e) {
        // Said on the error stream already, and there is nowhere else to put it.
      }
    }

    private void tally(HookPayload known) {
      SortedMap<String, Long> surprises = HookSurprises.in(known);
      if (surprises.isEmpty()) {
        return;
      }
      try {
        HookSurprises.at(stateRoot).add(agentName, surprises, clock.instant());
      } catch (IOException | RuntimeException e) {
        // It decides nothing, and whoever can read it would find the failures beside it.
      }
    }
  }

  /** What is said of a call that is refused because it could not be decided. */
  static String refused(String problem) {
    return "Refused: what is to be done could not be judged: "
        + problem
        + ". Nothing unjudged happens here; ask the user to look at `governor status`.";
  }

  /** What an operator should know of what is in force, a sentence each; empty when all is well. */
  public List<String> notices() {
    return policy.isOrphaned()
        ? List.of(
            policyFile(stateRoot, settings)
                + " is gone: what it said last holds until the daemon ends; after that, hooks that"
                + " enforce refuse every call, and others observe")
        : List.of();
  }

  private static @Nullable String user(HookRequest request) {
    String user = request.environment().get("USER");
    return user == null || user.isEmpty() ? null : user;
  }

  private static @Nullable Path project(HookAgent agent, HookRequest request) {
    String variable = agent.projectVariable();
    return variable == null ? null : Members.absolute(request.environment().get(variable));
  }

  /** How many sessions are in memory. */
  int sessionsHeld() {
    return policy.use(governing -> governing.sessions().size());
  }

  /** Frees every session; they go on with the next engine. Idempotent. */
  @Override
  public void close() {
    SortedMap<String, Long> untold = policy.close();
    if (!untold.isEmpty()) {
      try {
        HookFailures.at(stateRoot).add("all", untold, clock.instant());
      } catch (IOException | RuntimeException e) {
        // There is nowhere else to put it.
      }
    }
  }
}
