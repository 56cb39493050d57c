package io.governor.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the test class path in a Java of its own. */
public final class ForkedJava {

  public record Result(int exitCode, String output) {}

  private ForkedJava() {}

  /** Both of its outputs come as one. */
  public static Result run(List<String> jvmOptions, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(List.of(), jvmOptions, main, arguments);
  }

  /** As the other one, by a command that takes Java's command line as its last arguments. */
  public static Result run(
      List<String> by, List<String> jvmOptions, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
