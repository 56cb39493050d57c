package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state root with ten thousand traces and their heads on record. */
class ManyTracesTest {

  private static final int FILES = 10_000;

  @TempDir Path home;

  @Test
  void tenThousandTracesAreVerifiedInASmallHeap() throws Exception {
    RecordedRoot sample = new RecordedRoot(home.resolve("sample")).record("s", 2);
    byte[] trace = Files.readAllBytes(sample.trace("s"));
    String head = Files.readAllLines(sample.log()).get(0);
    write(trace, head);
    long start = System.nanoTime();

    assertThat(inASmallHeap()).isEqualTo("10000 files, 40000 lines, 10000 intact, [] found");

    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.println(FILES + " files verified in " + millis + " ms, Java's start included");
  }

  private void write(byte[] trace, String head) throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < FILES; i++) {
      String name = "traces/api" + i / 1000 + "/s" + i + ".jsonl";
      Path file = home.resolve("root").resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, trace);
      log.append(head.replace("traces/api/s.jsonl", name)).append('\n');
    }
    Files.writeString(home.resolve("root/heads.log"), log);
  }

  private String inASmallHeap() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Verifying.class.getName(),
                home.resolve("root").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  static final class Verifying {

    private Verifying() {}

    public static void main(String[] args) throws IOException {
      VerifyReport report = TraceVerifier.of(Path.of(args[0])).verify();
      System.out.printf(
          "%d files, %d lines, %d intact, %s found",
          report.files(), report.lines(), report.intact(), report.findings());
    }
  }
}
