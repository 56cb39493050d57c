package io.governor.benchmarks;

import java.util.List;

/**
 * Calls that a judge is asked about, one after the other and over again. Used by one thread.
 *
 * @param <Q> a call as the judge wants it
 */
final class CallStream<Q> implements AutoCloseable {

  /** As many calls must be judged alike before anything is measured; the test takes more. */
  private static final int COMPARED = 41;

  private final Judge<Q> judge;
  private final List<Q> requests;
  private int next;

  private CallStream(Judge<Q> judge, List<Q> requests) {
    this.judge = judge;
    this.requests = requests;
  }

  /**
   * The calls for the judge.
   *
   * @throws IllegalStateException if it does not judge as the reference does: then nothing could be
   *     compared
   */
  static <Q> CallStream<Q> of(Judge<Q> judge, List<GeneratedCall> calls, HandwrittenJudge like) {
    CallStream<Q> stream = new CallStream<>(judge, calls.stream().map(judge::request).toList());
    for (int i = 0; i < COMPARED; i++) {
      if (judge.refuses(stream.requests.get(i)) != like.refuses(calls.get(i))) {
        throw new IllegalStateException(
            judge.getClass().getSimpleName() + " judges call " + i + " unlike the others");
      }
    }
    return stream;
  }

  /** The calls for a judge that no other is like. */
  static <Q> CallStream<Q> of(Judge<Q> judge, List<GeneratedCall> calls) {
    return new CallStream<>(judge, calls.stream().map(judge::request).toList());
  }

  /** Judges the next call. */
  boolean refusesNext() {
    Q request = requests.get(next);
    next = next + 1 == requests.size() ? 0 : next + 1;
    return judge.refuses(request);
  }

  @Override
  public void close() {
    judge.close();
  }
}
