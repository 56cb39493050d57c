package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a server leaves behind, also when this process is killed by a signal that nothing can
 * catch: a shell that reads a pipe whose other end we alone hold. At its end the shell ends the
 * group of processes that the server began, first asked and after two seconds made. The shell runs
 * a fixed text, and the group comes to it as a number.
 *
 * <p>Both run in groups of their own, so that whoever ends our group does not end the shell with
 * us. Where the system has neither {@code setsid} (util-linux, busybox) nor Perl, only the server
 * itself is ended; where it has no {@code /bin/sh}, as on Windows, nothing is. What left the
 * server's group is not found. Safe for use by several threads.
 */
final class OrphanWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  /**
   * A negative number is a group to kill; a shell's own words, for what a PATH finds is not ours.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      PATH=/usr/bin:/bin
      read -r whom || exit 0
      read -r nothing
      kill -TERM "$whom" 2>/dev/null || exit 0
      for second in 1 2; do
        sleep 1
        kill -0 "$whom" 2>/dev/null || exit 0
      done
      kill -KILL "$whom" 2>/dev/null
      """;

  private static final Path SHELL = Path.of("/bin/sh");
  private static final String PERL = "setpgrp(0, 0); exec {$ARGV[0]} @ARGV; exit 127";
  private static final List<String> APART = apart();

  private final @Nullable Process shell;

  private OrphanWatch(@Nullable Process shell) {
    this.shell = shell;
  }

  /** How a command is run in a group of its own; empty where it cannot be. */
  private static List<String> apart() {
    for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (Files.isExecutable(Path.of(setsid))) {
        return List.of(setsid);
      }
    }
    return Files.isExecutable(Path.of("/usr/bin/perl"))
        ? List.of("/usr/bin/perl", "-e", PERL, "--")
        : List.of();
  }

  /** Begins before the server does, so that there is no moment in which nobody watches. */
  static OrphanWatch start() {
    if (!Files.isExecutable(SHELL)) {
      return new OrphanWatch(null);
    }
    List<String> command = new ArrayList<>(APART);
    command.addAll(List.of(SHELL.toString(), "-c", SCRIPT, "governor-watch"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    try {
      return new OrphanWatch(builder.start());
    } catch (IOException e) {
      LOG.warn("nobody watches over the server: {}", e.getClass().getName());
      return new OrphanWatch(null);
    }
  }

  /** Whether the command is sure to run in a group of its own when it is started so. */
  static boolean canRunApart(List<String> command, Map<String, String> environment) {
    return !APART.isEmpty() && !command.isEmpty() && isFound(command.get(0), environment);
  }

  /** The same command in a group of its own. */
  static List<String> apart(List<String> command) {
    List<String> apart = new ArrayList<>(APART);
    apart.addAll(command);
    return apart;
  }

  /** What cannot be run is left to whoever says so best. */
  private static boolean isFound(String program, Map<String, String> environment) {
    if (program.startsWith("-") || program.indexOf('\0') >= 0) {
      return false;
    }
    if (program.indexOf('/') >= 0) {
      return isProgram(Path.of(program));
    }
    String path = environment.get("PATH");
    return path != null
        && path.equals(System.getenv("PATH"))
        && Pattern.compile(":")
            .splitAsStream(path)
            .anyMatch(folder -> isProgram(Path.of(folder, program)));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /**
   * The server has begun.
   *
   * @param group whether it runs in a group of its own
   */
  void over(Process server, boolean group) {
    if (shell == null) {
      return;
    }
    String whom = (group ? "-" : "") + server.pid() + "\n";
    try {
      OutputStream told = shell.getOutputStream();
      told.write(whom.getBytes(StandardCharsets.US_ASCII));
      told.flush();
    } catch (IOException e) {
      LOG.warn("nobody watches over the server: {}", e.getClass().getName());
    }
  }

  /** Ends what is left now. Idempotent. */
  @Override
  public void close() {
    if (shell == null) {
      return;
    }
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("the watch had ended: {}", e.getClass().getName());
    }
  }
}
