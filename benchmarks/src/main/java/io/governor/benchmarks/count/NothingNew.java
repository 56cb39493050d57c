package io.governor.benchmarks.count;

import io.governor.sync.Credential;
import io.governor.sync.Endpoint;
import io.governor.sync.InstallationSecret;
import io.governor.sync.RegistrationForm;
import io.governor.sync.RegistrationRequest;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncTransport;
import io.governor.sync.UpdateCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a run of sync costs when 1,000 trace files have nothing new: a whole Java that runs it,
 * beside one that does nothing. The server takes everything and is in the same process.
 */
public final class NothingNew {

  private static final int FILES = 1_000;
  private static final int TIMES = 15;

  private NothingNew() {}

  /** Prints the figures; without arguments. With a state root it is one run, with a dash none. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      if (!arguments[0].equals("-")) {
        long start = System.nanoTime();
        client(Path.of(arguments[0])).run();
        System.out.println(System.nanoTime() - start);
      } else {
        System.out.println(0);
      }
      return;
    }
    Path home = Files.createTempDirectory("governor-nothing-new");
    try {
      new RecordedSessions(1).recordSessions(home, FILES, 12);
      Endpoint endpoint = Endpoint.parse("https://collector.example");
      client(home).register(RegistrationForm.of(endpoint, "ada@acme.example", "Ada"));
      client(home).run();
      measure(home);
    } finally {
      delete(home);
    }
  }

  private static void measure(Path home) throws IOException, InterruptedException {
    List<Long> bare = new ArrayList<>();
    List<Long> whole = new ArrayList<>();
    List<Long> run = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      java("-", bare);
      run.add(java(home.toString(), whole));
    }
    say("Java that does nothing", bare);
    say("Java that runs sync", whole);
    say("of it the run itself", run);
  }

  private static long java(String argument, List<Long> nanos)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NothingNew.class.getName(),
                argument)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the run failed");
    }
    nanos.add(System.nanoTime() - start);
    return Long.parseLong(said.strip());
  }

  private static void say(String what, List<Long> nanos) {
    Collections.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-24smedian %6.1f ms, fastest %6.1f ms%n",
        what,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(0) / 1e6);
  }

  private static SyncClient client(Path home) {
    return SyncClient.at(home).over((endpoint, settings) -> new Accepting(endpoint));
  }

  private static void delete(Path home) throws IOException {
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** A server that says yes. */
  private record Accepting(Endpoint endpoint) implements SyncTransport {

    @Override
    public Credential register(RegistrationRequest request) {
      return new Credential(endpoint, InstallationSecret.of("sgn_live_0123456789abcdef"));
    }

    @Override
    public int send(byte[] body, Credential credential) {
      return 1;
    }

    @Override
    public UpdateCheck checkForUpdate(String installationId, String runtimeVersion) {
      throw new UnsupportedOperationException("nobody asks");
    }
  }
}
