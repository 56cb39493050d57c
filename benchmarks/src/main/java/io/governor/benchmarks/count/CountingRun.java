package io.governor.benchmarks.count;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One contender in a process of its own, which counts the same corpus a few times. Prints {@code
 * key=value} lines for {@link Outcome}. Linux only: it reads {@code /proc}.
 */
public final class CountingRun {

  private static final int LEAST_RUNS = 3;
  private static final double SECONDS = 4;
  private static final double ENOUGH_SECONDS = 60;

  private CountingRun() {}

  /** Takes a contender's name, its threads, a directory for scratch, and what it counts. */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Path.of(arguments[2]);
    List<Path> directories = Arrays.stream(arguments).skip(3).map(Path::of).toList();
    ScratchWatch watch = new ScratchWatch(scratch);
    watch.start();
    Runs runs = new Runs();
    Counted counted;
    try (Contender contender =
        Contender.named(arguments[0], Integer.parseInt(arguments[1]), scratch)) {
      counted = runs.timed(contender, directories);
      while (runs.seconds() < SECONDS
          || (runs.nanos.size() < LEAST_RUNS && runs.seconds() < ENOUGH_SECONDS)) {
        Counted again = runs.timed(contender, directories);
        if (!again.equals(counted)) {
          throw new IllegalStateException("expected the same again: " + counted + " " + again);
        }
      }
    }
    System.out.println("first=" + runs.nanos.get(0));
    System.out.println("fastest=" + Collections.min(runs.nanos));
    System.out.println("processor=" + runs.processor());
    System.out.println("resident=" + resident());
    System.out.println("scratch=" + watch.most());
    System.out.println("lines=" + counted.lines());
    Map<String, Long> rules = counted.rules();
    if (rules != null) {
      rules.forEach((rule, count) -> System.out.println("rule." + rule + "=" + count));
    }
  }

  /** What the runs of one process took. */
  private static final class Runs {

    private final OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> processorNanos = new ArrayList<>();

    Counted timed(Contender contender, List<Path> directories) throws Exception {
      long processor = process.getProcessCpuTime();
      long start = System.nanoTime();
      Counted counted = contender.count(directories);
      nanos.add(System.nanoTime() - start);
      processorNanos.add(process.getProcessCpuTime() - processor);
      return counted;
    }

    /** The mean of the second half: the clock goes in steps, and the first half compiles. */
    long processor() {
      int half = processorNanos.size() / 2;
      return (long)
          processorNanos.stream().skip(half).mapToLong(Long::longValue).average().orElseThrow();
    }

    double seconds() {
      return nanos.stream().mapToLong(Long::longValue).sum() / 1e9;
    }
  }

  /** The most memory the process ever had, in KiB. */
  private static String resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .map(line -> line.replaceAll("\\D", ""))
          .findFirst()
          .orElseThrow();
    }
  }
}
