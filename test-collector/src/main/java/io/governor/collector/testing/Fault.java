package io.governor.collector.testing;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TestCollector} does wrong with one request. Immutable; safe to share between
 * threads.
 */
public final class Fault {

  /** The connection is closed without an answer; the request has no effect. */
  public static final Fault LOST_REQUEST = new Fault(false, null, false);

  /** The request has its effect, and the connection is closed without an answer. */
  public static final Fault LOST_ANSWER = new Fault(true, null, false);

  /** No answer ever comes; the request has no effect. */
  public static final Fault SILENCE = new Fault(false, null, true);

  /** The request has its effect, and no answer ever comes. */
  public static final Fault SILENCE_AFTER_EFFECT = new Fault(true, null, true);

  private final boolean effect;
  private final @Nullable Answer answer;
  private final boolean silence;

  private record Answer(int status, Map<String, String> headers, String body) {}

  private Fault(boolean effect, @Nullable Answer answer, boolean silence) {
    this.effect = effect;
    this.answer = answer;
    this.silence = silence;
  }

  /** The request has no effect and is answered with this status and an empty JSON object. */
  public static Fault status(int status) {
    return answer(status, Map.of("Content-Type", "application/json"), "{}");
  }

  /** The request has no effect and is answered so. */
  public static Fault answer(int status, Map<String, String> headers, String body) {
    return new Fault(false, new Answer(status, Map.copyOf(headers), body), false);
  }

  /** The request has its effect and is answered with this status all the same. */
  public static Fault statusAfterEffect(int status) {
    return new Fault(true, new Answer(status, Map.of(), "{}"), false);
  }

  boolean hasEffect() {
    return effect;
  }

  /** Returns whether the connection stays. */
  boolean act(Connection connection) throws IOException, InterruptedException {
    if (silence) {
      connection.stall();
    }
    if (answer == null) {
      return false;
    }
    connection.answer(answer.status(), answer.headers(), answer.body());
    return true;
  }
}
