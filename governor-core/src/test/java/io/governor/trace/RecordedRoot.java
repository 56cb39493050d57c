package io.governor.trace;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A state root with traces that the real thing has written, and that only go when it is asked. */
final class RecordedRoot {

  private static final ToolCall CALL = ToolCall.of("crm.lookup", ToolArguments.empty());

  final Path path;
  private boolean encrypt;

  RecordedRoot(Path path) {
    this.path = path;
  }

  /** Whether what is written from now on is encrypted; it is not unless it is said. */
  RecordedRoot encrypt(boolean newEncrypt) {
    encrypt = newEncrypt;
    return this;
  }

  /** Opens the session, which may have been written before, makes calls and closes it. */
  RecordedRoot record(String id, int calls) {
    try (GovernedSession session = open(id)) {
      call(session, calls);
    }
    return this;
  }

  /** Opens the session and makes calls; as after a kill, nobody closes it. */
  RecordedRoot abandon(String id, int calls) {
    call(open(id), calls);
    return this;
  }

  /** The same through a session that processes share, and that is not over after that. */
  RecordedRoot share(String id, int calls) {
    call(openShared(id), calls).leave();
    return this;
  }

  /** Opens a session as a process of its own would. */
  GovernedSession open(String id) {
    return governor().session().id(id).open();
  }

  /** The same for one that processes share. */
  GovernedSession openShared(String id) {
    return governor().session().id(id).shared().open();
  }

  private Governor governor() {
    try {
      configure(path.resolve("config.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Governor.builder().stateRoot(path).build();
  }

  /** Written once, so that another process never reads the half of it. */
  private void configure(Path file) throws IOException {
    String text = "traces: {prune: manual, encrypt: " + encrypt + "}\n";
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      OwnerOnly.createDirectories(path);
      OwnerOnly.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  static GovernedSession call(GovernedSession session, int times) {
    for (int i = 0; i < times; i++) {
      session.before(CALL);
    }
    return session;
  }

  Path trace(String id) {
    return path.resolve("traces/api").resolve(id + ".jsonl");
  }

  Path log() {
    return path.resolve("heads.log");
  }

  /** The first head of a trace that was put on record for that reason. */
  String head(String id, String why) throws IOException {
    return Files.readAllLines(log()).stream()
        .filter(line -> line.contains("/" + id + ".jsonl\"") && line.contains('"' + why + '"'))
        .findFirst()
        .orElseThrow();
  }

  List<String> lines(String id) throws IOException {
    return new ArrayList<>(Files.readAllLines(trace(id)));
  }

  void write(String id, List<String> lines) throws IOException {
    String text = lines.stream().map(line -> line + '\n').collect(Collectors.joining());
    Files.writeString(trace(id), text, StandardCharsets.UTF_8);
  }

  /** Verifies it when the last write was long ago, so that nobody waits for a line to end. */
  VerifyReport verify() throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        }
      }
    }
    return TraceVerifier.of(path).verify();
  }

  /** What is found, by file name and line. */
  Map<String, VerifyFinding.Kind> found() throws IOException {
    return found(verify());
  }

  static Map<String, VerifyFinding.Kind> found(VerifyReport report) {
    Map<String, VerifyFinding.Kind> found = new TreeMap<>();
    for (VerifyFinding finding : report.findings()) {
      String line = finding.line() == 0 ? "" : ":" + finding.line();
      found.put(Path.of(finding.file()).getFileName() + line, finding.kind());
    }
    return found;
  }
}
