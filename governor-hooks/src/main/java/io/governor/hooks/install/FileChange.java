package io.governor.hooks.install;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is and as it shall be. Immutable as long as nobody writes to the arrays.
 *
 * @param file the file as the agent names it
 * @param target the file itself: another one where {@code file} is a link
 * @param before what it holds, or null where there is none
 * @param after what it shall hold, or null where there shall be none
 * @param mode the mode of a new file, such as {@code rw-------}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by what they hold, in isNeeded
public record FileChange(
    Path file, Path target, byte @Nullable [] before, byte @Nullable [] after, String mode) {

  /** Whether there is anything to do. */
  public boolean isNeeded() {
    return !Arrays.equals(before, after);
  }

  /** The change in lines, as {@code diff -u} shows it; empty where there is none. */
  public String diff() {
    return LineDiff.of(file.toString(), text(before), text(after));
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Sizes only: an agent's configuration may hold secrets. */
  @Override
  public String toString() {
    return "FileChange[" + file + ", " + size(before) + " to " + size(after) + "]";
  }

  private static String size(byte @Nullable [] bytes) {
    return bytes == null ? "nothing" : bytes.length + " bytes";
  }
}
