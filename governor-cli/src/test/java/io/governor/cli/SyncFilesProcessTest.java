package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.collector.testing.TestCollector;
import io.governor.config.ConfigFile;
import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The files of sync, looked at all the while by somebody else, in a process that masks nothing. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class SyncFilesProcessTest {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  @TempDir Path temp;
  private final Map<Path, Set<PosixFilePermission>> tooWide = new TreeMap<>();
  private int looks;

  @Test
  void noFileIsEverWiderThanItsOwner() throws Exception {
    Path root = temp.resolve("state");
    OwnerOnly.createDirectories(root);
    Files.createDirectories(root.resolve("traces/api"));
    Files.writeString(root.resolve(ConfigFile.NAME), "sync: {allow_loopback_http: true}\n");
    try (TestCollector collector = TestCollector.startPlain()) {
      governor(
          root,
          List.of(
              "register",
              "--endpoint",
              collector.endpoint(),
              "--email",
              "ada@example.org",
              "--name",
              "Ada"));
      governor(root, List.of("run"));
      governor(root, List.of("run"));
      assertThat(collector.accepted()).hasSize(2);
    }

    assertThat(looks).isPositive();
    assertThat(tooWide).isEmpty();
    assertThat(root.resolve("sync-state.json")).exists();
  }

  private void governor(Path root, List<String> args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "umask 000; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dgovernor.home=" + root,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.governor.cli.GovernorCommand",
                "sync"));
    command.addAll(args);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream said = process.getInputStream()) {
      while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
        look(root);
      }
      assertThat(process.exitValue())
          .as(new String(said.readAllBytes(), StandardCharsets.UTF_8))
          .isZero();
    }
    look(root);
  }

  /** All but the traces, which this test has made itself. */
  private void look(Path root) throws IOException {
    looks++;
    try (Stream<Path> paths = Files.list(root)) {
      for (Path path : paths.toList()) {
        look(path, path.getFileName().toString());
      }
    }
    Path directory = root.resolve("sync");
    if (Files.isDirectory(directory)) {
      try (Stream<Path> paths = Files.list(directory)) {
        for (Path path : paths.toList()) {
          look(path, "");
        }
      } catch (UncheckedIOException e) {
        // Something went while it was listed.
      }
    }
  }

  private void look(Path path, String name) throws IOException {
    if (name.equals("traces") || name.equals(ConfigFile.NAME)) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        tooWide.put(path, permissions);
      }
    } catch (NoSuchFileException e) {
      // It was a temporary one.
    }
  }
}
