package io.governor.hooks.install;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Claude Code that is installed, and whether a hook of it that fails can refuse the call. Some
 * versions ignore {@code onFailure} without a word: 2.1.197 does, 2.1.329 honours it, and which was
 * the first is not known, so what lies between is looked through for the word. Immutable.
 *
 * @param program the program, or null where none is on the PATH
 * @param version what it says its version is, or null
 * @param failuresBlock whether {@code onFailure: block} is honoured
 */
public record ClaudeCodeVersion(
    @Nullable Path program, @Nullable String version, boolean failuresBlock) {

  private static final int[] HONOURS = {2, 1, 329};
  private static final int[] IGNORES = {2, 1, 197};
  private static final byte[] IN_CODE = "onFailure===\"block\"".getBytes(StandardCharsets.US_ASCII);

  /** What the PATH of an environment leads to. */
  public static ClaudeCodeVersion installed(Map<String, String> environment) {
    Path program = InstalledProgram.find("claude", environment);
    if (program == null) {
      return new ClaudeCodeVersion(null, null, false);
    }
    String version = InstalledProgram.version(program, environment);
    return new ClaudeCodeVersion(program, version, failuresBlock(program, version));
  }

  private static boolean failuresBlock(Path program, @Nullable String version) {
    int[] numbers = InstalledProgram.numbers(version);
    if (numbers == null || InstalledProgram.compare(numbers, IGNORES) <= 0) {
      return false;
    }
    return InstalledProgram.compare(numbers, HONOURS) >= 0 || holds(program);
  }

  private static boolean holds(Path program) {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(program.toRealPath()), 1 << 20)) {
      int matched = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        // The first character does not come again in the word, so there is nothing to go back to.
        matched = b == IN_CODE[matched] ? matched + 1 : b == IN_CODE[0] ? 1 : 0;
        if (matched == IN_CODE.length) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
