package io.governor;

import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.crypt.KeyProvider;
import io.governor.detect.Detector;
import io.governor.detect.Detectors;
import io.governor.file.StateRoot;
import io.governor.pattern.Glob;
import io.governor.policy.Policy;
import io.governor.policy.PolicyLoader;
import io.governor.standard.Profile;
import io.governor.trace.Durability;
import io.governor.trace.IoReason;
import io.governor.trace.TraceConfig;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceKeys;
import io.governor.trace.TraceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Governor}. Mistakes in what is configured appear here, with the name of what is
 * wrong; at run time a governor degrades and counts. Not safe for use by several threads.
 */
public final class GovernorBuilder {

  private static final InstantSource SYSTEM_CLOCK = InstantSource.system();
  private static final LongSupplier SYSTEM_NANOS = System::nanoTime;

  private final List<Rule> rules = new ArrayList<>();
  private final List<TraceSink> sinks = new ArrayList<>();
  private final List<Map.Entry<Glob, ToolTraits>> tools = new ArrayList<>();
  private final List<Map.Entry<Glob, Function<ToolResult, @Nullable ResultHint>>> hints =
      new ArrayList<>();
  private final Map<RuleId, StandardModes.Setting> standard = new HashMap<>();
  private Agent agent = Agent.named("agent");
  private Detectors detectors = Detectors.builtIn();
  private @Nullable Policy policy;
  private @Nullable Path policyFile;
  private @Nullable Approver approver;
  private Duration approvalTimeout = Duration.ofMinutes(5);
  private @Nullable Mode mode;
  private boolean allowWithoutPolicy;
  private boolean requireTrace;
  private boolean sharedLimits;
  private int cached;
  private @Nullable Path stateRoot;
  private @Nullable TraceSink trace;
  private @Nullable Durability durability;
  private @Nullable KeyProvider traceKeys;
  private @Nullable Profile profile;
  private Duration idleTimeout = Duration.ofMinutes(10);
  private InstantSource clock = SYSTEM_CLOCK;
  private LongSupplier nanoTime = SYSTEM_NANOS;
  private Supplier<String> ids = new EventIds();

  GovernorBuilder() {}

  /** The agent of sessions that name none. */
  public GovernorBuilder agent(Agent newAgent) {
    agent = newAgent;
    return this;
  }

  /** Adds rules. */
  public GovernorBuilder rules(Rule... newRules) {
    rules.addAll(List.of(newRules));
    return this;
  }

  /**
   * The policy that decides, with its rules, lists and limits; its mode is the governor's. Another
   * one can be put in force later, see {@link Governor#reload}.
   */
  public GovernorBuilder policy(Policy newPolicy) {
    policy = newPolicy;
    return this;
  }

  /**
   * The file that holds the policy. It is read when the governor is built, and again when it has
   * changed: calls look once a second at most, and are judged by the policy in force meanwhile. A
   * changed file that is refused changes nothing; {@link GovernorHealth#policyProblem()} tells.
   *
   * @throws IllegalArgumentException at {@link #build()} with everything that is wrong with it
   */
  public GovernorBuilder policyFile(Path newPolicyFile) {
    policyFile = newPolicyFile.toAbsolutePath();
    return this;
  }

  /**
   * Who is asked where an enforced rule says so; nobody otherwise, and such calls are refused.
   *
   * @param newTimeout how long an answer is waited for; none in time means no
   * @throws IllegalArgumentException if the time-out is not positive
   */
  public GovernorBuilder approver(Approver newApprover, Duration newTimeout) {
    if (newTimeout.isNegative() || newTimeout.isZero()) {
      throw new IllegalArgumentException("approver: time-out: expected a positive duration");
    }
    approver = newApprover;
    approvalTimeout = newTimeout;
    return this;
  }

  /**
   * Adds a detector that policies may name.
   *
   * @throws IllegalArgumentException if there is one of its name, or the name is malformed
   */
  public GovernorBuilder detector(Detector detector) {
    detectors = detectors.with(detector);
    return this;
  }

  /**
   * The mode of rules that name none; {@link Mode#OBSERVE} unless set. Not together with a policy,
   * which has its own.
   */
  public GovernorBuilder mode(Mode newMode) {
    mode = newMode;
    return this;
  }

  /**
   * Lets a standard rule take part in verdicts; otherwise it is recorded and counted only.
   *
   * @throws IllegalArgumentException at {@link #build()} if there is no such standard rule, or the
   *     effect is ALLOW or REDACT
   */
  public GovernorBuilder standard(RuleId id, Mode newMode, Verdict effect) {
    if (effect == Verdict.ALLOW || effect == Verdict.REDACT) {
      throw new IllegalArgumentException(
          "standard rule " + id + ": effect: expected WARN, ASK or DENY, got " + effect);
    }
    standard.put(id, new StandardModes.Setting(newMode, effect));
    return this;
  }

  /**
   * Says what the names of tools cannot tell. The first entry that matches wins, trait by trait.
   *
   * @param nameOrGlob a tool's name, or a glob over names
   * @throws IllegalArgumentException if the glob is malformed
   */
  public GovernorBuilder tool(String nameOrGlob, ToolTraits traits) {
    tools.add(Map.entry(Glob.of(nameOrGlob), traits));
    return this;
  }

  /**
   * Says what can be known about a result only when it is there. Asked once per call that returned;
   * the first entry that matches the tool answers. What it leaves open comes from {@link #tool} and
   * then from the defaults, and so does everything when it throws.
   *
   * @param nameOrGlob a tool's name, or a glob over names
   * @param hint called by many threads, must not block, may return null
   * @throws IllegalArgumentException if the glob is malformed
   */
  public GovernorBuilder classify(
      String nameOrGlob, Function<ToolResult, @Nullable ResultHint> hint) {
    hints.add(Map.entry(Glob.of(nameOrGlob), hint));
    return this;
  }

  /** The directory of everything that is kept; the user's otherwise, see {@link StateRoot}. */
  public GovernorBuilder stateRoot(Path newStateRoot) {
    stateRoot = newStateRoot;
    return this;
  }

  /**
   * Records into this sink instead of files. Which sessions are paused is then known to this
   * governor alone, and not kept. So is what a session had come to when it was closed, where one of
   * its id and surface is opened again and goes on: what tools are withdrawn, the number and id of
   * its last event, and the rest of what is read from a trace otherwise. That of the 10,000
   * sessions used last is remembered, fewer if they take more than 16 MB; one that was forgotten
   * starts anew.
   */
  public GovernorBuilder trace(TraceSink newTrace) {
    trace = newTrace;
    return this;
  }

  /**
   * What a record on file outlives, instead of what {@code traces.fsync} in the state root's {@code
   * config.yaml} says.
   */
  public GovernorBuilder durability(Durability newDurability) {
    durability = newDurability;
    return this;
  }

  /**
   * Encrypts traces with keys that the host keeps, whatever {@code traces.encrypt} in the state
   * root's {@code config.yaml} says. The command {@code governor} cannot read them: it knows the
   * key file of the state root only.
   */
  public GovernorBuilder traceKeys(KeyProvider keys) {
    traceKeys = keys;
    return this;
  }

  /** Hands every recorded event on, after the trace has it. */
  public GovernorBuilder sink(TraceSink sink) {
    sinks.add(sink);
    return this;
  }

  /** The profile of every session, instead of the one in the state root. */
  public GovernorBuilder profile(Profile newProfile) {
    profile = newProfile;
    return this;
  }

  /**
   * Remembers what a policy's rules said about so many calls and says the same of calls that are
   * equal in agent, tool, arguments and everything else those rules look at; nothing is remembered
   * unless set. Where a rule for the tool has a limit, asks, or looks at the time or at files, and
   * where rules added in Java look at it, the tool's calls are judged each time. Remembered answers
   * are traced and counted like any.
   *
   * @param newCached how many, at least 1; about 1 KB each
   * @throws IllegalArgumentException if it is less than 1
   */
  public GovernorBuilder cache(int newCached) {
    if (newCached < 1) {
      throw new IllegalArgumentException("cache: expected at least 1, got " + newCached);
    }
    cached = newCached;
    return this;
  }

  /**
   * Counts calls for limits in the state root instead of in memory, so that all processes that use
   * it, such as hooks, share them. What was counted survives the end of a process, {@code kill -9}
   * included; a power failure may lose the latest.
   *
   * <p>Processes have only the {@link #clock} in common, so these windows go by it: when it is set
   * ahead, calls leave as if that time had passed; when it is set back, calls that then lie more
   * than a second ahead count as made at the first look since, and leave one window later.
   */
  public GovernorBuilder sharedLimits() {
    sharedLimits = true;
    return this;
  }

  /** Refuses calls that cannot be recorded, where the mode is {@link Mode#ENFORCE}. */
  public GovernorBuilder requireTrace() {
    requireTrace = true;
    return this;
  }

  /** Allows the mode {@link Mode#ENFORCE} although there is nothing to enforce. */
  public GovernorBuilder allowWithoutPolicy() {
    allowWithoutPolicy = true;
    return this;
  }

  /**
   * How long a session may be idle before it is closed; ten minutes unless set.
   *
   * @throws IllegalArgumentException if the duration is not positive
   */
  public GovernorBuilder idleTimeout(Duration newIdleTimeout) {
    if (newIdleTimeout.isNegative() || newIdleTimeout.isZero()) {
      throw new IllegalArgumentException("idle timeout: expected a positive duration");
    }
    idleTimeout = newIdleTimeout;
    return this;
  }

  /**
   * Where time stamps come from; the system's clock unless set. If it is set and {@link #nanoTime}
   * is not, limits in memory go by it, too.
   */
  public GovernorBuilder clock(InstantSource newClock) {
    clock = newClock;
    return this;
  }

  /**
   * Where measured durations come from, and the windows of limits in memory; monotonic nanoseconds.
   */
  public GovernorBuilder nanoTime(LongSupplier newNanoTime) {
    nanoTime = newNanoTime;
    return this;
  }

  /** Where event ids come from; must not repeat within a session. */
  public GovernorBuilder ids(Supplier<String> newIds) {
    ids = newIds;
    return this;
  }

  /**
   * Builds the governor. Reads no file but the policy's and the state root's {@code config.yaml},
   * changes none, and starts no thread.
   *
   * @throws IllegalArgumentException if two rules have one id, or a rule is malformed, or what
   *     {@code config.yaml} says of traces is refused or cannot be read
   * @throws IllegalStateException if the mode is ENFORCE and there is nothing to enforce
   */
  public Governor build() {
    check();
    Path root = stateRoot == null ? StateRoot.locate() : stateRoot;
    Health health = new Health();
    RuleSet.Host host =
        new RuleSet.Host(
            List.copyOf(rules),
            Map.copyOf(standard),
            List.copyOf(tools),
            detectors,
            mode == null ? Mode.OBSERVE : mode,
            requireTrace,
            cached);
    return new Governor(
        new GovernorRuntime(
            clock,
            nanoTime,
            ids,
            store(root, health),
            sinks.stream().map(sink -> new AdditionalSink(sink, health)).toList(),
            health,
            profiles(root),
            new ResultHints(hints, health),
            rules(host, health),
            sharedLimits
                ? new SharedCallCounters(root.resolve("limits"), clock)
                : new MemoryCallCounters(limitTime()),
            pauses(root, health),
            approver == null ? null : new ApprovalDesk(approver, approvalTimeout, health),
            folders(root),
            idleTimeout),
        agent);
  }

  /** Microseconds that windows go by; who sets the clock alone, moves them with it. */
  private LongSupplier limitTime() {
    InstantSource set = clock;
    if (set != SYSTEM_CLOCK && nanoTime == SYSTEM_NANOS) {
      return () -> ChronoUnit.MICROS.between(Instant.EPOCH, set.instant());
    }
    LongSupplier nanos = nanoTime;
    return () -> nanos.getAsLong() / 1_000;
  }

  private RuleSource rules(RuleSet.Host host, Health health) {
    if (policyFile == null) {
      return RuleSource.of(host, policy, health);
    }
    PolicyLoader loader = PolicyLoader.standard().detectors(detectors);
    return RuleSource.following(
        host, new WatchedPolicy(policyFile, loader, nanoTime, health), health);
  }

  private void check() {
    if (policy != null && policyFile != null) {
      throw new IllegalStateException(
          "policy: expected a policy or a file that holds it, got both");
    }
    if ((policy != null || policyFile != null) && mode != null) {
      throw new IllegalStateException(
          "mode: expected none beside a policy, which has its own; set it there");
    }
    boolean nothing = rules.isEmpty() && standard.isEmpty();
    if (mode == Mode.ENFORCE && nothing && !allowWithoutPolicy) {
      throw new IllegalStateException(
          "mode ENFORCE: expected a policy, a rule or a standard rule to enforce; add one, or call"
              + " allowWithoutPolicy()");
    }
  }

  private static SessionFolders folders(Path root) {
    return new SessionFolders(
        null,
        StateRoot.userHome(),
        Path.of(System.getProperty("java.io.tmpdir")),
        root.toAbsolutePath().normalize());
  }

  private TraceStore store(Path root, Health health) {
    if (trace != null) {
      return new SinkTraceStore(trace);
    }
    TraceConfig configured = configured(root);
    return TraceDirectory.at(
        root,
        durability == null ? configured.fsync() : durability,
        health::notForced,
        new TraceKeys(root, traceKeys, traceKeys != null || configured.encrypt()));
  }

  /** Where there is no state root yet, there is nothing to read. */
  private static TraceConfig configured(Path root) {
    try {
      return Files.isDirectory(root) ? TraceConfig.read(root) : TraceConfig.DEFAULT;
    } catch (IOException e) {
      throw new IllegalArgumentException(IoReason.at(ConfigFile.NAME, e).getMessage(), e);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Pauses are kept where the traces are. */
  private Pauses pauses(Path root, Health health) {
    return trace == null ? Pauses.below(root, clock, nanoTime, health) : Pauses.inMemory(clock);
  }

  /**
   * A governor that records elsewhere and was given no state root reads nothing from the user's.
   */
  private SessionProfile.Source profiles(Path root) {
    if (profile != null) {
      return SessionProfile.Source.of(profile);
    }
    return trace != null && stateRoot == null
        ? SessionProfile.Source.of(Profile.defaults())
        : new StateRootProfiles(root);
  }
}
