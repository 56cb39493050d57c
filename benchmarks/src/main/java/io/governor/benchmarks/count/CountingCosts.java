package io.governor.benchmarks.count;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to count traces as Governor writes them, beside a plain scan for line ends,
 * Jackson's streaming parser and DuckDB: every contender in a process of its own, all over the same
 * files, and all have to come to the same counts.
 */
public final class CountingCosts {

  private static final List<String> ROOMY = List.of("-Xmx1g");
  private static final List<String> SMALL = List.of("-Xmx64m");

  private final Corpus corpus;

  private CountingCosts(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * Prints the figures. Takes the number of events, a power of ten from 10,000 on and a million
   * unless given, and a directory for the traces, which then stay there for the next time.
   */
  public static void main(String[] arguments) throws Exception {
    long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    boolean keep = arguments.length > 1;
    Path home =
        keep
            ? Files.createDirectories(Path.of(arguments[1])).toAbsolutePath()
            : Files.createTempDirectory("governor-counting");
    Corpus corpus = new Corpus(home, events);
    try {
      corpus.make();
      CountingCosts costs = new CountingCosts(corpus);
      costs.withoutCopies();
      costs.withCopies();
      costs.bySize();
    } finally {
      if (!keep) {
        corpus.delete();
      }
    }
  }

  private void withoutCopies() throws IOException, InterruptedException {
    List<Path> directories = corpus.holding(corpus.events());
    heading("without duplicates", corpus.events(), directories);
    Outcome governor = run("governor-copies", 2, ROOMY, directories, null);
    run("governor-copies", 1, ROOMY, directories, governor);
    run("newlines", 2, ROOMY, directories, governor);
    run("jackson", 2, ROOMY, directories, governor);
    run("duckdb", 2, ROOMY, directories, governor);
  }

  private void withCopies() throws IOException, InterruptedException {
    List<Path> directories = corpus.withCopies();
    heading("a tenth are scattered copies", corpus.events() * 10 / 9, directories);
    Outcome governor = run("governor", 2, SMALL, directories, null);
    run("governor", 1, SMALL, directories, governor);
    run("governor", 2, ROOMY, directories, governor);
    run("newlines", 2, ROOMY, directories, governor);
    run("duckdb-distinct", 2, ROOMY, directories, governor);
  }

  private void bySize() throws IOException, InterruptedException {
    for (long step : corpus.steps()) {
      List<Path> directories = corpus.holding(step);
      heading("of so many", step, directories);
      Outcome governor = run("governor", 2, SMALL, directories, null);
      say(
          "",
          String.format(
              Locale.ROOT,
              "%4.0f ns an event, %4.0f ns of processor time",
              governor.fastest() / step * 1e9,
              governor.processor() / step * 1e9));
    }
  }

  private void heading(String what, long events, List<Path> directories) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%n%,d events, %,d MB in %,d files, %s%n",
        events,
        corpus.bytes(directories) / 1_000_000,
        Split.files(directories).size(),
        what);
  }

  private Outcome run(
      String contender,
      int threads,
      List<String> options,
      List<Path> directories,
      @Nullable Outcome base)
      throws IOException, InterruptedException {
    Outcome outcome = Outcome.of(contender, threads, options, corpus.home(), directories);
    if (base != null && !base.counted().agreesWith(outcome.counted())) {
      throw new IllegalStateException(
          contender + " counts otherwise: " + outcome.counted() + ", not " + base.counted());
    }
    say(contender + ", threads " + threads + " " + options.get(0), figures(outcome, base));
    return outcome;
  }

  private static String figures(Outcome outcome, @Nullable Outcome base) {
    Outcome one = base == null ? outcome : base;
    return String.format(
        Locale.ROOT,
        "%8.3f s %6.2f ×, processor %8.3f s %6.2f ×, first %8.3f s, resident %4d MB, temporary %4d"
            + " MB",
        outcome.fastest(),
        outcome.fastest() / one.fastest(),
        outcome.processor(),
        outcome.processor() / one.processor(),
        outcome.first(),
        outcome.resident() / 1_000_000,
        outcome.scratch() / 1_000_000);
  }

  private static void say(String what, String figures) {
    System.out.printf(Locale.ROOT, "%-36s%s%n", what, figures);
  }
}
