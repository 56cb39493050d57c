package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/governor}, run by the shells of this machine. Java and Maven are stand-ins that write
 * down how they were called: a real build would take minutes. Each test has a checkout of its own
 * with sources to compare times with, and spaces in its path.
 */
abstract class LauncherHarness {

  static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir Path temp;

  Path checkout;
  Path tools;
  Path home;

  record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = temp.resolve("a check out");
    tools = Files.createDirectories(temp.resolve("tools"));
    home = Files.createDirectories(temp.resolve("java home/bin")).getParent();
    Path source = Path.of(System.getProperty("governor.checkout.root", ".."), "bin", "governor");
    assumeThat(source).as("bin/governor of the checkout this test runs in").exists();
    copyLauncher(source, checkout.resolve("bin/governor"));
    for (String module :
        List.of(
            "governor-core", "governor-hooks", "governor-mcp", "governor-sync", "governor-cli")) {
      write(checkout.resolve(module + "/pom.xml"), "<project/>");
      write(checkout.resolve(module + "/src/main/java/A.java"), "class A {}");
    }
    write(checkout.resolve("pom.xml"), "<project/>");
    age(checkout, OLD);
    fakeJava("17.0.1");
    fakeMaven("");
  }

  static void copyLauncher(Path source, Path target) throws IOException {
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.copy(source, target);
    assertThat(target.toFile().setExecutable(true)).isTrue();
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  static void age(Path directory, Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }

  /** Says how it was called, and with which of our streams on a terminal. */
  void fakeJava(String version) throws IOException {
    write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        """
        for arg in "$@"; do printf '<%s>' "$arg"; done
        printf '\\n'
        exit "${FAKE_EXIT:-0}"
        """);
  }

  /** Builds what it is asked for, after what is given, and keeps count. */
  void fakeMaven(String before) throws IOException {
    script(
        tools.resolve("mvn"),
        before
            + """
            echo built >> "$BUILDS"
            mkdir -p governor-cli/target/launcher
            echo jar > governor-cli/target/launcher/governor.jar
            case $* in
              *samples/support-agent*)
                mkdir -p samples/support-agent/target/launcher
                echo jar > samples/support-agent/target/launcher/support-agent.jar ;;
            esac
            echo "Maven talks a lot"
            """);
  }

  static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  Path jar() {
    return checkout.resolve("governor-cli/target/governor.jar");
  }

  void haveJar(Instant time) throws IOException {
    write(jar(), "jar");
    Files.setLastModifiedTime(jar(), FileTime.from(time));
  }

  Process start(Path directory, Map<String, String> env, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", home.toString());
    builder.environment().put("BUILDS", temp.resolve("builds").toString());
    env.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return builder.start();
  }

  static Result finish(Process process) throws IOException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Result(process.exitValue(), out, err);
  }

  Result run(Map<String, String> env, String... command) throws IOException {
    return finish(start(temp, env, List.of(command)));
  }

  Result governor(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("bin/governor").toString()));
    command.addAll(List.of(args));
    return run(Map.of(), command.toArray(String[]::new));
  }

  long builds() throws IOException {
    Path builds = temp.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  String called(String... args) {
    return calledAs(checkout.resolve("bin/governor"), args);
  }

  String calledAs(Path command, String... args) {
    return "<-XX:TieredStopAtLevel=1><-XX:+UseSerialGC><-Xshare:auto><-Dgovernor.command="
        + command
        + "><-Dgovernor.bin="
        + checkout.resolve("bin")
        + "><-Dgovernor.checkout="
        + checkout
        + "><-cp><"
        + jar()
        + "><io.governor.cli.GovernorCommand><"
        + String.join("><", args)
        + ">\n";
  }

  /** A directory with what the launcher uses, and neither Java nor Maven. */
  Path onlyPosixTools() throws IOException {
    Path directory = Files.createDirectories(temp.resolve("posix"));
    for (String tool :
        List.of(
            "cat",
            "dirname",
            "find",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sh",
            "sleep",
            "touch")) {
      Path real =
          Stream.of("/usr/bin/", "/bin/")
              .map(dir -> Path.of(dir + tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      script(directory.resolve(tool), "exec " + real + " \"$@\"\n");
    }
    return directory;
  }
}
