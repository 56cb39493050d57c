package io.governor.hooks.daemon;

import io.governor.hooks.HookEngine;
import io.governor.hooks.HookReply;
import io.governor.hooks.HookRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked: {@code POST /v1/hook/AGENT} with a payload, {@code GET /v1/status}, {@code
 * POST /v1/stop}. Safe for use by several threads.
 */
final class Router {

  static final String HOOK = "/v1/hook/";
  static final String STATUS = "/v1/status";
  static final String STOP = "/v1/stop";

  /** A field that carries a variable of the hook's process, {@code NAME=VALUE}. */
  private static final String VARIABLE = "governor-variable";

  /** A field that is there when the agent was set up to have calls refused. */
  static final String ENFORCE = "governor-enforce";

  private static final Set<String> OURS = Set.of("USER", "HOME");

  private final HookAnswers answers;
  private final Map<String, String> environment = new HashMap<>();
  private final Runnable asked;
  private final Supplier<DaemonStatus> status;
  private final Runnable stop;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /**
   * @param environment the daemon's own variables
   * @param asked is told of every payload, after its answer
   * @param status what it says of itself
   * @param stop asks it to end, without waiting for that
   */
  Router(
      HookAnswers answers,
      Map<String, String> environment,
      Runnable asked,
      Supplier<DaemonStatus> status,
      Runnable stop) {
    this.answers = answers;
    environment.forEach(
        (name, value) -> {
          if (OURS.contains(name)) {
            this.environment.put(name, value);
          }
        });
    this.asked = asked;
    this.status = status;
    this.stop = stop;
  }

  long answered() {
    return answered.get();
  }

  long failed() {
    return failed.get();
  }

  WireAnswer answer(WireRequest request) {
    if (request.path().startsWith(HOOK)) {
      return post(request) ? hook(request) : notThatWay();
    }
    if (request.path().equals(STATUS)) {
      return new WireAnswer(200, WireAnswer.JSON, status.get().json());
    }
    if (request.path().equals(STOP)) {
      return post(request) ? stop() : notThatWay();
    }
    return WireAnswer.unanswered(404, "this daemon speaks version " + Protocol.VERSION);
  }

  private static boolean post(WireRequest request) {
    return request.method().equals("POST");
  }

  private static WireAnswer notThatWay() {
    return WireAnswer.unanswered(405, "expected POST");
  }

  private WireAnswer stop() {
    byte[] json = status.get().json();
    stop.run();
    return new WireAnswer(202, WireAnswer.JSON, json);
  }

  private WireAnswer hook(WireRequest request) {
    String agent = request.path().substring(HOOK.length());
    if (!HookEngine.agents().contains(agent)) {
      String expected = String.join(", ", HookEngine.agents());
      return WireAnswer.unanswered(404, "unknown agent: expected one of " + expected);
    }
    try {
      HookReply reply = judge(agent, request);
      return WireAnswer.framed(Protocol.framed(reply));
    } catch (Throwable e) {
      // Out of memory included: what was held is garbage by now, and the others go on.
      failed.incrementAndGet();
      return WireAnswer.unanswered(500, "internal error " + e.getClass().getSimpleName());
    }
  }

  /** The engine's own answer. */
  HookReply judge(String agent, WireRequest request) {
    HookReply reply =
        answers.answer(
            new HookRequest(
                agent,
                request.body(),
                variables(request.field(VARIABLE)),
                request.field(ENFORCE) != null));
    answered.incrementAndGet();
    asked.run();
    return reply;
  }

  /** Nothing but the project's folder is taken from a client. */
  private Map<String, String> variables(@Nullable String field) {
    int equals = field == null ? -1 : field.indexOf('=');
    if (field == null || equals < 0 || !namesTheProject(field.substring(0, equals))) {
      return environment;
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put(field.substring(0, equals), field.substring(equals + 1));
    return all;
  }

  private static boolean namesTheProject(String name) {
    return name.endsWith("_PROJECT_DIR") || name.equals("PWD");
  }
}
