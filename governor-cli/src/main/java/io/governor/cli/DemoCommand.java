package io.governor.cli;

import io.governor.sync.DryRun;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code governor demo}: runs the sample agent, governed, and shows what came of it. The sample is
 * a program of its own, because the command knows no agent framework. It records into the normal
 * state root, so that everything else can be tried on it; not when the installation is registered,
 * because made-up counts must not be sent.
 */
@Command(
    name = "demo",
    description = "Run the sample agent and show what was recorded and what would be sent.")
final class DemoCommand implements Callable<Integer> {

  /** Where the launcher says the source checkout is. */
  private static final String CHECKOUT = "governor.checkout";

  private final Invocation invocation;

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    refuseRegistered();
    Path sample = sample();
    refuseReadOnly();
    Map<String, Long> before = eventsBySession(Traces.catalog(invocation));
    runSample(sample);
    TraceCatalog after = Traces.catalog(invocation);
    List<SessionSummary> recorded =
        Traces.all(after).stream()
            .filter(session -> session.events() > before.getOrDefault(key(session), 0L))
            .toList();
    if (recorded.isEmpty()) {
      throw CommandFailure.localIo("the sample recorded nothing below " + invocation.traces());
    }
    try {
      DryRun dryRun = SyncRunCommand.dryRun(invocation, SyncClients.options(invocation));
      Terminal terminal = invocation.terminal();
      terminal.answer(new DemoReport(terminal, recorded, dryRun).lines());
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
    return ExitCode.DONE;
  }

  private void refuseRegistered() {
    if (isRegistered()) {
      throw CommandFailure.usage(
          "this installation is registered ("
              + invocation.stateRoot()
              + "), and the demo's counts must not be sent: set GOVERNOR_HOME to another directory"
              + " for the demo");
    }
  }

  /** Looks and makes nothing: the sample makes what it needs, for its owner only. */
  private void refuseReadOnly() {
    Path there = invocation.traces().toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isWritable(there)) {
      throw CommandFailure.localIo(
          there
              + ": nothing can be written there, and the demo shows what it recorded: set"
              + " GOVERNOR_HOME to another directory for the demo");
    }
  }

  private boolean isRegistered() {
    try {
      return SyncClient.at(invocation.stateRoot()).isRegistered();
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  /** Whether there are sources, and so a sample. */
  static boolean isOffered() {
    return System.getProperty(CHECKOUT) != null;
  }

  private static Path sample() {
    String checkout = System.getProperty(CHECKOUT);
    if (checkout == null) {
      throw CommandFailure.usage(
          "the demo runs the sample agent of the source checkout, which is not part of this"
              + " distribution: get the sources and run bin/governor demo there");
    }
    Path jar = Path.of(checkout, "samples", "support-agent", "target", "support-agent.jar");
    if (!Files.isRegularFile(jar)) {
      throw CommandFailure.usage(
          "the sample agent is not built: expected "
              + jar
              + ": run bin/governor demo, which builds it");
    }
    return jar;
  }

  private static Map<String, Long> eventsBySession(TraceCatalog catalog) {
    Map<String, Long> events = new HashMap<>();
    Traces.all(catalog).forEach(session -> events.put(key(session), session.events()));
    return events;
  }

  private static String key(SessionSummary session) {
    return session.surface() + '/' + session.sessionId();
  }

  private void runSample(Path jar) throws IOException {
    Process process = start(jar);
    process.getOutputStream().close();
    try (InputStream transcript = process.getInputStream()) {
      transcript.transferTo(invocation.terminal().out());
    }
    int exitCode = waitFor(process);
    if (exitCode != 0) {
      throw CommandFailure.localIo("the sample agent failed: its exit code is " + exitCode);
    }
  }

  private Process start(Path jar) throws IOException {
    String java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Dgovernor.home=" + invocation.stateRoot(),
            "-jar",
            jar.toString())
        .directory(new File("."))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw CommandFailure.localIo("the demo was interrupted");
    }
  }
}
