package io.governor.hooks.install;

import io.governor.file.OwnerOnly;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@value #FILE} in the state root: where the hook script finds Java and {@code curl}, and which
 * home {@code ~} means, on this machine. An agent takes variables for its hooks from the settings
 * of the project it works on, so the script goes by this file and by none of them. Immutable.
 *
 * @param file where it is
 * @param text what it should hold
 */
public record HookEnvironment(Path file, String text) {

  /** The file's name. */
  public static final String FILE = "hook-environment";

  /** Where the script looks without the file. */
  static final String STANDARD_PATH =
      "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/run/current-system/sw/bin";

  private static final String PATH = "PATH=";
  private static final int LONGEST = 1 << 16;

  /**
   * What holds for a state root and a home on this machine: the Java that this process's launcher
   * found, and the {@code curl} on the PATH where the system's folders have none.
   */
  public static HookEnvironment of(Machine machine) {
    List<String> folders = new ArrayList<>(standard());
    Path java = javaFolder(machine.environment());
    if (!java.equals(folderOf("java", String.join(File.pathSeparator, folders)))) {
      folders.add(0, java.toString());
    }
    Path curl = folderOf("curl", machine.environment().getOrDefault("PATH", ""));
    if (curl != null && folderOf("curl", String.join(File.pathSeparator, folders)) == null) {
      folders.add(curl.toString());
    }
    folders.removeIf(HookEnvironment::isUnspeakable);
    String home = machine.home().toString();
    String text = PATH + String.join(":", folders) + "\n";
    return new HookEnvironment(
        machine.stateRoot().resolve(FILE),
        home.indexOf('\n') < 0 ? text + "HOME=" + home + "\n" : text);
  }

  /** Whether the file holds it already. */
  public boolean isThere() throws IOException {
    return text.equals(read());
  }

  /** Writes the file in one step, for its owner only. */
  public void write() throws IOException {
    OwnerOnly.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    OwnerOnly.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A program as the hook script finds it now, or null. */
  public @Nullable Path find(String program) throws IOException {
    String kept = read();
    String path = STANDARD_PATH;
    for (String line : kept == null ? List.<String>of() : kept.lines().toList()) {
      path = line.startsWith(PATH + "/") ? line.substring(PATH.length()) : path;
    }
    return InstalledProgram.find(program, Map.of("PATH", path));
  }

  private @Nullable String read() throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LONGEST
        ? Files.readString(file)
        : null;
  }

  private static List<String> standard() {
    return Arrays.asList(STANDARD_PATH.split(":", -1));
  }

  /** As the launcher finds it: a link that an update keeps is better than where it leads. */
  private static Path javaFolder(Map<String, String> environment) {
    String home = environment.getOrDefault("JAVA_HOME", "");
    if (home.startsWith("/") && Files.isExecutable(Path.of(home, "bin", "java"))) {
      return Path.of(home, "bin");
    }
    Path found = home.isEmpty() ? folderOf("java", environment.getOrDefault("PATH", "")) : null;
    return found == null ? Path.of(System.getProperty("java.home"), "bin") : found;
  }

  private static @Nullable Path folderOf(String program, String path) {
    Path found = InstalledProgram.find(program, Map.of("PATH", path));
    return found == null ? null : found.getParent();
  }

  /** A PATH has no way to name it. */
  private static boolean isUnspeakable(String folder) {
    return folder.indexOf(':') >= 0 || folder.indexOf('\n') >= 0;
  }
}
