package io.governor.hooks.install;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Programs on the PATH, and what they say their version is. Stateless. */
public final class InstalledProgram {

  private static final int LONGEST_ANSWER = 4096;
  private static final long SECONDS = 10;

  private InstalledProgram() {}

  /** The program of that name, or null where the PATH leads to none. */
  public static @Nullable Path find(String name, Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path program = folder.startsWith("/") ? Path.of(folder, name) : null;
      if (program != null && Files.isRegularFile(program) && Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  /** The first line of what {@code --version} prints, or null if that is nothing in ten seconds. */
  public static @Nullable String version(Path program, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version");
    builder.environment().clear();
    environment.forEach(
        (name, value) -> {
          if (name.equals("PATH") || name.equals("HOME")) {
            builder.environment().put(name, value);
          }
        });
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return firstLine(builder.start());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static @Nullable String firstLine(Process process)
      throws IOException, InterruptedException {
    try (InputStream out = process.getInputStream()) {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      byte[] answer = ended ? out.readNBytes(LONGEST_ANSWER) : new byte[0];
      String text = new String(answer, StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? null : text.lines().findFirst().orElse(null);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The three numbers of a version somewhere in a text, or null. */
  static int @Nullable [] numbers(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (String word : text.split("[ v]", -1)) {
      String[] parts = word.split("\\.", -1);
      if (parts.length == 3
          && isNumber(parts[0])
          && isNumber(parts[1])
          && isNumber(digits(parts[2]))) {
        return new int[] {
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(digits(parts[2]))
        };
      }
    }
    return null;
  }

  private static String digits(String text) {
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 7 && digits(text).length() == text.length();
  }

  static int compare(int[] a, int[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[i]) {
        return Integer.compare(a[i], b[i]);
      }
    }
    return 0;
  }
}
