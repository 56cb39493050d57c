package io.governor.benchmarks.trace;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

/**
 * What an event costs the thread that puts it on record in processor time, and how long it waits,
 * for every {@link Contender} that forces nothing. They take turns of some milliseconds, many
 * times, so that whatever else happens on the machine happens to all of them; a cost is the median
 * of its turns.
 */
public final class TraceCosts {

  private static final int WARM_UP_TURNS = 10;
  private static final int TURNS = 40;
  private static final int EVENTS_A_TURN = 40_000;

  private static final List<Contender> CONTENDERS =
      List.of(
          Contender.ENCODE,
          Contender.PLAIN,
          Contender.PLAIN_ENCODED,
          Contender.TRACE,
          Contender.TRACE_CHAINED,
          Contender.TRACE_ENCRYPTED,
          Contender.LOGBACK,
          Contender.LOGBACK_ENCODED,
          Contender.ONE_FILE_LOCKED,
          Contender.ONE_FILE_COMBINED);

  private TraceCosts() {}

  /** Takes numbers of threads, 1, 2 and 8 by default. */
  public static void main(String[] arguments) throws Exception {
    List<String> numbers = arguments.length == 0 ? List.of("1", "2", "8") : List.of(arguments);
    for (String number : numbers) {
      compare(Integer.parseInt(number));
    }
  }

  private static void compare(int threads) throws Exception {
    Map<Contender, Costs> costs = new EnumMap<>(Contender.class);
    CONTENDERS.forEach(contender -> costs.put(contender, new Costs()));
    for (int i = -WARM_UP_TURNS; i < TURNS; i++) {
      for (Map.Entry<Contender, Costs> each : costs.entrySet()) {
        List<Caller> callers = turn(each.getKey(), threads);
        if (i >= 0) {
          each.getValue().add(callers);
        }
      }
    }
    System.out.println(threads + " threads");
    double encoding = Objects.requireNonNull(costs.get(Contender.ENCODE)).cpu();
    costs.forEach((contender, each) -> each.report(contender, encoding));
  }

  private static List<Caller> turn(Contender contender, int threads) throws Exception {
    try (Scratch scratch = Scratch.make();
        Stage stage = contender.open(scratch.folder())) {
      CountDownLatch go = new CountDownLatch(1);
      List<Caller> callers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Caller caller = new Caller(stage.caller(), EVENTS_A_TURN / threads, go);
        caller.start();
        callers.add(caller);
      }
      go.countDown();
      for (Caller caller : callers) {
        caller.join();
      }
      return callers;
    }
  }

  /** What the turns of a contender came to. */
  private static final class Costs {
    private final List<Double> cpuPerEvent = new ArrayList<>();
    private final List<long[]> waited = new ArrayList<>();

    void add(List<Caller> callers) {
      double spent = callers.stream().mapToLong(caller -> caller.spent).sum();
      cpuPerEvent.add(spent / EVENTS_A_TURN);
      callers.forEach(caller -> waited.add(caller.waited));
    }

    /** Nanoseconds an event, in the median turn. */
    double cpu() {
      return cpuPerEvent.stream().sorted().toList().get(cpuPerEvent.size() / 2);
    }

    void report(Contender contender, double encoding) {
      long[] all = waited.stream().flatMapToLong(LongStream::of).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%-17s %6.0f ns of processor time, %4.1f x encoding;"
              + " waits p50 %7.2f  p99 %8.2f  p99.9 %9.2f µs%n",
          contender,
          cpu(),
          cpu() / encoding,
          at(all, 0.5),
          at(all, 0.99),
          at(all, 0.999));
    }

    private static double at(long[] sorted, double share) {
      return sorted[(int) (share * (sorted.length - 1))] / 1000.0;
    }
  }

  /** One thread's events of one turn. */
  private static final class Caller extends Thread {
    private final Stage.Append append;
    private final CountDownLatch go;
    private final long[] waited;
    private long spent;

    Caller(Stage.Append append, int events, CountDownLatch go) {
      this.append = append;
      this.go = go;
      this.waited = new long[events];
    }

    @Override
    public void run() {
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      try {
        append.run(); // which opens what is opened at the first event
        go.await();
        long before = clock.getCurrentThreadCpuTime();
        long last = System.nanoTime();
        for (int i = 0; i < waited.length; i++) {
          append.run();
          long now = System.nanoTime();
          waited[i] = now - last;
          last = now;
        }
        spent = clock.getCurrentThreadCpuTime() - before;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
