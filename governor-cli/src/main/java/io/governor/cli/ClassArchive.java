package io.governor.cli;

import io.governor.file.OwnerOnly;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The classes that a hook needs, as Java maps them into memory (class data sharing, JEP 350). A run
 * that answers one payload into a state root of its own leaves them behind. The file is tied to
 * this very Java and jar; Java ignores it where either has changed. Confined to one thread.
 */
final class ClassArchive {

  private static final Duration MADE_WITHIN = Duration.ofSeconds(60);

  private static final String PAYLOAD =
      """
      {"session_id": "archive", "hook_event_name": "PreToolUse", "tool_name": "Bash",
       "tool_use_id": "1", "cwd": "/", "tool_input": {"command": "ls -l | head"}}
      """;

  /** What policies are made of, so that their classes are among those that are kept. */
  private static final String POLICY =
      """
      governor: 1
      id: archive
      revision: 1
      mode: enforce
      standard: {POL-001: {mode: observe}}
      rules:
        - {id: ARCH-001, tool: Bash, when: {command: {destructive: true}}, effect: deny, reason: a}
        - {id: ARCH-002, tool: "*", when: {detect: [secret], in: [arguments]}, effect: redact}
        - {id: ARCH-003, tool: "x*", when: {arg: /command, matches: 'a+$'}, effect: ask}
        - {id: ARCH-004, tool: Write, when: {arg: /file_path, not: {inside: ["${workspace}"]}}, effect: warn}
        - {id: ARCH-005, tool: Bash, limit: {calls: 9, within: PT1H, per: session}, effect: deny}
      """;

  private static final String CONFIG = "hooks: {daemon: {idle: PT1M}}\n";

  private final Path stateRoot;

  ClassArchive(Path stateRoot) {
    this.stateRoot = stateRoot;
  }

  /** Where the launcher looks for it. */
  Path file() {
    return stateRoot.resolve("run").resolve("classes.jsa");
  }

  /** Makes it anew; false where this Java or this way of being started has none. */
  boolean make() throws IOException, InterruptedException {
    String jar = System.getProperty("java.class.path", "");
    if (!jar.endsWith(".jar") || jar.contains(File.pathSeparator)) {
      return false;
    }
    OwnerOnly.createDirectories(stateRoot.resolve("run"));
    Path fresh = file().resolveSibling(".classes.jsa");
    Files.deleteIfExists(fresh);
    Path scratch = Files.createTempDirectory("governor-archive");
    try {
      OwnerOnly.replaceCache(scratch.resolve("policy.yaml"), utf8(POLICY));
      OwnerOnly.replaceCache(scratch.resolve("config.yaml"), utf8(CONFIG));
      // The second call of a session reads what the first one left, as nearly all calls do.
      return run(command(jar, List.of()), scratch)
          && run(command(jar, List.of("-XX:ArchiveClassesAtExit=" + fresh)), scratch)
          && put(fresh);
    } finally {
      Files.deleteIfExists(fresh);
      remove(scratch);
    }
  }

  private static List<String> command(String jar, List<String> first) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(first);
    command.addAll(
        List.of(
            "-Xlog:disable",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            jar,
            GovernorCommand.class.getName(),
            "daemon",
            "once",
            "claude-code"));
    return command;
  }

  private static boolean run(List<String> command, Path scratch)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    builder.environment().put("GOVERNOR_HOME", scratch.toString());
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(utf8(PAYLOAD));
    }
    if (!process.waitFor(MADE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == ExitCode.DONE;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean put(Path fresh) throws IOException {
    if (!Files.exists(fresh)) {
      return false;
    }
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
