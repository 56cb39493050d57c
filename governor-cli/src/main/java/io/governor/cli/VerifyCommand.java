package io.governor.cli;

import io.governor.trace.HeadExport;
import io.governor.trace.TraceVerifier;
import io.governor.trace.VerifyFinding.Kind;
import io.governor.trace.VerifyReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor verify}: whether the traces are as they were written. */
@Command(
    name = "verify",
    description = {
      "Check that traces are as they were written. Changes nothing, and may run any time.",
      "Exits with 1 for damage or a missing tail, 2 for tampering, 6 for what cannot be read."
    })
final class VerifyCommand implements Callable<Integer> {

  private static final String STDIN = "-";

  private final Invocation invocation;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Trace files, or directories with *.jsonl files below them; the whole state root"
              + " otherwise.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "Compare with heads that were exported before; - for standard input.")
  private @Nullable String against;

  @Option(
      names = "--export-head",
      description = "Print where each chain has come to, to be kept on another machine.")
  private boolean export;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (export && (against != null || !paths.isEmpty())) {
      throw CommandFailure.usage("--export-head is about the whole state root and goes alone");
    }
    if (paths.isEmpty()) {
      Traces.refuseFile(invocation);
    }
    return export ? export() : verify();
  }

  private int export() throws IOException {
    Terminal terminal = invocation.terminal();
    Instant now = invocation.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    TraceVerifier.Exported exported =
        Progress.during(terminal, "verifying", () -> verifier().export(now));
    HeadExport heads = exported.heads();
    terminal.answer(json ? heads.json() + "\n" : heads.text());
    new VerifyAnswer(exported.report(), invocation).complain();
    return exitCode(exported.report());
  }

  private int verify() throws IOException {
    Terminal terminal = invocation.terminal();
    List<Path> asked = paths.stream().map(VerifyCommand::path).toList();
    TraceVerifier verifier = verifier();
    VerifyReport report =
        Progress.during(
            terminal,
            "verifying",
            () -> asked.isEmpty() ? verifier.verify() : verifier.verify(asked));
    VerifyAnswer answer = new VerifyAnswer(report, invocation);
    if (json) {
      terminal.answer(Json.text(answer.json(against != null)) + "\n");
    } else {
      terminal.answer(answer.lines(asked.isEmpty()));
    }
    return exitCode(report);
  }

  private TraceVerifier verifier() throws IOException {
    TraceVerifier verifier = TraceVerifier.of(invocation.stateRoot());
    String file = against;
    return file == null ? verifier : verifier.against(heads(file));
  }

  private HeadExport heads(String file) throws IOException {
    String name = file.equals(STDIN) ? "standard input" : file;
    try {
      return HeadExport.parse(
          file.equals(STDIN) ? text(invocation.terminal().in()) : Files.readString(path(file)));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(name + ": " + e.getMessage());
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw CommandFailure.usage("not a path on this system: " + text);
    }
  }

  private static int exitCode(VerifyReport report) {
    if (report.count(Kind.TAMPERED) + report.count(Kind.DELETED) > 0) {
      return ExitCode.USAGE;
    }
    if (report.count(Kind.UNREADABLE) > 0) {
      return ExitCode.LOCAL_IO;
    }
    return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
  }
}
