package io.governor.benchmarks;

import io.governor.detect.Detectors;
import io.governor.detect.Redactor;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A scan with all built-in detectors over plain arguments, over arguments with findings and over
 * the text that costs most of those we know, beside one table look-up for each character, which is
 * the least an automaton can cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DetectBenchmark {

  private static final String PLAIN =
      "{\"path\": \"/workspace/src/main/java/App.java\", \"limit\": 2000, \"query\": \"select name,"
          + " city from customers order by name\", \"at\": \"2026-04-14T10:22:33Z\"}, ";
  private static final String FINDING = "{\"to\": \"jo@acme.example\", \"subject\": \"hello\"}, ";

  /** Every hit reads a value of the greatest length and finds it wanting. */
  private static final String WORST = "accountkey=a";

  /** Characters of the text. */
  @Param({"300", "2048", "65536", "1048576"})
  public int size;

  private final Detectors detectors = Detectors.builtIn();
  private final Set<String> names = detectors.names();
  private final byte[] table = new byte[128];
  private String plain = "";
  private String findings = "";
  private String worst = "";

  @Setup
  public void texts() {
    plain = repeated(PLAIN);
    findings = repeated(PLAIN.repeat(20) + FINDING);
    worst = repeated(WORST);
    table['@'] = 1;
  }

  @Benchmark
  public int scanPlain() {
    return detectors.scan(plain).size();
  }

  @Benchmark
  public int scanWithFindings() {
    return detectors.scan(findings).size();
  }

  @Benchmark
  public int scanWorst() {
    return detectors.scan(worst).size();
  }

  @Benchmark
  public String redactWithFindings() {
    return Redactor.text(findings, names, detectors);
  }

  @Benchmark
  public int lookUpEachCharacter() {
    int sum = 0;
    for (int i = 0; i < plain.length(); i++) {
      sum += table[plain.charAt(i) & 127];
    }
    return sum;
  }

  private String repeated(String piece) {
    return piece.repeat(size / piece.length() + 1).substring(0, size);
  }
}
